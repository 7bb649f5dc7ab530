package org.contexture.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.contexture.shard.ShardFolder.example;
import static org.contexture.shard.ShardFolder.rawFiles;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.contexture.failure.Failure;
import org.contexture.record.Example;
import org.contexture.record.ExampleLabel;
import org.contexture.record.RawFile;
import org.contexture.record.RawPath;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShardTest {
  @TempDir Path directory;
  private ShardFolder folder;

  @BeforeEach
  void open() {
    folder = new ShardFolder(directory);
  }

  @Test
  void recordsOfManyBlocksAreReadInAnyOrder() throws IOException {
    List<RawFile> records = rawFiles(100, 5000);
    Shard<RawFile> shard = Shard.open(folder.write("a.avro", records), RawFile.getClassSchema());

    assertThat(shard.size()).isEqualTo(100);
    for (int i = 99; i >= 0; i -= 7) {
      assertThat(shard.read(i)).isEqualTo(records.get(i));
    }
  }

  @Test
  void aBlockEndsWithTheRecordThatBringsItTo64KibibytesOrMore() throws IOException {
    Path file = folder.write("a.avro", rawFiles(50, 10_000));

    List<Long> blocks = new ArrayList<>();
    try (DataFileReader<GenericRecord> reader =
        new DataFileReader<>(file.toFile(), new GenericDatumReader<>())) {
      while (reader.hasNext()) {
        reader.nextBlock();
        blocks.add(reader.getBlockCount());
      }
    }
    assertThat(blocks).containsExactly(7L, 7L, 7L, 7L, 7L, 7L, 7L, 1L);
  }

  @Test
  void anyAvroReaderOpensAShard() throws IOException {
    Path file = folder.write("a.avro", rawFiles(30, 6000));

    List<String> paths = new ArrayList<>();
    try (DataFileReader<GenericRecord> reader =
        new DataFileReader<>(file.toFile(), new GenericDatumReader<>())) {
      assertThat(reader.getSchema()).isEqualTo(RawFile.getClassSchema());
      reader.forEach(record -> paths.add(record.get("path").toString()));
    }
    assertThat(paths)
        .containsExactlyElementsOf(IntStream.range(0, 30).mapToObj(i -> "file " + i).toList());
  }

  @Test
  void bytesDependOnRecordsSchemaAndSaltAlone() throws IOException {
    Files.createDirectories(directory.resolve("other"));
    ShardFolder other = new ShardFolder(directory.resolve("other"));
    Path first = folder.write("a.avro", rawFiles(20, 7000));
    Path again = other.write("a.avro", rawFiles(20, 7000));
    Path salted = folder.write("b.avro", rawFiles(20, 7000));
    Path changed = other.write("b.avro", rawFiles(20, 7001));

    assertThat(again).hasSameBinaryContentAs(first);
    assertThat(ShardFolder.indexOf(again)).hasSameBinaryContentAs(ShardFolder.indexOf(first));
    assertThat(Files.readAllBytes(salted)).isNotEqualTo(Files.readAllBytes(first));
    assertThat(ShardFolder.indexOf(salted)).hasSameBinaryContentAs(ShardFolder.indexOf(first));
    assertThat(Files.readAllBytes(changed)).isNotEqualTo(Files.readAllBytes(salted));
  }

  @Test
  void aShardThatNoReaderCouldMapIsNotWritten() throws IOException {
    try (ShardWriter<RawFile> writer =
        ShardWriter.create(directory.resolve("a.avro"), RawFile.getClassSchema(), "", 1_000_000)) {
      for (RawFile record : rawFiles(90, 10_000)) {
        writer.append(record);
      }

      assertThatThrownBy(
              () -> {
                for (RawFile record : rawFiles(20, 10_000)) {
                  writer.append(record);
                }
              })
          .isInstanceOf(Failure.class)
          .hasMessageContaining("a.avro gets larger than the 1000000 bytes that a shard may have")
          .hasMessageContaining("Lower images.shard_megabytes");
    }
  }

  @Test
  void aWriterTakesLittleMemory() throws IOException {
    Runtime runtime = Runtime.getRuntime();
    List<ShardWriter<RawFile>> writers = new ArrayList<>();
    System.gc();
    long before = runtime.totalMemory() - runtime.freeMemory();
    try {
      for (int i = 0; i < 8; i++) {
        writers.add(
            ShardWriter.create(directory.resolve(i + ".avro"), RawFile.getClassSchema(), ""));
      }
      long after = runtime.totalMemory() - runtime.freeMemory();
      assertThat(after - before).as("bytes of 8 writers").isLessThan(32L << 20);
    } finally {
      for (ShardWriter<RawFile> writer : writers) {
        writer.close();
      }
    }
  }

  @Test
  void aProjectionReadsTheFieldsItHas() throws IOException {
    List<Example> examples = LongStream.range(0, 40).mapToObj(i -> example(i, 4000)).toList();
    Path file = folder.write("a.avro", examples);

    Shard<ExampleLabel> labels = Shard.open(file, ExampleLabel.getClassSchema());

    for (int i = 39; i >= 0; i--) {
      Example example = examples.get(i);
      ExampleLabel expected =
          new ExampleLabel(
              example.getId(), example.getLabel(), example.getSuperLabel(), example.getSplit());
      assertThat(labels.project(i)).isEqualTo(expected);
      assertThat(labels.read(i)).isEqualTo(expected);
    }
  }

  @Test
  void severalShardsAreOneSequenceEmptyOnesIncluded() throws IOException {
    List<RawFile> records = rawFiles(9, 20);
    List<Path> files =
        List.of(
            folder.writeEmpty("0"),
            folder.writeEmpty("1"),
            folder.write("2", records.subList(0, 4)),
            folder.writeEmpty("3"),
            folder.write("4", records.subList(4, 5)),
            folder.writeEmpty("5"),
            folder.writeEmpty("6"),
            folder.write("7", records.subList(5, 9)),
            folder.writeEmpty("8"));

    Shards<RawFile> shards = Shards.open(files, RawFile.getClassSchema());

    assertThat(shards.size()).isEqualTo(9);
    assertThat(shards).containsExactlyElementsOf(records);
    for (int i = 8; i >= 0; i--) {
      assertThat(shards.read(i)).isEqualTo(records.get(i));
    }
    Shards<RawPath> paths = Shards.open(files, RawPath.getClassSchema());
    assertThat(paths.project(4).getPath()).isEqualTo("file 4");
    assertThatThrownBy(() -> shards.read(9))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("record 9 of 9");
    assertThatThrownBy(() -> shards.project(-1)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void onlyEmptyShardsAreAnEmptySequence() throws IOException {
    Shards<RawFile> shards =
        Shards.open(
            List.of(folder.writeEmpty("0"), folder.writeEmpty("1")), RawFile.getClassSchema());

    assertThat(shards).isEmpty();
    assertThat(Shards.open(List.of(), RawFile.getClassSchema()).size()).isZero();
  }

  @Test
  void aRecordThatIsNotThereIsTheCallersMistakeNotDamage() throws IOException {
    Shard<RawFile> shard =
        Shard.open(folder.write("a.avro", rawFiles(3, 10)), RawFile.getClassSchema());

    for (int record : new int[] {-1, 3, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
      assertThatThrownBy(() -> shard.read(record))
          .isInstanceOf(IndexOutOfBoundsException.class)
          .hasMessage("record %d of 3", record);
      assertThatThrownBy(() -> shard.project(record)).isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> shard.requireIntact(record))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void aSummaryTellsLengthAndDigestsOfBothFiles() throws Exception {
    Path file = directory.resolve("a.avro");
    ShardWriter.Summary summary;
    try (ShardWriter<RawFile> writer = ShardWriter.create(file, RawFile.getClassSchema(), "salt")) {
      for (RawFile record : rawFiles(20, 9000)) {
        writer.append(record);
      }
      summary = writer.finish();
    }

    assertThat(summary.records()).isEqualTo(20);
    assertThat(summary.bytes()).isEqualTo(Files.size(file));
    assertThat(file).hasDigest("SHA-256", summary.sha256());
    assertThat(ShardFolder.indexOf(file)).hasDigest("SHA-256", summary.indexSha256());
  }

  @Test
  void aShardThatCannotBeStartedIsClosed() throws IOException {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "this system has no /dev/full");

    assertThatThrownBy(() -> ShardWriter.create(full, RawPath.getClassSchema(), "salt"))
        .isInstanceOf(IOException.class);

    try (Stream<Path> opened = Files.list(Path.of("/proc/self/fd"))) {
      assertThat(opened).noneMatch(descriptor -> leadsTo(descriptor, full));
    }
  }

  private static boolean leadsTo(Path descriptor, Path file) {
    try {
      return Files.readSymbolicLink(descriptor).equals(file);
    } catch (IOException closedMeanwhile) {
      return false;
    }
  }
}
