package org.contexture.retrieval.hnsw;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Which images of a segment have the same vector: one node of the graph stands for them all. */
final class EqualImages {
  /** Those of the first node by ascending id, then those of the next. */
  private final int[] images;

  /** Where those of a node begin; in front of it those of the nodes before it end. */
  private final int[] starts;

  /**
   * Images by their numbers in the segment.
   *
   * @param firsts of each image the first one with the same vector
   */
  EqualImages(int[] firsts, long[] ids) {
    images =
        IntStream.range(0, firsts.length)
            .boxed()
            .sorted(
                Comparator.<Integer>comparingInt(image -> firsts[image])
                    .thenComparingLong(image -> ids[image]))
            .mapToInt(Integer::intValue)
            .toArray();
    starts = new int[firsts.length + 1];
    for (int first : firsts) {
      starts[first + 1]++;
    }
    Arrays.parallelPrefix(starts, Integer::sum);
  }

  /** How many nodes stand for all images. */
  long nodes() {
    return IntStream.range(0, images.length)
        .filter(node -> starts[node] < starts[node + 1])
        .count();
  }

  /** The images of a node, no more than so many, those with the least ids. */
  IntStream of(int node, int most) {
    return Arrays.stream(images, starts[node], starts[node + 1]).limit(most);
  }
}
