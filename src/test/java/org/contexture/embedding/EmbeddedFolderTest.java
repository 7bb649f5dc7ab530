package org.contexture.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.contexture.failure.Failure;
import org.contexture.image.ImageEncoder;
import org.contexture.image.Resize;
import org.contexture.image.RgbImage;
import org.contexture.model.Backbone;
import org.contexture.model.Head;
import org.contexture.model.InitialWeights;
import org.contexture.model.ModelConfig;
import org.contexture.model.Precision;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedFolderTest {
  private static final ModelConfig TINY =
      new ModelConfig(Backbone.TINY, Head.AVERAGE_LINEAR, 4, 32);
  private static final byte[] PICTURE =
      ImageEncoder.png(RgbImage.of(40, 40, new byte[3 * 40 * 40]));

  @TempDir Path directory;
  private Path folder;

  @BeforeEach
  void make() throws Exception {
    folder = Files.createDirectory(directory.resolve("folder"));
  }

  private void picture(String name) throws Exception {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, PICTURE);
  }

  private WrittenEmbeddings embedded(EmbeddedFolder pictures) throws Exception {
    Path target = directory.resolve("embedded.avro");
    try (ImageEmbedder embedder =
        ImageEmbedder.load(
            TINY, Precision.FLOAT32, InitialWeights.random(TINY, 3), Resize.square(36))) {
      pictures.embed(embedder, target, 2, (done, all) -> {});
    }
    return WrittenEmbeddings.open(target);
  }

  @Test
  void picturesAreEmbeddedInTheOrderOfTheirPathsAndBrokenOnesLeftOut() throws Exception {
    picture("b/2.jpeg");
    picture("b/10.PNG");
    picture("a.jpg");
    Files.writeString(folder.resolve("broken.png"), "no picture");
    Files.writeString(folder.resolve("notes.txt"), "no picture either");
    EmbeddedFolder pictures = new EmbeddedFolder(folder);

    WrittenEmbeddings embeddings = embedded(pictures);

    assertThat(embeddings.paths()).containsExactly("a.jpg", "b/10.PNG", "b/2.jpeg");
    assertThat(embeddings.dimensions()).isEqualTo(4);
    assertThat(pictures.embedded()).isEqualTo(3);
    assertThat(pictures.rejected()).containsOnlyKeys("broken.png");
  }

  @Test
  void aFileThatIsTooLargeForAPictureIsLeftOut() throws Exception {
    picture("a.png");
    try (RandomAccessFile huge = new RandomAccessFile(folder.resolve("b.png").toFile(), "rw")) {
      huge.setLength(1L << 40);
    }
    EmbeddedFolder pictures = new EmbeddedFolder(folder);

    assertThat(embedded(pictures).paths()).containsExactly("a.png");
    assertThat(pictures.rejected())
        .containsExactly(
            Map.entry(
                "b.png",
                "The file is too large for a picture: 1099511627776 bytes, and at most 67108864 are"
                    + " read."));
  }

  @Test
  void aFolderThatIsALinkIsTheOneItLeadsTo() throws Exception {
    picture("a/1.png");
    Path link = Files.createSymbolicLink(directory.resolve("link"), folder);

    assertThat(embedded(new EmbeddedFolder(link)).paths()).containsExactly("a/1.png");
  }

  @Test
  void filesOfTheSystemAreNoPictures() throws Exception {
    picture("a/1.png");
    picture("a/._1.png");
    picture(".trash/1.png");
    picture("__MACOSX/1.png");
    EmbeddedFolder pictures = new EmbeddedFolder(folder);

    assertThat(embedded(pictures).paths()).containsExactly("a/1.png");
    assertThat(pictures.rejected()).isEmpty();
  }

  /** The folder itself may be hidden: what lies below it is meant. */
  @Test
  void aHiddenFolderThatIsNamedIsRead() throws Exception {
    picture(".hidden/1.png");

    assertThat(embedded(new EmbeddedFolder(folder.resolve(".hidden"))).paths())
        .containsExactly("1.png");
  }

  @Test
  void linksBelowTheFolderAreNotFollowed() throws Exception {
    picture("a/1.png");
    Path outside = Files.write(directory.resolve("outside.png"), PICTURE);
    Files.createSymbolicLink(folder.resolve("a/link.png"), outside);
    Files.createSymbolicLink(folder.resolve("b"), directory);
    EmbeddedFolder pictures = new EmbeddedFolder(folder);

    assertThat(embedded(pictures).paths()).containsExactly("a/1.png");
    assertThat(pictures.rejected())
        .containsExactly(
            Map.entry("a/link.png", "it is a link or a device; only regular files are read"));
  }

  @Test
  void aFolderWithoutPicturesIsNamed() {
    assertThatThrownBy(() -> new EmbeddedFolder(folder))
        .isInstanceOf(Failure.class)
        .hasMessage(
            "There is no .png, .jpg or .jpeg file below %s; links are not followed.", folder);
  }
}
