package org.contexture.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.contexture.failure.Failure;
import org.contexture.locale.OtherDigits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WrittenEmbeddingsTest {
  private static final int AVRO_BLOCK = 64_000;

  /** So many embeddings of so many numbers take more than one block. */
  private static final int SEVERAL_BLOCKS = 256;

  private static final List<String> PATHS = List.of("a/1.png", "b/ü 😀.png", "c.png");

  @TempDir Path directory;

  private Path write(String name) throws IOException {
    Path file = directory.resolve(name);
    try (EmbeddingFile embeddings = EmbeddingFile.create(file, 2)) {
      for (int row = 0; row < PATHS.size(); row++) {
        embeddings.add(PATHS.get(row), new float[] {row, 1.5f * row});
      }
      embeddings.finish();
    }
    return file;
  }

  @ParameterizedTest
  @ValueSource(strings = {"written.npz", "written.avro"})
  void whatWasWrittenIsReadBack(String name) throws IOException {
    WrittenEmbeddings read = WrittenEmbeddings.open(write(name));

    assertThat(read.paths()).isEqualTo(PATHS);
    assertThat(read.dimensions()).isEqualTo(2);
    for (int from = 0; from <= PATHS.size() + 1; from++) {
      List<float[]> rows = new ArrayList<>();
      read.from(from, rows::add);
      assertThat(rows).hasSize(Math.max(0, PATHS.size() - from));
      for (int row = from; row < PATHS.size(); row++) {
        assertThat(rows.get(row - from)).containsExactly(row, 1.5f * row);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"written.npz", "written.avro"})
  void aFileWrittenInACountryWithOtherDigitsIsReadBack(String name) throws Exception {
    WrittenEmbeddings read = WrittenEmbeddings.open(OtherDigits.there(() -> write(name)));

    assertThat(read.paths()).isEqualTo(PATHS);
    assertThat(read.dimensions()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"new/place/written.npz", "new/place/written.avro"})
  void directoriesAreMadeAndNothingElseIsLeftThere(String name) throws IOException {
    Path file = write(name);

    assertThat(WrittenEmbeddings.open(file).paths()).isEqualTo(PATHS);
    try (Stream<Path> files = Files.list(file.getParent())) {
      assertThat(files).containsExactly(file);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"written.npz", "written.avro"})
  void twoMayWriteTheSameFileAtOnce(String name) throws IOException {
    Path file = directory.resolve(name);
    Path neighbour = Files.writeString(directory.resolve(name + ".rows"), "of somebody else");
    try (EmbeddingFile one = EmbeddingFile.create(file, 1);
        EmbeddingFile other = EmbeddingFile.create(file, 1)) {
      one.add("one.png", new float[] {1});
      other.add("other.png", new float[] {-1});
      other.finish();
      one.finish();
    }

    WrittenEmbeddings last = WrittenEmbeddings.open(file);
    assertThat(last.paths()).containsExactly("one.png");
    last.from(0, vector -> assertThat(vector).containsExactly(1));
    assertThat(neighbour).hasContent("of somebody else");
  }

  @Test
  void npzHasTheSameBytesInACountryWithOtherDigits() throws Exception {
    byte[] here = Files.readAllBytes(OtherDigits.nowhere(() -> write("here.npz")));
    byte[] there = Files.readAllBytes(OtherDigits.there(() -> write("there.npz")));

    assertThat(there).isEqualTo(here);
  }

  @ParameterizedTest
  @ValueSource(strings = {"written.npz", "written.avro"})
  void aFileCutShortAnywhereIsNamed(String name) throws IOException {
    byte[] whole = Files.readAllBytes(write(name));
    for (int length = 0; length < whole.length; length += 7) {
      Path cut = directory.resolve("cut-" + name);
      Files.write(cut, Arrays.copyOf(whole, length));

      assertThatThrownBy(() -> WrittenEmbeddings.open(cut).from(0, row -> {}))
          .as("%d of %d bytes", length, whole.length)
          .isInstanceOf(Failure.class)
          .hasMessageContaining("cut-" + name)
          .satisfies(WrittenEmbeddingsTest::requireASentence);
    }
  }

  /** What libraries throw is nothing to read. */
  private static void requireASentence(Throwable said) {
    assertThat(said.getMessage())
        .doesNotContain("null", "Exception")
        .doesNotContainPattern("[.!]\\.");
  }

  /** Avro itself would read the blocks before it and say nothing. */
  @Test
  void anAvroFileThatIsCutInItsLastBlockSaysSo() throws IOException {
    Path file = directory.resolve("written.avro");
    try (EmbeddingFile embeddings = EmbeddingFile.create(file, SEVERAL_BLOCKS)) {
      for (int row = 0; row < SEVERAL_BLOCKS; row++) {
        embeddings.add("a/%d.png".formatted(row), vector(row));
      }
      embeddings.finish();
    }
    byte[] whole = Files.readAllBytes(file);
    assertThat(whole).hasSizeGreaterThan(2 * AVRO_BLOCK);
    LabelledEmbeddings.forEach(file, row -> {});
    assertThat(WrittenEmbeddings.open(file).paths()).hasSize(SEVERAL_BLOCKS);

    for (int missing : List.of(1, 16, 17, 1000)) {
      Path cut = directory.resolve("cut.avro");
      Files.write(cut, Arrays.copyOf(whole, whole.length - missing));

      assertThatThrownBy(() -> WrittenEmbeddings.open(cut))
          .isInstanceOf(Failure.class)
          .hasMessageContaining("cut.avro cannot be read as embeddings: it ends too early. ");
      assertThatThrownBy(() -> LabelledEmbeddings.forEach(cut, row -> {}))
          .isInstanceOf(Failure.class)
          .hasMessageContaining(
              "cut.avro cannot be read as embeddings with classes: it ends too early. ");
    }
  }

  private static float[] vector(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] vector = new float[SEVERAL_BLOCKS];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = random.nextInt();
    }
    return vector;
  }

  @Test
  void arraysOfAnotherFormAreNamed() throws IOException {
    Path file = directory.resolve("other.npz");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("vectors.npy"));
      zip.closeEntry();
    }

    assertThatThrownBy(() -> WrittenEmbeddings.open(file))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("it has no array 'paths'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"empty.npz", "empty.avro"})
  void aFileWithoutEmbeddingsIsRefused(String name) throws IOException {
    Path file = directory.resolve(name);
    try (EmbeddingFile embeddings = EmbeddingFile.create(file, 2)) {
      embeddings.finish();
    }

    assertThatThrownBy(() -> WrittenEmbeddings.open(file))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("has no embedding");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> WrittenEmbeddings.open(directory.resolve("none.npz")))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("There is no file");
  }
}
