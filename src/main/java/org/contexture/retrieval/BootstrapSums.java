package org.contexture.retrieval;

import java.io.Serializable;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Sums of numbers between -1 and 1 over samples of the queries, drawn with replacement, of which
 * the means say how much a mean owes to the choice of queries. In each of {@value #SAMPLES} samples
 * a query is there as often as a Poisson number of mean 1 says, drawn from its id: so samples need
 * not know how many queries there are, and are the same in whatever order queries come and sums
 * merge.
 *
 * @see <a href="https://doi.org/10.1145/2339530.2339591">Chamandy, Muralidharan, Najmi, Naidu:
 *     Estimating uncertainty for massive data streams, 2012, §3</a>
 */
final class BootstrapSums implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final int SAMPLES = 1000;

  /** The share of the samples that an interval holds. */
  private static final double CONFIDENCE = 0.95;

  /** Numbers are rounded to multiples of this, so that sums do not depend on their order. */
  private static final double UNIT = 0x1p-24;

  /** The chance that a Poisson number of mean 1 is at most 0, 1, 2 and so on. */
  private static final double[] CUMULATIVE = cumulative();

  private final long[] weights = new long[SAMPLES];
  private final long[] sums = new long[SAMPLES];

  private static double[] cumulative() {
    double[] cumulative = new double[16];
    double probability = Math.exp(-1);
    double sum = 0;
    for (int count = 0; count < cumulative.length; count++) {
      sum += probability;
      cumulative[count] = sum;
      probability /= count + 1;
    }
    return cumulative;
  }

  /** How often a query is in each sample. */
  static byte[] drawn(long queryId) {
    SplittableRandom random = new SplittableRandom(queryId);
    byte[] counts = new byte[SAMPLES];
    for (int sample = 0; sample < SAMPLES; sample++) {
      double chance = random.nextDouble();
      int count = 0;
      while (count < CUMULATIVE.length && chance >= CUMULATIVE[count]) {
        count++;
      }
      counts[sample] = (byte) count;
    }
    return counts;
  }

  /** Adds the number of one query. */
  void add(double number, byte[] drawn) {
    long units = Math.round(number / UNIT);
    for (int sample = 0; sample < SAMPLES; sample++) {
      weights[sample] += drawn[sample];
      sums[sample] += drawn[sample] * units;
    }
  }

  /** Adds all that other sums have seen. */
  void add(BootstrapSums other) {
    for (int sample = 0; sample < SAMPLES; sample++) {
      weights[sample] += other.weights[sample];
      sums[sample] += other.sums[sample];
    }
  }

  /** Where the 95 % interval of the mean begins. */
  double low() {
    return quantile((1 - CONFIDENCE) / 2);
  }

  /** Where the 95 % interval of the mean ends. */
  double high() {
    return quantile((1 + CONFIDENCE) / 2);
  }

  /**
   * The mean that a share of the samples is below, by the percentile method (Efron, Tibshirani: An
   * Introduction to the Bootstrap, §13.3); samples without any query say nothing.
   */
  private double quantile(double share) {
    double[] means = new double[SAMPLES];
    int count = 0;
    for (int sample = 0; sample < SAMPLES; sample++) {
      if (weights[sample] > 0) {
        means[count++] = sums[sample] * UNIT / weights[sample];
      }
    }
    double[] sorted = Arrays.copyOf(means, count);
    Arrays.sort(sorted);
    return sorted[(int) Math.round(share * (count - 1))];
  }
}
