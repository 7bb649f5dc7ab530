package org.contexture.report;

/**
 * Whether a difference of Recall@1 is larger than noise, in words.
 *
 * @param difference of two experiments
 * @param between what sets them apart
 */
public record RecallVerdict(RecallDifference difference, Between between) {
  /** The chance of being wrong that is accepted in calling a difference one. */
  static final double LEVEL = 0.05;

  /** What sets two experiments apart. */
  public enum Between {
    /** Nothing that the figures come from: they are of one network. */
    NOTHING,
    /** Seeds alone, which are noise themselves. */
    SEEDS,
    /** Settings or data. */
    SETTINGS
  }

  /** The verdict, a sentence or two. */
  public String text() {
    return switch (between) {
      case NOTHING -> "Not larger than noise: both are figures of one network.";
      case SEEDS ->
          queries()
              + " They differ in nothing but seeds: by as much does another seed change the result.";
      case SETTINGS -> queries() + " Of other seeds it says nothing: each is one run.";
    };
  }

  private String queries() {
    if (difference.pairs().isEmpty()) {
      return difference.low() > 0 || difference.high() < 0
          ? "Larger than the noise of the queries, but it may be owed to the images: they are others."
          : "Not larger than noise: its interval holds zero, and the test images are others.";
    }
    RecallDifference.Pairs pairs = difference.pairs().get();
    if (pairs.onlyFirst() + pairs.onlySecond() == 0) {
      return "Not larger than noise: both have the same queries right.";
    }
    return pairs.corrected() < LEVEL
        ? "Larger than the noise of the queries: equally good networks seldom differ by as much on them."
        : "Not larger than noise: equally good networks often differ by as much on these queries.";
  }
}
