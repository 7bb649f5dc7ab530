package org.contexture.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.specific.SpecificDatumWriter;
import org.contexture.failure.Failure;
import org.contexture.record.Embedding;
import org.contexture.record.Split;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelledEmbeddingsTest {
  private static final float[][] VECTORS = {{3, 4}, {0, -2}, {1, 0}};

  @TempDir Path directory;

  private static List<LabelledEmbedding> read(Path file) throws IOException {
    List<LabelledEmbedding> rows = new ArrayList<>();
    LabelledEmbeddings.forEach(file, rows::add);
    return rows;
  }

  private Path npz(HandmadeNpz arrays) throws IOException {
    return arrays.write(directory.resolve("e.npz"));
  }

  @Test
  void vectorsAreBroughtToLengthOneAndLabelsMayBeNumbers() throws IOException {
    List<LabelledEmbedding> rows =
        read(npz(new HandmadeNpz().floats("embeddings", VECTORS).wholes("labels", 7, -7, 7)));

    assertThat(rows).extracting(LabelledEmbedding::label).containsExactly("7", "-7", "7");
    assertThat(rows).extracting(LabelledEmbedding::split).containsOnly(Split.TEST);
    assertThat(rows.get(0).vector()).containsExactly(0.6f, 0.8f);
    assertThat(rows.get(1).vector()).containsExactly(0, -1);
  }

  @Test
  void unitVectorsStayAsTheyAreButForRounding() throws IOException {
    float[][] vectors = {{0.6f, 0.8000002f}, {0.6f, 0.8001f}};

    List<LabelledEmbedding> rows =
        read(npz(new HandmadeNpz().floats("embeddings", vectors).wholes("labels", 1, 1)));

    assertThat(rows.get(0).vector()).containsExactly(vectors[0]);
    assertThat(Math.hypot(rows.get(1).vector()[0], rows.get(1).vector()[1]))
        .isCloseTo(1, within(1e-7));
  }

  @Test
  void labelsMayBeTextsAndQueriesBeSaid() throws IOException {
    List<LabelledEmbedding> rows =
        read(
            npz(
                new HandmadeNpz()
                    .doubles("embeddings", new double[][] {{3, 4}, {0, -2}, {1, 0}})
                    .texts("labels", 5, "kiwi", "apple", "kiwi")
                    .truths("is_query", true, true, false)
                    .truths("is_gallery", false, true, true)));

    assertThat(rows).extracting(LabelledEmbedding::label).containsExactly("kiwi", "apple", "kiwi");
    assertThat(rows)
        .extracting(LabelledEmbedding::split)
        .containsExactly(Split.QUERY, Split.TEST, Split.GALLERY);
    assertThat(rows.get(0).vector()).containsExactly(0.6f, 0.8f);
  }

  @Test
  void whoIsNoQueryIsSearched() throws IOException {
    assertThat(
            read(
                npz(
                    new HandmadeNpz()
                        .floats("embeddings", VECTORS)
                        .wholes("labels", 1, 1, 1)
                        .truths("is_query", true, false, true))))
        .extracting(LabelledEmbedding::split)
        .containsExactly(Split.QUERY, Split.GALLERY, Split.QUERY);
  }

  @Test
  void foldersStandForLabels() throws IOException {
    assertThat(
            read(
                npz(
                    new HandmadeNpz()
                        .floats("embeddings", VECTORS)
                        .texts("paths", 9, "a/1.png", "b/c/2.png", "a/3.png"))))
        .extracting(LabelledEmbedding::label)
        .containsExactly("a", "b/c", "a");
  }

  @Test
  void whatIsWrongWithAnNpzIsSaid() throws IOException {
    assertProblem(
        new HandmadeNpz().floats("embeddings", VECTORS),
        "has neither an array 'labels' nor an array 'paths'");
    assertProblem(new HandmadeNpz().wholes("labels", 1), "has no array 'embeddings'");
    assertProblem(
        new HandmadeNpz().floats("embeddings", VECTORS).wholes("labels", 1, 2),
        "it has 3 embeddings and 2 values in 'labels'");
    assertProblem(
        new HandmadeNpz().floats("embeddings", new float[][] {{1}, {0}}).wholes("labels", 1, 2),
        "e.npz: embedding 1, counted from 0, has the length 0.0");
    assertProblem(
        new HandmadeNpz().floats("embeddings", new float[][] {{Float.NaN}}).wholes("labels", 1),
        "embedding 0, counted from 0, has the length NaN");
    assertProblem(
        new HandmadeNpz().floats("embeddings", VECTORS).texts("paths", 5, "1.png", "2", "3"),
        "embedding 0, counted from 0, has no label, and its path '1.png' no folder");
    assertProblem(
        new HandmadeNpz().wholes("embeddings", 1, 2, 3).wholes("labels", 1, 2, 3),
        "'embeddings' has no rows of float32 or float64 numbers");
    assertProblem(
        new HandmadeNpz().floats("embeddings", VECTORS).floats("labels", VECTORS),
        "'labels' is no list of texts or whole numbers");
    assertProblem(
        new HandmadeNpz()
            .floats("embeddings", new float[][] {{1}})
            .wholes("labels", 1)
            .truths("is_query", false)
            .truths("is_gallery", false),
        "embedding 0, counted from 0, is neither asked nor searched");
    assertProblem(
        new HandmadeNpz()
            .array("embeddings", "<f4", "(3, 2)", HandmadeNpz.buffer(20))
            .wholes("labels", 1, 2, 3),
        "e.npz");
  }

  @Test
  void labelsMayBeWholeNumbersOfAnySize() throws IOException {
    for (Map.Entry<String, Integer> type :
        Map.of("|i1", 1, "|u1", 1, "<i2", 2, "<i4", 4, "<i8", 8).entrySet()) {
      ByteBuffer value = HandmadeNpz.buffer(type.getValue()).put((byte) 100);

      assertThat(read(npz(labelled(type.getKey(), value))))
          .as(type.getKey())
          .extracting(LabelledEmbedding::label)
          .containsExactly("100");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 9, 16})
  void wholeNumbersOfOtherSizesAreNamed(int size) throws IOException {
    assertProblem(
        labelled("<i" + size, HandmadeNpz.buffer(size)),
        "its array 'labels' has the type <i" + size);
  }

  private static HandmadeNpz labelled(String type, ByteBuffer value) {
    return new HandmadeNpz()
        .floats("embeddings", new float[][] {{1, 0}})
        .array("labels", type, "(1,)", value);
  }

  @Test
  void aFileThatIsNoZipIsNamed() throws IOException {
    Path file = Files.writeString(directory.resolve("no.npz"), "nothing of the kind");

    assertThatThrownBy(() -> read(file)).isInstanceOf(Failure.class).hasMessageContaining("no.npz");
  }

  private void assertProblem(HandmadeNpz arrays, String problem) throws IOException {
    Path file = npz(arrays);
    assertThatThrownBy(() -> read(file)).isInstanceOf(Failure.class).hasMessageContaining(problem);
  }

  @Test
  void ourOwnEmbeddingsAreRead() throws IOException {
    Path file = directory.resolve("e.avro");
    try (DataFileWriter<Embedding> writer =
        new DataFileWriter<>(new SpecificDatumWriter<>(Embedding.class))) {
      writer.create(Embedding.getClassSchema(), file.toFile());
      writer.append(
          new Embedding(5L, 3, 0, Split.QUERY, UnitVector.bytes(new float[] {0.6f, 0.8f})));
    }

    List<LabelledEmbedding> rows = read(file);

    assertThat(rows.get(0).label()).isEqualTo("3");
    assertThat(rows.get(0).split()).isEqualTo(Split.QUERY);
    assertThat(rows.get(0).vector()).containsExactly(0.6f, 0.8f);
  }

  @Test
  void recordsFromElsewhereAreRead() throws IOException {
    Schema schema =
        SchemaBuilder.record("Row")
            .fields()
            .requiredString("label")
            .optionalBoolean("is_query")
            .name("vector")
            .type()
            .array()
            .items()
            .doubleType()
            .noDefault()
            .endRecord();
    Path file =
        avro(
            schema,
            new GenericRecordBuilder(schema)
                .set("label", "kiwi")
                .set("is_query", true)
                .set("vector", List.of(3.0, 4.0))
                .build(),
            new GenericRecordBuilder(schema)
                .set("label", "kiwi")
                .set("is_query", null)
                .set("vector", List.of(0.0, 1.0))
                .build());

    List<LabelledEmbedding> rows = read(file);

    assertThat(rows).extracting(LabelledEmbedding::label).containsExactly("kiwi", "kiwi");
    assertThat(rows).extracting(LabelledEmbedding::split).containsExactly(Split.QUERY, Split.TEST);
    assertThat(rows.get(0).vector()).containsExactly(0.6f, 0.8f);
  }

  @Test
  void truthsMayBeTexts() throws IOException {
    Schema schema =
        SchemaBuilder.record("Row")
            .fields()
            .requiredInt("label")
            .requiredString("is_query")
            .requiredBytes("vector")
            .endRecord();
    GenericRecordBuilder row =
        new GenericRecordBuilder(schema)
            .set("label", 1)
            .set("vector", ByteBuffer.wrap(new byte[] {0, 0, (byte) 0x80, 0x3f}));

    assertThat(
            read(
                avro(
                    schema,
                    row.set("is_query", "true").build(),
                    row.set("is_query", "false").build())))
        .extracting(LabelledEmbedding::split)
        .containsExactly(Split.QUERY, Split.GALLERY);
    Path other = avro(schema, row.set("is_query", "yes").build());
    assertThatThrownBy(() -> read(other))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("has the is_query yes, which is neither true nor false");
  }

  @Test
  void whatIsWrongWithARecordIsSaid() throws IOException {
    Schema bare = SchemaBuilder.record("Row").fields().requiredBytes("vector").endRecord();
    Schema odd =
        SchemaBuilder.record("Row")
            .fields()
            .requiredString("split")
            .requiredInt("label")
            .requiredString("vector")
            .endRecord();
    Path unlabelled =
        avro(bare, new GenericRecordBuilder(bare).set("vector", ByteBuffer.allocate(4)).build());
    assertThatThrownBy(() -> read(unlabelled))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("embedding 0, counted from 0, has neither a label nor a path");
    Path trained =
        avro(
            odd,
            new GenericRecordBuilder(odd)
                .set("split", "TRAIN")
                .set("label", 1)
                .set("vector", "x")
                .build());
    assertThatThrownBy(() -> read(trained))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("has the split TRAIN; TEST, QUERY and GALLERY are measured");
    Path text =
        avro(
            odd,
            new GenericRecordBuilder(odd)
                .set("split", "TEST")
                .set("label", 1)
                .set("vector", "x")
                .build());
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("has no field 'vector' of little-endian float32 bytes");
    Path noAvro = Files.writeString(directory.resolve("no.avro"), "nothing of the kind");
    assertThatThrownBy(() -> read(noAvro))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("no.avro cannot be read as embeddings");
  }

  /** A row with a value of some type, {@code vector} and {@code path}. */
  private Path rowWith(String name, Schema type, Object value) throws IOException {
    Schema schema =
        SchemaBuilder.record("Row")
            .fields()
            .name(name)
            .type(type)
            .noDefault()
            .requiredBytes("vector")
            .name("path")
            .type()
            .stringType()
            .stringDefault("folder/1.png")
            .endRecord();
    return avro(
        schema,
        new GenericRecordBuilder(schema)
            .set(name, value)
            .set("vector", ByteBuffer.wrap(new byte[] {0, 0, (byte) 0x80, 0x3f}))
            .build());
  }

  @Test
  void labelsOfARecordAreTextsSymbolsOrWholeNumbers() throws IOException {
    Schema kinds = SchemaBuilder.enumeration("Kind").symbols("KIWI", "APPLE");

    assertThat(
            List.of(
                read(rowWith("label", SchemaBuilder.builder().stringType(), "kiwi")).get(0).label(),
                read(rowWith("label", kinds, new GenericData.EnumSymbol(kinds, "APPLE")))
                    .get(0)
                    .label(),
                read(rowWith("label", SchemaBuilder.builder().intType(), -7)).get(0).label(),
                read(rowWith("label", SchemaBuilder.builder().longType(), 1L << 40))
                    .get(0)
                    .label()))
        .containsExactly("kiwi", "APPLE", "-7", "1099511627776");
  }

  /** Bytes as text would be the same for every row, and a fraction no class. */
  @Test
  void otherLabelsOfARecordAreNamed() throws IOException {
    Path bytes =
        rowWith("label", SchemaBuilder.builder().bytesType(), ByteBuffer.wrap(new byte[] {7}));
    Path fraction = rowWith("label", SchemaBuilder.builder().doubleType(), 7.5);

    for (Path file : List.of(bytes, fraction)) {
      assertThatThrownBy(() -> read(file))
          .isInstanceOf(Failure.class)
          .hasMessageContaining(
              "embedding 0, counted from 0, has a label that is no text, symbol or whole number.");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"is_query", "is_gallery"})
  void aNumberIsNoTruthValueOfARecord(String name) throws IOException {
    Path file = rowWith(name, SchemaBuilder.builder().intType(), 1);

    assertThatThrownBy(() -> read(file))
        .isInstanceOf(Failure.class)
        .hasMessageContaining(
            "embedding 0, counted from 0, has the %s 1, which is neither true nor false.", name);
  }

  private Path avro(Schema schema, GenericRecord... rows) throws IOException {
    Path file = Files.createTempFile(directory, "e", ".avro");
    try (DataFileWriter<GenericRecord> writer =
        new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
      writer.create(schema, file.toFile());
      for (GenericRecord row : rows) {
        writer.append(row);
      }
    }
    return file;
  }
}
