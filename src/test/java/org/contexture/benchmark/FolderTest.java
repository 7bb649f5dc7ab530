package org.contexture.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.contexture.failure.Failure;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderTest {
  @TempDir Path directory;
  private Path root;

  @BeforeEach
  void make() throws IOException {
    root = Files.createDirectory(directory.resolve("images"));
  }

  private void write(String path, String content) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private static List<String> paths(Path folder) throws IOException {
    try (IndexedSource.Contents contents = new Folder(folder).contents()) {
      return contents.entries().stream().map(IndexedSource.Entry::path).toList();
    }
  }

  private String digest() throws IOException {
    return new Folder(root).digest(new FileDigests(directory.resolve("digests")));
  }

  @Test
  void filesAreSortedByPath() throws Exception {
    write("b/1.png", "one");
    write("a/2.png", "three");
    write("a.txt", "");
    write("a/10.png", "x");

    assertThat(paths(root)).containsExactly("a.txt", "a/10.png", "a/2.png", "b/1.png");
    try (IndexedSource.Contents contents = new Folder(root).contents()) {
      assertThat(contents.entries().get(2)).isEqualTo(new IndexedSource.Entry("a/2.png", 5));
      assertThat(new String(contents.read(2), StandardCharsets.UTF_8)).isEqualTo("three");
    }
  }

  @Test
  void whatBeginsWithADotIsLeftOut() throws IOException {
    write("a/1.png", "");
    write("a/.DS_Store", "");
    write(".git/objects/1.png", "");

    assertThat(paths(root)).containsExactly("a/1.png");
  }

  @Test
  void aFolderBelowAHiddenOneIsRead() throws IOException {
    Path hidden = Files.createDirectories(directory.resolve(".cache").resolve("images"));
    Files.createFile(hidden.resolve("1.png"));

    assertThat(paths(hidden)).containsExactly("1.png");
  }

  @Test
  void linksAreRefused() throws Exception {
    Path outside = Files.writeString(directory.resolve("outside"), "secret");
    write("a/1.png", "fine");
    Files.createSymbolicLink(root.resolve("a/2.png"), outside);
    Files.createSymbolicLink(root.resolve("b"), directory);
    Files.createSymbolicLink(root.resolve("c"), directory.resolve("nowhere"));

    assertThat(paths(root)).containsExactly("a/1.png", "a/2.png", "b", "c");
    try (IndexedSource.Contents contents = new Folder(root).contents()) {
      assertThat(contents.read(0)).hasSize(4);
      for (int entry = 1; entry < 4; entry++) {
        int link = entry;
        assertThatThrownBy(() -> contents.read(link))
            .isInstanceOf(IndexedSource.UnusableEntryException.class)
            .hasMessage("it is a link or a device; only regular files are read");
      }
    }
  }

  @Test
  void aNameThatIsNoTextInTheSystemsEncodingIsRefused() throws Exception {
    write("a/\ufffd.png", "one of several that read alike");
    write("a/b\\c.png", "a path on another system");

    assertThat(paths(root)).containsExactly("a/b\\c.png", "a/\ufffd.png");
    try (IndexedSource.Contents contents = new Folder(root).contents()) {
      assertThatThrownBy(() -> contents.read(0))
          .isInstanceOf(IndexedSource.UnusableEntryException.class)
          .hasMessage("its path has characters that no path should have");
      assertThatThrownBy(() -> contents.read(1))
          .isInstanceOf(IndexedSource.UnusableEntryException.class)
          .hasMessage("its path has bytes that are no text in the encoding it is read in");
    }
  }

  @Test
  void aListNamesTheFilesThatAreMeant() throws Exception {
    write("a/2.png", "two");
    write("a/1.png", "one");
    write("a/3.png", "not named");
    Files.createSymbolicLink(root.resolve("b"), directory);
    Files.writeString(directory.resolve("outside.png"), "secret");
    List<String> named =
        List.of(
            "a/2.png", "a/1.png", "./a/1.png", "a", "a/no.png", "../outside.png", "b/outside.png");
    Folder listed = Folder.listed(root, () -> named);

    try (IndexedSource.Contents contents = listed.contents()) {
      assertThat(contents.entries())
          .extracting(IndexedSource.Entry::path)
          .containsExactly("a/1.png", "a/2.png", "b");
      assertThatThrownBy(() -> contents.read(2))
          .isInstanceOf(IndexedSource.UnusableEntryException.class)
          .hasMessage("it is a link or a device; only regular files are read");
    }
    String digest = listed.digest(new FileDigests(directory.resolve("digests")));
    write("store/unpack/data.avro", "made since");
    assertThat(listed.digest(new FileDigests(directory.resolve("digests")))).isEqualTo(digest);
    write("a/1.png", "ONE!");
    assertThat(listed.digest(new FileDigests(directory.resolve("others")))).isNotEqualTo(digest);
  }

  @Test
  void theFolderThatWasNamedMayBeALinkItself() throws IOException {
    write("a/1.png", "");
    Path link = Files.createSymbolicLink(directory.resolve("link"), root);

    assertThat(paths(link)).containsExactly("a/1.png");
  }

  @Test
  void aMissingFolderIsMissing() throws IOException {
    Path missing = directory.resolve("missing");
    Path file = Files.createFile(directory.resolve("file"));

    for (Path wrong : List.of(missing, file)) {
      assertThatThrownBy(() -> new Folder(wrong).contents())
          .isInstanceOf(Failure.class)
          .hasMessage("There is no folder %s.", wrong);
    }
  }

  @Test
  void theDigestIsOfContentsAndPathsAndNotOfThePlace() throws IOException {
    write("a/1.png", "one");
    write("a/2.png", "two");
    String digest = digest();
    Path moved = directory.resolve("moved");

    Files.move(root, moved);
    assertThat(new Folder(moved).digest(new FileDigests(directory.resolve("other"))))
        .isEqualTo(digest);
    Files.move(moved, root);
    assertThat(digest()).isEqualTo(digest);

    write("a/2.png", "TWO!");
    String changed = digest();
    assertThat(changed).isNotEqualTo(digest);
    Files.move(root.resolve("a/2.png"), root.resolve("a/3.png"));
    assertThat(digest()).isNotEqualTo(changed);
  }
}
