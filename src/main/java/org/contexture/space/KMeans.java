package org.contexture.space;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.contexture.random.RandomStream;
import org.contexture.retrieval.ApproximateSimilarities;
import org.contexture.retrieval.EmbeddingTile;

/**
 * Clusters of embeddings by Lloyd's algorithm with Euclidean distances. It starts from different
 * images drawn by a seed and stops after some iterations, or when nothing changes any more: as
 * FAISS does, which metric learning is measured with (Musgrave, Belongie, Lim: A metric learning
 * reality check, ECCV 2020). A cluster that has lost all images takes the one that is farthest from
 * its own mean. Distances are compared in float32; ties go to the cluster of the lower number.
 *
 * <p>Memory is that of a tile, of the means as float64, and 12 bytes an image.
 */
public final class KMeans {
  private final ImageTiles images;
  private final int clusters;
  private final int[] assignment;
  private final float[] distances;
  private double[][] means;

  private KMeans(ImageTiles images, int clusters, long seed) {
    this.images = images;
    this.clusters = clusters;
    assignment = new int[images.images()];
    distances = new float[images.images()];
    means = start(seed);
    Arrays.fill(assignment, -1);
  }

  /**
   * Clusters images.
   *
   * @param clusters how many, from 1 to the number of images
   * @param iterations the most, at least 1
   * @return the cluster of each image, from 0, in the order of the tiles
   */
  public static int[] cluster(ImageTiles images, int clusters, int iterations, long seed) {
    if (clusters < 1 || clusters > images.images()) {
      throw new IllegalArgumentException(
          "%d clusters of %d images".formatted(clusters, images.images()));
    }
    KMeans state = new KMeans(images, clusters, seed);
    for (int iteration = 0; iteration < iterations && state.assign(); iteration++) {
      state.fillEmptyClusters();
      state.means = state.means();
    }
    return state.assignment.clone();
  }

  private double[][] start(long seed) {
    RandomStream random = RandomStream.of(seed);
    int[] order = IntStream.range(0, images.images()).toArray();
    for (int i = 0; i < clusters; i++) {
      int chosen = i + random.nextInt(order.length - i);
      int swapped = order[i];
      order[i] = order[chosen];
      order[chosen] = swapped;
    }
    Arrays.fill(assignment, -1);
    for (int cluster = 0; cluster < clusters; cluster++) {
      assignment[order[cluster]] = cluster;
    }
    return means();
  }

  /** Gives each image to the nearest mean; whether any changed. */
  private boolean assign() {
    int[] before = assignment.clone();
    double[] lengths = new double[clusters];
    EmbeddingTile directions = directions(lengths);
    int first = 0;
    for (int number = 0; number < images.count(); number++) {
      EmbeddingTile tile = images.tile(number);
      int firstOfTile = first;
      int groups =
          (tile.size() + ApproximateSimilarities.GROUP - 1) / ApproximateSimilarities.GROUP;
      IntStream.range(0, groups)
          .parallel()
          .forEach(group -> assign(tile, group, firstOfTile, directions, lengths));
      first += tile.size();
    }
    return !Arrays.equals(before, assignment);
  }

  /** The means made unit vectors; a mean of length 0 becomes any direction, at length 0. */
  private EmbeddingTile directions(double[] lengths) {
    int dimensions = means[0].length;
    float[] directions = new float[Math.multiplyExact(clusters, dimensions)];
    for (int cluster = 0; cluster < clusters; cluster++) {
      double squares = 0;
      for (double component : means[cluster]) {
        squares += component * component;
      }
      lengths[cluster] = Math.sqrt(squares);
      for (int i = 0; i < dimensions; i++) {
        directions[cluster * dimensions + i] =
            lengths[cluster] > 0 ? (float) (means[cluster][i] / lengths[cluster]) : i == 0 ? 1 : 0;
      }
    }
    return EmbeddingTile.of(
        IntStream.range(0, clusters).asLongStream().toArray(),
        new int[clusters],
        directions,
        dimensions);
  }

  private void assign(
      EmbeddingTile tile, int group, int firstOfTile, EmbeddingTile directions, double[] lengths) {
    int from = group * ApproximateSimilarities.GROUP;
    int to = Math.min(tile.size(), from + ApproximateSimilarities.GROUP);
    ApproximateSimilarities similarities =
        new ApproximateSimilarities(tile.rows(from, to), directions);
    int[] nearest = new int[to - from];
    float[] least = new float[to - from];
    Arrays.fill(least, Float.POSITIVE_INFINITY);
    for (int block = 0; block < clusters; block += ApproximateSimilarities.BLOCK) {
      similarities.compute(0, block);
      int end = Math.min(clusters, block + ApproximateSimilarities.BLOCK);
      for (int row = 0; row < nearest.length; row++) {
        float[] cosines = similarities.of(row);
        for (int cluster = block; cluster < end; cluster++) {
          double length = lengths[cluster];
          float distance = (float) (length * length - 2 * length * cosines[cluster - block]);
          if (distance < least[row]) {
            least[row] = distance;
            nearest[row] = cluster;
          }
        }
      }
    }
    System.arraycopy(nearest, 0, assignment, firstOfTile + from, nearest.length);
    System.arraycopy(least, 0, distances, firstOfTile + from, least.length);
  }

  private void fillEmptyClusters() {
    int[] sizes = new int[clusters];
    for (int cluster : assignment) {
      sizes[cluster]++;
    }
    int[] empty = IntStream.range(0, clusters).filter(cluster -> sizes[cluster] == 0).toArray();
    if (empty.length == 0) {
      return;
    }
    int[] farthest =
        IntStream.range(0, assignment.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer image) -> -distances[image]))
            .mapToInt(Integer::intValue)
            .toArray();
    int next = 0;
    for (int cluster : empty) {
      while (sizes[assignment[farthest[next]]] == 1) {
        next++;
      }
      sizes[assignment[farthest[next]]]--;
      assignment[farthest[next]] = cluster;
      sizes[cluster] = 1;
      next++;
    }
  }

  /** The mean of each cluster's images; those of no cluster do not count. */
  private double[][] means() {
    double[][] sums = new double[clusters][];
    int[] sizes = new int[clusters];
    int image = 0;
    for (int number = 0; number < images.count(); number++) {
      EmbeddingTile tile = images.tile(number);
      for (int row = 0; row < tile.size(); row++) {
        int cluster = assignment[image++];
        if (cluster >= 0) {
          sizes[cluster]++;
          sums[cluster] = sums[cluster] == null ? new double[tile.dimensions()] : sums[cluster];
          for (int i = 0; i < tile.dimensions(); i++) {
            sums[cluster][i] += tile.component(row, i);
          }
        }
      }
    }
    for (int cluster = 0; cluster < clusters; cluster++) {
      for (int i = 0; i < sums[cluster].length; i++) {
        sums[cluster][i] /= sizes[cluster];
      }
    }
    return sums;
  }
}
