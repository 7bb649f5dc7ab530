package org.contexture.report;

import java.util.List;

/**
 * How one model retrieves the classes.
 *
 * @param superClasses what they amount to by super class; empty where the benchmark has none
 * @param hardest the classes of the lowest metrics, the hardest first
 * @param confused the pairs of classes most often taken for each other, the worst first
 */
public record ClassFacts(
    List<ClassGroup> superClasses, List<HardClass> hardest, List<ConfusedPair> confused) {

  public ClassFacts {
    superClasses = List.copyOf(superClasses);
    hardest = List.copyOf(hardest);
    confused = List.copyOf(confused);
  }

  /** Nothing known. */
  public static ClassFacts none() {
    return new ClassFacts(List.of(), List.of(), List.of());
  }

  /**
   * A super class.
   *
   * @param name what it is called
   * @param classes how many of its classes were asked for
   * @param queries over how many queries the metrics are means
   * @param recallAt1 a fraction of 1
   * @param averagePrecisionAtR mAP@R, a fraction of 1
   */
  public record ClassGroup(
      String name, int classes, long queries, double recallAt1, double averagePrecisionAtR) {}

  /**
   * A class that is hard to retrieve.
   *
   * @param shown the class
   * @param queries over how many queries the metrics are means
   * @param recallAt1 a fraction of 1
   * @param averagePrecisionAtR mAP@R, a fraction of 1
   * @param takenFor the class its queries are most often taken for; none where they never are
   */
  public record HardClass(
      ShownClass shown,
      long queries,
      double recallAt1,
      double averagePrecisionAtR,
      List<ShownClass> takenFor) {

    public HardClass {
      takenFor = List.copyOf(takenFor);
    }
  }

  /**
   * Two classes that are taken for each other.
   *
   * @param one a class
   * @param other another one
   * @param times how many queries of either have the other as their nearest neighbour
   * @param queries how many queries they have
   */
  public record ConfusedPair(ShownClass one, ShownClass other, long times, long queries) {}

  /** A class by its name and one of its images. */
  public record ShownClass(String name, Picture picture) {}
}
