package org.contexture.embedding;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipFile;
import org.contexture.embedding.LabelledEmbeddings.Reader;

/** Reads the {@code .npz} form of {@link LabelledEmbeddings}. */
record LabelledNpz(Path file) {

  void forEach(Reader reader) throws IOException {
    try (Arrays arrays = Arrays.open(file)) {
      for (int row = 0; row < arrays.embeddings().rows(); row++) {
        reader.read(arrays.next(file, row));
      }
    }
  }

  /** The arrays that are there, all at the same row. */
  private record Arrays(
      ZipFile zip,
      NpzArray embeddings,
      Optional<NpzArray> labels,
      Optional<NpzArray> paths,
      Optional<NpzArray> queries,
      Optional<NpzArray> gallery)
      implements AutoCloseable {

    /** Closing the zip closes all arrays in it. */
    static Arrays open(Path file) {
      try {
        ZipFile zip = new ZipFile(file.toFile());
        try {
          NpzArray embeddings = NpzArray.open(zip, "embeddings");
          Arrays arrays =
              new Arrays(
                  zip,
                  embeddings,
                  column(zip, "labels", embeddings.rows()),
                  column(zip, "paths", embeddings.rows()),
                  column(zip, "is_query", embeddings.rows()),
                  column(zip, "is_gallery", embeddings.rows()));
          if (arrays.labels.isEmpty() && arrays.paths.isEmpty()) {
            throw new IOException("it has neither an array 'labels' nor an array 'paths'");
          }
          return arrays;
        } catch (IOException | RuntimeException unusable) {
          zip.close();
          throw unusable;
        }
      } catch (IOException | IllegalArgumentException unusable) {
        throw LabelledEmbeddings.unusable(file, unusable);
      }
    }

    private static Optional<NpzArray> column(ZipFile zip, String name, int rows)
        throws IOException {
      Optional<NpzArray> column = NpzArray.find(zip, name);
      if (column.isPresent() && column.get().rows() != rows) {
        throw new IOException(
            "it has %d embeddings and %d values in '%s'"
                .formatted(rows, column.get().rows(), name));
      }
      return column;
    }

    LabelledEmbedding next(Path file, int row) {
      try {
        float[] vector = embeddings.vector();
        Optional<String> label = labels.isPresent() ? Optional.of(labels.get().word()) : empty();
        Optional<String> path = paths.isPresent() ? Optional.of(paths.get().word()) : empty();
        Optional<Boolean> asked = queries.isPresent() ? truth(queries.get()) : empty();
        Optional<Boolean> searched = gallery.isPresent() ? truth(gallery.get()) : empty();
        return LabelledEmbedding.of(
            label.orElseGet(() -> LabelledEmbedding.folder(path.orElseThrow())),
            LabelledEmbedding.split(asked, searched),
            vector);
      } catch (IOException unusable) {
        throw LabelledEmbeddings.unusable(file, unusable);
      } catch (IllegalArgumentException unusable) {
        throw LabelledEmbeddings.unusableRow(file, row, unusable);
      }
    }

    private static Optional<Boolean> truth(NpzArray array) throws IOException {
      return Optional.of(array.truth());
    }

    private static <T> Optional<T> empty() {
      return Optional.empty();
    }

    @Override
    public void close() throws IOException {
      zip.close();
    }
  }
}
