package org.contexture.embedding;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.specific.SpecificDatumReader;
import org.contexture.record.ImageEmbedding;

/** Reads what {@link AvroEmbeddings} wrote. */
final class AvroRows implements WrittenEmbeddings {
  private final Path file;
  private final List<String> paths = new ArrayList<>();
  private int dimensions;

  private AvroRows(Path file) {
    this.file = file;
  }

  static AvroRows open(Path file) {
    AvroRows rows = new AvroRows(file);
    rows.forEach(
        record -> {
          rows.paths.add(record.getPath());
          rows.dimensions = record.getVector().remaining() / Float.BYTES;
        });
    return rows;
  }

  @Override
  public int dimensions() {
    return dimensions;
  }

  @Override
  public List<String> paths() {
    return List.copyOf(paths);
  }

  @Override
  public void from(long row, Consumer<float[]> reader) {
    long[] next = {0};
    forEach(
        record -> {
          if (next[0]++ >= row) {
            reader.accept(vector(record));
          }
        });
  }

  private float[] vector(ImageEmbedding record) {
    ByteBuffer bytes = record.getVector().duplicate().order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.remaining() != (long) dimensions * Float.BYTES) {
      throw WrittenEmbeddings.damaged(
          file,
          "the embedding of %s has %d bytes where %d numbers take %d"
              .formatted(
                  record.getPath(), bytes.remaining(), dimensions, dimensions * Float.BYTES));
    }
    float[] vector = new float[dimensions];
    bytes.asFloatBuffer().get(vector);
    return vector;
  }

  private void forEach(Consumer<ImageEmbedding> reader) {
    try (DataFileReader<ImageEmbedding> records =
        new DataFileReader<>(file.toFile(), new SpecificDatumReader<>(ImageEmbedding.class))) {
      records.forEach(reader);
      AvroEnd.require(file, records);
    } catch (IOException | AvroRuntimeException unreadable) {
      throw WrittenEmbeddings.damaged(file, unreadable);
    }
  }
}
