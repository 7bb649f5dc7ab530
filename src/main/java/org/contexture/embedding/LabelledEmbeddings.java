package org.contexture.embedding;

import java.io.IOException;
import java.nio.file.Path;
import org.contexture.failure.Failure;

/**
 * Reads a file of embeddings with their classes, made here or elsewhere, row by row.
 *
 * <ul>
 *   <li>{@code .npz}: {@code embeddings}, N × dimensions of float32 or float64; {@code labels}, N
 *       whole numbers or texts; perhaps {@code is_query} and {@code is_gallery}, N truth values.
 *   <li>{@code .avro}: records with {@code vector}, little-endian float32 bytes or an array of
 *       numbers; {@code label}, a whole number or a text; perhaps {@code split} (TEST, QUERY,
 *       GALLERY), or {@code is_query} and {@code is_gallery}.
 * </ul>
 *
 * <p>Where there are no labels but paths ({@code paths}, {@code path}), the folder of an image is
 * its class. Without anything about queries each image is asked among all others. Vectors are
 * brought to length 1.
 */
public final class LabelledEmbeddings {
  private LabelledEmbeddings() {}

  /** Takes the rows of a file. */
  @FunctionalInterface
  public interface Reader {
    /** The next row. */
    void read(LabelledEmbedding embedding) throws IOException;
  }

  /**
   * Hands over all rows in the order of the file.
   *
   * @param file ends with {@code .npz} or {@code .avro}
   * @throws Failure (data) if it cannot be read as embeddings with classes; names the row
   * @throws IOException if the reader throws it
   */
  public static void forEach(Path file, Reader reader) throws IOException {
    if (file.getFileName().toString().endsWith(".npz")) {
      new LabelledNpz(file).forEach(reader);
    } else {
      new LabelledAvro(file).forEach(reader);
    }
  }

  /** What is said of a file that cannot be used. */
  static Failure unusable(Path file, Exception reason) {
    return Failure.data(
            "%s cannot be read as embeddings with classes: %s. docs/metrics.md says what such a file"
                + " has in it.",
            file, new Damage(reason).words())
        .causedBy(reason);
  }

  /** What is said of one row. */
  static Failure unusableRow(Path file, long row, IllegalArgumentException reason) {
    return Failure.data(
            "%s: embedding %d, counted from 0, %s. Mend the file or leave that row out.",
            file, row, reason.getMessage())
        .causedBy(reason);
  }
}
