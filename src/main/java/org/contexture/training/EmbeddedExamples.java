package org.contexture.training;

import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.contexture.image.TestView;
import org.contexture.model.EmbeddingNetwork;
import org.contexture.model.FoldedNetwork;
import org.contexture.retrieval.EmbeddingTile;

/** Some examples, to be embedded by a network as it is at the moment, from their centre crops. */
final class EmbeddedExamples {
  private static final int BATCH = 64;

  private final BatchLoader loader;
  private final TestView view;
  private final List<int[]> batches = new ArrayList<>();
  private final int images;

  EmbeddedExamples(BatchLoader loader, TestView view, int[] numbers) {
    this.loader = loader;
    this.view = view;
    this.images = numbers.length;
    for (int first = 0; first < numbers.length; first += BATCH) {
      batches.add(Arrays.copyOfRange(numbers, first, Math.min(numbers.length, first + BATCH)));
    }
  }

  /** Whether there are none. */
  boolean isEmpty() {
    return images == 0;
  }

  /** Their embeddings, in their order, with class numbers for labels. */
  EmbeddingTile by(EmbeddingNetwork network, NDManager parent) {
    int dimensions = network.config().embeddingSize();
    float[] vectors = new float[Math.multiplyExact(images, dimensions)];
    int[] labels = new int[images];
    long[] ids = new long[images];
    int done = 0;
    Iterator<Batch> loaded =
        loader.load(batches.iterator(), 0, (image, example, position) -> view.apply(image));
    try (FoldedNetwork folded = network.folded(parent)) {
      while (loaded.hasNext()) {
        try (Batch batch = loaded.next();
            NDManager manager = parent.newSubManager()) {
          float[] embedded = folded.embed(batch.images(manager)).toFloatArray();
          System.arraycopy(embedded, 0, vectors, done * dimensions, embedded.length);
          System.arraycopy(batch.labels(), 0, labels, done, batch.size());
          System.arraycopy(batch.ids(), 0, ids, done, batch.size());
          done += batch.size();
        }
      }
    }
    return EmbeddingTile.of(ids, labels, vectors, dimensions);
  }
}
