package org.contexture.embedding;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.contexture.failure.Failure;

/**
 * A file of embeddings as it is read: the paths of the images are in memory, their vectors are read
 * anew each time.
 */
public interface WrittenEmbeddings {

  /** Numbers in an embedding. */
  int dimensions();

  /** The path of each image, in the order of the file; at least one. */
  List<String> paths();

  /**
   * Hands over the vectors in the order of the file.
   *
   * @param row the first one wanted, from 0; past the last there are none
   * @throws Failure (data) if the file is damaged or has changed since it was opened
   */
  void from(long row, Consumer<float[]> reader);

  /**
   * Opens a file that {@link EmbeddedFolder} wrote.
   *
   * @param file ends with {@code .npz} or {@code .avro}
   * @throws Failure (usage) if there is none, (data) if it is no such file, is damaged or has no
   *     embedding
   */
  static WrittenEmbeddings open(Path file) {
    if (!Files.isRegularFile(file)) {
      throw Failure.usage(
          "There is no file %s; 'contexture embed --out %s' writes embeddings.", file, file);
    }
    WrittenEmbeddings opened =
        file.getFileName().toString().endsWith(".npz") ? NpzRows.open(file) : AvroRows.open(file);
    if (opened.paths().isEmpty()) {
      throw Failure.data("%s has no embedding; embed a folder with pictures.", file);
    }
    return opened;
  }

  /** What is said of a file that cannot be read. */
  static Failure damaged(Path file, Exception reason) {
    return damaged(file, new Damage(reason).words()).causedBy(reason);
  }

  /** What is said of a file that cannot be read. */
  static Failure damaged(Path file, String how) {
    return Failure.data(
        "%s cannot be read as embeddings: %s. Write it again with 'contexture embed'.", file, how);
  }
}
