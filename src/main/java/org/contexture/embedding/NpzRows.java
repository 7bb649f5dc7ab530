package org.contexture.embedding;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.ZipFile;

/** Reads what {@link NpzEmbeddings} wrote, or NumPy in the same form. */
final class NpzRows implements WrittenEmbeddings {
  private final Path file;
  private final int dimensions;
  private final List<String> paths;

  private NpzRows(Path file, int dimensions, List<String> paths) {
    this.file = file;
    this.dimensions = dimensions;
    this.paths = List.copyOf(paths);
  }

  static NpzRows open(Path file) {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      List<String> names = new ArrayList<>();
      try (NpzArray paths = NpzArray.open(zip, "paths")) {
        for (int row = 0; row < paths.rows(); row++) {
          names.add(paths.word());
        }
      }
      try (NpzArray embeddings = NpzArray.open(zip, "embeddings")) {
        if (embeddings.columns() == 0 || embeddings.rows() != names.size()) {
          throw new IOException(
              "the shape (%d, %d) of its embeddings does not fit to %d paths"
                  .formatted(embeddings.rows(), embeddings.columns(), names.size()));
        }
        return new NpzRows(file, embeddings.columns(), names);
      }
    } catch (IOException | IllegalArgumentException unreadable) {
      throw WrittenEmbeddings.damaged(file, unreadable);
    }
  }

  @Override
  public int dimensions() {
    return dimensions;
  }

  @Override
  public List<String> paths() {
    return paths;
  }

  @Override
  public void from(long row, Consumer<float[]> reader) {
    if (row >= paths.size()) {
      return;
    }
    try (ZipFile zip = new ZipFile(file.toFile());
        NpzArray embeddings = NpzArray.open(zip, "embeddings")) {
      embeddings.skip(row);
      for (long next = row; next < paths.size(); next++) {
        reader.accept(embeddings.vector());
      }
    } catch (IOException unreadable) {
      throw WrittenEmbeddings.damaged(file, unreadable);
    }
  }
}
