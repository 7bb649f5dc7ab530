package org.contexture.space;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.contexture.retrieval.ApproximateSimilarities;
import org.contexture.retrieval.EmbeddingTile;

/**
 * The cosine similarities of all pairs of some images: of the same class (positive pairs) and of
 * different classes (negative pairs). Similarities are taken in float32.
 */
public final class PairSimilarities {
  /** Bins of the histogram, equally wide from −1 to 1. */
  private static final int BINS = 100;

  private final long[] positives = new long[BINS];
  private final long[] negatives = new long[BINS];
  private double positiveSum;
  private double negativeSum;
  private double potentialSum;

  private PairSimilarities() {}

  /**
   * A bin of the histogram.
   *
   * @param low where it begins
   * @param high where the next begins; the last bin includes it
   * @param positives how many positive pairs are in it
   * @param negatives how many negative pairs are in it
   */
  public record Bin(double low, double high, long positives, long negatives) {}

  /** Of all pairs of different images of a tile. */
  public static PairSimilarities of(EmbeddingTile images) {
    PairSimilarities pairs = new PairSimilarities();
    ApproximateSimilarities block = new ApproximateSimilarities(images, images);
    for (int row = 0; row < images.size(); row += ApproximateSimilarities.GROUP) {
      int end = Math.min(images.size(), row + ApproximateSimilarities.GROUP);
      int firstBlock = row / ApproximateSimilarities.BLOCK * ApproximateSimilarities.BLOCK;
      for (int other = firstBlock; other < images.size(); other += ApproximateSimilarities.BLOCK) {
        block.compute(row, other);
        for (int i = row; i < end; i++) {
          pairs.add(images, i, other, block.of(i - row));
        }
      }
    }
    return pairs;
  }

  /** Adds the pairs of an image with those of a block that come after it. */
  private void add(EmbeddingTile images, int row, int firstImage, float[] similarities) {
    int end = Math.min(images.size(), firstImage + ApproximateSimilarities.BLOCK);
    for (int other = Math.max(firstImage, row + 1); other < end; other++) {
      double similarity = Math.max(-1, Math.min(1, similarities[other - firstImage]));
      int bin = Math.min(BINS - 1, (int) ((similarity + 1) / 2 * BINS));
      if (images.label(row) == images.label(other)) {
        positives[bin]++;
        positiveSum += similarity;
      } else {
        negatives[bin]++;
        negativeSum += similarity;
      }
      potentialSum += StrictMath.exp(-2 * (2 - 2 * similarity));
    }
  }

  /** The histogram, from −1 to 1. */
  public List<Bin> histogram() {
    List<Bin> bins = new ArrayList<>();
    for (int bin = 0; bin < BINS; bin++) {
      bins.add(new Bin(edge(bin), edge(bin + 1), positives[bin], negatives[bin]));
    }
    return bins;
  }

  private static double edge(int bin) {
    return (2.0 * bin - BINS) / BINS;
  }

  /** The mean similarity of all pairs; near 1 where all images lie in one place. */
  public OptionalDouble mean() {
    return mean(positiveSum + negativeSum, pairs());
  }

  /** The mean similarity of positive pairs. */
  public OptionalDouble positiveMean() {
    return mean(positiveSum, count(positives));
  }

  /** The mean similarity of negative pairs. */
  public OptionalDouble negativeMean() {
    return mean(negativeSum, count(negatives));
  }

  /**
   * The mean squared distance of positive pairs, 0 where classes are points (Wang, Isola:
   * Understanding contrastive representation learning through alignment and uniformity on the
   * hypersphere, ICML 2020, §4.1, α = 2).
   */
  public OptionalDouble alignment() {
    OptionalDouble mean = positiveMean();
    return mean.isEmpty() ? mean : OptionalDouble.of(2 - 2 * mean.getAsDouble());
  }

  /**
   * The logarithm of the mean of exp(−2 d²) over all pairs at distance d: 0 where all images lie in
   * one place, less the more evenly they are spread (ibid., §4.1, t = 2).
   */
  public OptionalDouble uniformity() {
    OptionalDouble mean = mean(potentialSum, pairs());
    return mean.isEmpty() ? mean : OptionalDouble.of(StrictMath.log(mean.getAsDouble()));
  }

  private long pairs() {
    return count(positives) + count(negatives);
  }

  private static long count(long[] bins) {
    long count = 0;
    for (long bin : bins) {
      count += bin;
    }
    return count;
  }

  private static OptionalDouble mean(double sum, long count) {
    return count == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / count);
  }
}
