package org.contexture.embedding;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import org.contexture.failure.Failure;

/** A file of embeddings that is being written; it is there under its name once it is whole. */
interface EmbeddingFile extends Closeable {

  /** Adds the embedding of an image. */
  void add(String path, float[] vector) throws IOException;

  /** Makes the file whole and puts it in its place. */
  void finish() throws IOException;

  /**
   * Starts a file of the format that its name ends with.
   *
   * @param file ends with {@code .npz} or {@code .avro}
   * @param dimensions numbers in an embedding
   * @throws Failure (usage) for another ending
   */
  static EmbeddingFile create(Path file, int dimensions) throws IOException {
    String name = file.getFileName().toString();
    if (name.endsWith(".npz")) {
      return new NpzEmbeddings(file, dimensions);
    } else if (name.endsWith(".avro")) {
      return new AvroEmbeddings(file);
    }
    throw Failure.usage(
        "%s: the name has to end with .npz or .avro, which tells the format.", file);
  }
}
