package org.contexture.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.apache.avro.Schema;
import org.contexture.record.RawFile;

class ShardPropertiesTest {
  private static Path directory;

  @BeforeContainer
  static void makeDirectory() throws IOException {
    directory = Files.createTempDirectory("shards");
  }

  @AfterContainer
  static void removeDirectory() throws IOException {
    try (var files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(directory);
  }

  /** Sizes of the records of each shard; 64 KiB end a block. */
  @Provide
  Arbitrary<List<List<Integer>>> sizes() {
    Arbitrary<Integer> size =
        Arbitraries.frequencyOf(
            Tuple.of(8, Arbitraries.integers().between(0, 200)),
            Tuple.of(2, Arbitraries.integers().between(20_000, 66_000)),
            Tuple.of(1, Arbitraries.integers().between(65_520, 65_545)));
    return size.list().ofMaxSize(40).list().ofMinSize(1).ofMaxSize(4);
  }

  @Property(tries = 60)
  void whatIsWrittenIsReadBackByNumber(@ForAll("sizes") List<List<Integer>> sizes)
      throws IOException {
    Schema schema = RawFile.getClassSchema();
    List<RawFile> expected = new ArrayList<>();
    List<Path> files = new ArrayList<>();
    for (List<Integer> shard : sizes) {
      Path file = directory.resolve(files.size() + ".avro");
      files.add(file);
      try (ShardWriter<RawFile> writer = ShardWriter.create(file, schema, "salt")) {
        for (int size : shard) {
          RawFile value = ShardFolder.rawFile("é" + expected.size(), size, expected.size());
          expected.add(value);
          writer.append(value);
        }
        assertThat(writer.finish().records()).isEqualTo(shard.size());
      }
    }

    Shards<RawFile> shards = Shards.open(files, schema);

    assertThat(shards.size()).isEqualTo(expected.size());
    for (int i = expected.size() - 1; i >= 0; i--) {
      assertThat(shards.read(i)).isEqualTo(expected.get(i));
    }
  }
}
