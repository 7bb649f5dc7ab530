package org.contexture.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificDatumWriter;
import org.contexture.embedding.HandmadeNpz;
import org.contexture.image.ImageEncoder;
import org.contexture.image.RgbImage;
import org.contexture.record.ImageEmbedding;
import org.contexture.report.Picture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileGalleryTest {
  private static final Picture NONE = Picture.of(new byte[0]);

  @TempDir Path directory;

  private Path written(List<String> paths) throws IOException {
    Path file = directory.resolve("gallery.avro");
    try (DataFileWriter<ImageEmbedding> writer =
        new DataFileWriter<>(new SpecificDatumWriter<>(ImageEmbedding.getClassSchema()))) {
      writer.create(ImageEmbedding.getClassSchema(), file.toFile());
      for (int row = 0; row < paths.size(); row++) {
        ByteBuffer vector = ByteBuffer.allocate(2 * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        vector.putFloat((float) Math.cos(row)).putFloat((float) Math.sin(row)).flip();
        writer.append(new ImageEmbedding(paths.get(row), vector));
      }
    }
    return file;
  }

  @Test
  void theNearestRowsAreFoundAcrossTiles() throws IOException {
    List<String> paths =
        IntStream.range(0, EmbeddingTiles.TILE + 3).mapToObj(row -> row + ".png").toList();
    Gallery gallery = FileGallery.open(written(paths), Optional.empty());
    int last = paths.size() - 1;
    float[] query = {(float) Math.cos(last), (float) Math.sin(last)};

    List<Match> found = gallery.nearest().nearest(new float[][] {query, {1, 0}}, 1).get(0);

    assertThat(gallery.nearest().dimensions()).isEqualTo(2);
    assertThat(found).singleElement().extracting(Match::id).isEqualTo((long) last);
    assertThat(gallery.images().image(last)).isEqualTo(new GalleryImage("", last + ".png", NONE));
  }

  @Test
  void aGalleryOfNumPyIsSearchedAnyNumberOfTimes() throws IOException {
    int images = 60;
    float[][] vectors = new float[images][];
    String[] paths = new String[images];
    for (int row = 0; row < images; row++) {
      vectors[row] = new float[] {(float) Math.cos(row), (float) Math.sin(row)};
      paths[row] = row + ".png";
    }
    Path file =
        new HandmadeNpz()
            .floats("embeddings", vectors)
            .texts("paths", 8, paths)
            .write(directory.resolve("gallery.npz"));
    Gallery gallery = FileGallery.open(file, Optional.empty());

    for (int row : new int[] {3, 59, 3}) {
      assertThat(gallery.nearest().nearest(new float[][] {vectors[row]}, 1).get(0))
          .singleElement()
          .extracting(Match::id)
          .isEqualTo((long) row);
    }
  }

  @Test
  void picturesAreThoseOfTheFolderAndOfNowhereElse() throws IOException {
    Path folder = Files.createDirectories(directory.resolve("pictures"));
    byte[] picture = ImageEncoder.png(RgbImage.of(1, 1, new byte[3]));
    Files.write(folder.resolve("in.png"), picture);
    Files.write(directory.resolve("out.png"), picture);
    Files.createSymbolicLink(folder.resolve("link.png"), directory.resolve("out.png"));
    List<String> paths =
        List.of(
            "in.png",
            "../out.png",
            directory.resolve("out.png").toString(),
            "link.png",
            "missing.png",
            "",
            "a\u0000b");
    Gallery gallery = FileGallery.open(written(paths), Optional.of(folder));

    assertThat(gallery.images().image(0).picture()).isEqualTo(Picture.of(picture));
    for (int row = 1; row < paths.size(); row++) {
      assertThat(gallery.images().image(row).picture()).as(paths.get(row)).isEqualTo(NONE);
    }
  }
}
