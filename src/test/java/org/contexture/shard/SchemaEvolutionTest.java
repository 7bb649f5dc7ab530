package org.contexture.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.specific.SpecificRecord;
import org.contexture.failure.Failure;
import org.contexture.record.RawFile;
import org.contexture.record.RawPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of shards when the schema of their records changes. */
class SchemaEvolutionTest {
  @TempDir Path directory;

  private static Schema schema(String fields) {
    return new Schema.Parser()
        .parse(
            """
            {"type": "record", "name": "RawPath", "namespace": "org.contexture.record",
             "fields": [%s]}"""
                .formatted(fields));
  }

  /** A record as another version of Contexture had it. */
  private static final class OtherVersion extends GenericData.Record implements SpecificRecord {
    OtherVersion(Schema schema) {
      super(schema);
    }
  }

  private Path written(Schema schema, Object... values) throws IOException {
    OtherVersion value = new OtherVersion(schema);
    for (int i = 0; i < values.length; i++) {
      value.put(i, values[i]);
    }
    Path file = directory.resolve("a.avro");
    try (ShardWriter<OtherVersion> writer = ShardWriter.create(file, schema, "salt")) {
      writer.append(value);
      writer.finish();
    }
    return file;
  }

  @Test
  void aFieldThatAnOlderShardLacksGetsTheReadersDefault() throws IOException {
    Path file = written(schema("{\"name\": \"path\", \"type\": \"string\"}"), "a");

    SizedPath record = Shard.<SizedPath>open(file, SizedPath.SCHEMA).read(0);

    assertThat(record.get(0)).isEqualTo("a");
    assertThat(record.get(1)).isEqualTo(7L);
  }

  @Test
  void aFieldThatTheReaderDoesNotKnowIsSkipped() throws IOException {
    Path file =
        written(
            schema(
                """
                {"name": "size", "type": "long"},
                {"name": "path", "type": "string"}"""),
            7L,
            "a");

    RawPath record = Shard.<RawPath>open(file, RawPath.getClassSchema()).read(0);

    assertThat(record).isEqualTo(new RawPath("a"));
  }

  @Test
  void aFieldWithoutDefaultThatAShardLacksIsNamed() throws IOException {
    Path file = written(schema("{\"name\": \"path\", \"type\": \"string\"}"), "a");

    assertThatThrownBy(() -> Shard.open(file, RawFile.getClassSchema()))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> assertThat(failure.category()).isEqualTo(Failure.Category.DATA))
        .hasMessage(
            "%s holds records that this Contexture cannot read as its own"
                + " org.contexture.record.RawFile: reader field missing default value at"
                + " /fields/1 (bytes). It was written by another version: use that one, or"
                + " rebuild the dataset.",
            file);
  }

  @Test
  void aFieldThatChangedItsTypeIsNamed() throws IOException {
    Path file =
        written(schema("{\"name\": \"path\", \"type\": \"bytes\"}"), ByteBuffer.wrap(new byte[2]));
    Schema wanted = schema("{\"name\": \"path\", \"type\": \"long\"}");

    assertThatThrownBy(() -> Shard.open(file, wanted))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("type mismatch at /fields/0/type")
        .hasMessageEndingWith("use that one, or rebuild the dataset.");
  }

  @Test
  void aShardOpenedAsWrittenIsCheckedWhateverItHolds() throws IOException {
    Path file = written(schema("{\"name\": \"unheardOf\", \"type\": \"string\"}"), "a");

    Shard<?> shard = Shard.openAsWritten(file);

    assertThat(shard.size()).isEqualTo(1);
    shard.requireIntact(0);
    ShardFolder.flip(file, ShardFolder.sizeOf(file) - 17);
    Shard<?> damaged = Shard.openAsWritten(file);
    assertThatThrownBy(() -> damaged.requireIntact(0))
        .isInstanceOf(Failure.class)
        .hasMessageStartingWith("%s, record 0 is damaged", file);
  }
}
