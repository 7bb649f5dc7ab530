package org.contexture.space;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How well a clustering agrees with the classes: mutual information, normalised, and adjusted for
 * chance (Vinh, Epps, Bailey: Information theoretic measures for clusterings comparison, JMLR 11,
 * 2010), each over the arithmetic mean of the two entropies, as scikit-learn has them.
 */
public final class ClusterAgreement {
  private final int images;
  private final SortedMap<Integer, Integer> classes = new TreeMap<>();
  private final SortedMap<Integer, Integer> clusters = new TreeMap<>();
  private final SortedMap<Integer, SortedMap<Integer, Integer>> together = new TreeMap<>();

  /**
   * The agreement of two ways to part the same images.
   *
   * @param labels the class of each image
   * @param assignment the cluster of each image
   * @throws IllegalArgumentException if there are not as many, or none
   */
  public ClusterAgreement(int[] labels, int[] assignment) {
    if (labels.length != assignment.length || labels.length == 0) {
      throw new IllegalArgumentException(
          "%d classes and %d clusters".formatted(labels.length, assignment.length));
    }
    images = labels.length;
    for (int image = 0; image < images; image++) {
      classes.merge(labels[image], 1, Integer::sum);
      clusters.merge(assignment[image], 1, Integer::sum);
      together
          .computeIfAbsent(labels[image], label -> new TreeMap<>())
          .merge(assignment[image], 1, Integer::sum);
    }
  }

  /** Normalised mutual information, from 0 to 1; 1 where both have one part. */
  public double normalised() {
    double entropies = meanEntropy();
    return entropies == 0 ? 1 : mutualInformation() / entropies;
  }

  /** Adjusted mutual information: about 0 for a clustering by chance, 1 for the classes. */
  public double adjusted() {
    if (isEqual()) {
      return 1;
    }
    double expected = expectedInformation();
    double most = meanEntropy() - expected;
    double least = Math.ulp(1.0);
    return (mutualInformation() - expected)
        / (most < 0 ? Math.min(most, -least) : Math.max(most, least));
  }

  /** Whether each class is a cluster. */
  private boolean isEqual() {
    return classes.size() == clusters.size()
        && together.values().stream().allMatch(parts -> parts.size() == 1);
  }

  private double meanEntropy() {
    return (entropy(classes.values()) + entropy(clusters.values())) / 2;
  }

  private double entropy(Collection<Integer> sizes) {
    double entropy = 0;
    for (int size : sizes) {
      double share = (double) size / images;
      entropy -= share * StrictMath.log(share);
    }
    return entropy;
  }

  private double mutualInformation() {
    double information = 0;
    for (Map.Entry<Integer, SortedMap<Integer, Integer>> parts : together.entrySet()) {
      double ofClass = classes.get(parts.getKey());
      for (Map.Entry<Integer, Integer> part : parts.getValue().entrySet()) {
        double both = part.getValue();
        double ofCluster = clusters.get(part.getKey());
        information += both / images * StrictMath.log(images * both / (ofClass * ofCluster));
      }
    }
    return Math.max(0, information);
  }

  /** The mean mutual information of all ways to deal the images to parts of these sizes. */
  private double expectedInformation() {
    double[] logFactorials = new double[images + 1];
    for (int number = 1; number <= images; number++) {
      logFactorials[number] = logFactorials[number - 1] + StrictMath.log(number);
    }
    double expected = 0;
    for (Map.Entry<Integer, Integer> some : counts(classes.values()).entrySet()) {
      for (Map.Entry<Integer, Integer> others : counts(clusters.values()).entrySet()) {
        expected +=
            (double) some.getValue()
                * others.getValue()
                * expectedInformation(some.getKey(), others.getKey(), logFactorials);
      }
    }
    return expected;
  }

  /** What a class and a cluster of these sizes are expected to add. */
  private double expectedInformation(int ofClass, int ofCluster, double[] logFactorials) {
    double fixed =
        logFactorials[ofClass]
            + logFactorials[ofCluster]
            + logFactorials[images - ofClass]
            + logFactorials[images - ofCluster]
            - logFactorials[images];
    double expected = 0;
    int least = Math.max(1, ofClass + ofCluster - images);
    for (int both = least; both <= Math.min(ofClass, ofCluster); both++) {
      double logProbability =
          fixed
              - logFactorials[both]
              - logFactorials[ofClass - both]
              - logFactorials[ofCluster - both]
              - logFactorials[images - ofClass - ofCluster + both];
      expected +=
          (double) both
              / images
              * StrictMath.log((double) images * both / ((double) ofClass * ofCluster))
              * StrictMath.exp(logProbability);
    }
    return expected;
  }

  /** How many parts have each size. */
  private static SortedMap<Integer, Integer> counts(Collection<Integer> sizes) {
    Map<Integer, Integer> counts = new HashMap<>();
    for (int size : List.copyOf(sizes)) {
      counts.merge(size, 1, Integer::sum);
    }
    return new TreeMap<>(counts);
  }
}
