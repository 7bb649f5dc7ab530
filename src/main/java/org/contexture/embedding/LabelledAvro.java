package org.contexture.embedding;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericEnumSymbol;
import org.apache.avro.generic.GenericRecord;
import org.contexture.embedding.LabelledEmbeddings.Reader;
import org.contexture.record.Split;

/** Reads the {@code .avro} form of {@link LabelledEmbeddings}. */
record LabelledAvro(Path file) {

  void forEach(Reader reader) throws IOException {
    try (DataFileReader<GenericRecord> records = open()) {
      for (long row = 0; hasNext(records); row++) {
        reader.read(next(records, row));
      }
    }
  }

  private DataFileReader<GenericRecord> open() {
    try {
      return new DataFileReader<>(file.toFile(), new GenericDatumReader<>());
    } catch (IOException | AvroRuntimeException unusable) {
      throw LabelledEmbeddings.unusable(file, unusable);
    }
  }

  private boolean hasNext(DataFileReader<GenericRecord> records) {
    try {
      boolean more = records.hasNext();
      if (!more) {
        AvroEnd.require(file, records);
      }
      return more;
    } catch (IOException | AvroRuntimeException damaged) {
      throw LabelledEmbeddings.unusable(file, damaged);
    }
  }

  private LabelledEmbedding next(DataFileReader<GenericRecord> records, long row) {
    try {
      GenericRecord record = records.next();
      return LabelledEmbedding.of(label(record), split(record), vector(record));
    } catch (AvroRuntimeException damaged) {
      throw LabelledEmbeddings.unusable(file, damaged);
    } catch (IllegalArgumentException unusable) {
      throw LabelledEmbeddings.unusableRow(file, row, unusable);
    }
  }

  private static Optional<Object> field(GenericRecord record, String name) {
    return record.hasField(name) ? Optional.ofNullable(record.get(name)) : Optional.empty();
  }

  private static String label(GenericRecord record) {
    return field(record, "label")
        .map(LabelledAvro::name)
        .orElseGet(
            () ->
                LabelledEmbedding.folder(
                    field(record, "path")
                        .orElseThrow(
                            () -> new IllegalArgumentException("has neither a label nor a path"))
                        .toString()));
  }

  private static String name(Object label) {
    if (label instanceof CharSequence
        || label instanceof GenericEnumSymbol
        || label instanceof Integer
        || label instanceof Long) {
      return label.toString();
    }
    throw new IllegalArgumentException("has a label that is no text, symbol or whole number");
  }

  private static Split split(GenericRecord record) {
    Optional<String> split = field(record, "split").map(Object::toString);
    if (split.isPresent()) {
      return switch (split.get()) {
        case "TEST" -> Split.TEST;
        case "QUERY" -> Split.QUERY;
        case "GALLERY" -> Split.GALLERY;
        default ->
            throw new IllegalArgumentException(
                "has the split %s; TEST, QUERY and GALLERY are measured".formatted(split.get()));
      };
    }
    return LabelledEmbedding.split(truth(record, "is_query"), truth(record, "is_gallery"));
  }

  private static Optional<Boolean> truth(GenericRecord record, String name) {
    return field(record, name)
        .map(
            value -> {
              boolean isOne = value instanceof Boolean || value instanceof CharSequence;
              return switch (isOne ? value.toString() : "") {
                case "true" -> true;
                case "false" -> false;
                default ->
                    throw new IllegalArgumentException(
                        "has the %s %s, which is neither true nor false".formatted(name, value));
              };
            });
  }

  private static float[] vector(GenericRecord record) {
    Object vector = field(record, "vector").orElse("");
    if (vector instanceof ByteBuffer bytes && bytes.remaining() % Float.BYTES == 0) {
      float[] numbers = new float[bytes.remaining() / Float.BYTES];
      bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(numbers);
      return numbers;
    }
    if (vector instanceof List<?> list && list.stream().allMatch(Number.class::isInstance)) {
      float[] numbers = new float[list.size()];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = ((Number) list.get(i)).floatValue();
      }
      return numbers;
    }
    throw new IllegalArgumentException(
        "has no field 'vector' of little-endian float32 bytes or of numbers");
  }
}
