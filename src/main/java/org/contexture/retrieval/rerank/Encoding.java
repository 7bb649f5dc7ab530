package org.contexture.retrieval.rerank;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How much of an image's neighbourhood each of some images is: weights that sum to one, all others
 * having none. Immutable.
 */
final class Encoding {
  /** Ascending. */
  private final long[] images;

  private final double[] weights;

  private Encoding(SortedMap<Long, Double> weights) {
    this.images = weights.keySet().stream().mapToLong(Long::longValue).toArray();
    this.weights = weights.values().stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** Weights in proportion to those given, which are positive. */
  static Encoding inProportion(SortedMap<Long, Double> weights) {
    double sum = 0;
    for (double weight : weights.values()) {
      sum += weight;
    }
    SortedMap<Long, Double> shares = new TreeMap<>();
    for (Map.Entry<Long, Double> weight : weights.entrySet()) {
      shares.put(weight.getKey(), weight.getValue() / sum);
    }
    return new Encoding(shares);
  }

  /** The mean of encodings, summed in the order of the list. */
  static Encoding mean(List<Encoding> encodings) {
    SortedMap<Long, Double> sums = new TreeMap<>();
    for (Encoding encoding : encodings) {
      for (int i = 0; i < encoding.images.length; i++) {
        sums.merge(encoding.images[i], encoding.weights[i], Double::sum);
      }
    }
    sums.replaceAll((image, sum) -> sum / encodings.size());
    return new Encoding(sums);
  }

  /** The weight that both have in common over that which either has: their Jaccard index. */
  double overlap(Encoding other) {
    double common = 0;
    int here = 0;
    int there = 0;
    while (here < images.length && there < other.images.length) {
      if (images[here] < other.images[there]) {
        here++;
      } else if (images[here] > other.images[there]) {
        there++;
      } else {
        common += Math.min(weights[here++], other.weights[there++]);
      }
    }
    return common / (2 - common);
  }
}
