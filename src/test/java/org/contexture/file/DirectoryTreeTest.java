package org.contexture.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryTreeTest {
  @TempDir Path directory;

  private Path tree(int directories, int files) throws IOException {
    Path tree = directory.resolve("tree");
    for (int i = 0; i < directories; i++) {
      Path child = Files.createDirectories(tree.resolve("directory-" + i));
      for (int j = 0; j < files; j++) {
        Files.createFile(child.resolve("file-" + j));
      }
    }
    return tree;
  }

  @Test
  void goesWithAllThatIsInIt() throws IOException {
    Path tree = tree(3, 2);

    DirectoryTree.delete(tree);

    assertThat(tree).doesNotExist();
  }

  @Test
  void whatIsNotThereIsGone() {
    assertThatCode(() -> DirectoryTree.delete(directory.resolve("none")))
        .doesNotThrowAnyException();
  }

  @Test
  void aLinkGoesAndNotWhatItLeadsTo() throws IOException {
    Path tree = tree(1, 1);
    Path other = Files.createDirectory(directory.resolve("other"));
    Path kept = Files.createFile(other.resolve("kept"));
    Files.createSymbolicLink(tree.resolve("link"), other);

    DirectoryTree.delete(tree);

    assertThat(tree).doesNotExist();
    assertThat(kept).exists();
  }

  @Test
  void severalMayDeleteItAtATime() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      for (int round = 0; round < 5; round++) {
        Path tree = tree(40, 10);
        Callable<Void> deletion =
            () -> {
              DirectoryTree.delete(tree);
              return null;
            };
        for (Future<Void> done :
            threads.invokeAll(Stream.generate(() -> deletion).limit(4).toList())) {
          done.get();
        }
        assertThat(tree).doesNotExist();
      }
    } finally {
      threads.shutdown();
    }
  }
}
