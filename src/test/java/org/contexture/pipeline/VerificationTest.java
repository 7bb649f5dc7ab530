package org.contexture.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.contexture.record.RawPath;
import org.contexture.shard.ShardWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerificationTest {
  @TempDir Path directory;
  private Store store;
  private Manifest manifest;
  private Path file;
  private Path index;

  @BeforeEach
  void commit() throws IOException {
    store = Store.open(directory.resolve("store"));
    manifest = commitRecords(store, List.of(new RawPath("a"), new RawPath("b"), new RawPath("c")));
    file = store.directory(manifest.id()).resolve("part-00000-of-00001.avro");
    index = file.resolveSibling(file.getFileName() + ".index");
  }

  /** A dataset of one shard. */
  static Manifest commitRecords(Store store, List<? extends SpecificRecord> records)
      throws IOException {
    Path staged = Files.createTempDirectory(Files.createDirectories(store.root()), "staged");
    String name = "part-00000-of-00001.avro";
    try (ShardWriter<SpecificRecord> writer =
        ShardWriter.create(staged.resolve(name), records.get(0).getSchema(), "salt")) {
      for (SpecificRecord record : records) {
        writer.append(record);
      }
      ShardWriter.Summary summary = writer.finish();
      Manifest none = Manifests.of(new Dataset<>("toy", ToyStage.named("toy")), Manifests.STARTED);
      Manifest manifest =
          new Manifest(
              none.format(),
              none.stage(),
              none.version(),
              none.fingerprint(),
              none.settings(),
              none.inputs(),
              none.recordType(),
              none.schema(),
              summary.records(),
              0,
              List.of(
                  new Manifest.DataFile(
                      name,
                      summary.records(),
                      summary.bytes(),
                      summary.sha256(),
                      summary.indexSha256())),
              List.of(),
              none.codeVersion(),
              none.runner(),
              none.started(),
              none.seconds());
      ((LocalStore) store).commit(staged, manifest);
      return manifest;
    }
  }

  private List<String> problems() throws IOException {
    return new Verification(store, manifest).problems();
  }

  private static void flip(Path damaged, int position) throws IOException {
    byte[] bytes = Files.readAllBytes(damaged);
    bytes[position] ^= 1;
    Files.write(damaged, bytes);
  }

  @Test
  void aWholeDatasetHasNoProblems() throws IOException {
    assertThat(problems()).isEmpty();
  }

  @Test
  void aDamagedRecordIsNamedWithExpectedAndActual() throws IOException {
    String digest = manifest.files().get(0).sha256();
    flip(file, (int) Files.size(file) - 17);

    assertThat(problems())
        .hasSize(2)
        .satisfiesExactly(
            first ->
                assertThat(first)
                    .startsWith(file + ": expected SHA-256 " + digest + ", actual ")
                    .doesNotEndWith(digest),
            second ->
                assertThat(second)
                    .matches(
                        "\\Q%s\\E, record 2 is damaged: expected CRC-32C [0-9a-f]{8}, actual [0-9a-f]{8}\\."
                            .formatted(file)));
  }

  @Test
  void everyDamagedRecordIsNamed() throws IOException {
    flip(file, (int) Files.size(file) - 17);
    flip(file, (int) Files.size(file) - 21);

    assertThat(problems())
        .hasSize(3)
        .anySatisfy(problem -> assertThat(problem).startsWith(file + ", record 0 is damaged"))
        .anySatisfy(problem -> assertThat(problem).startsWith(file + ", record 2 is damaged"));
  }

  @Test
  void aDamagedSyncMarkerIsFoundByTheDigestAlone() throws IOException {
    flip(file, (int) Files.size(file) - 1);

    assertThat(problems()).singleElement().asString().contains(": expected SHA-256 ");
  }

  @Test
  void aTruncatedFileIsNamedWithItsLength() throws IOException {
    long length = Files.size(file);
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 3));

    assertThat(problems())
        .contains("%s: expected %d bytes, actual %d".formatted(file, length, length - 3));
  }

  @Test
  void missingFilesAreNamed() throws IOException {
    long length = Files.size(file);
    Files.delete(file);
    Files.delete(index);

    assertThat(problems())
        .containsExactly(
            "%s: expected %d bytes, actual: missing".formatted(file, length),
            "%s: expected an index, actual: missing".formatted(index));
  }

  @Test
  void aDamagedIndexIsNamed() throws IOException {
    flip(index, 40);

    assertThat(problems())
        .anySatisfy(problem -> assertThat(problem).startsWith(index + ": expected SHA-256 "))
        .anySatisfy(
            problem -> assertThat(problem).startsWith(index + " is damaged: expected CRC-32C "));
  }
}
