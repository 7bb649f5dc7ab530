package org.contexture.report;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What a comparison came to, in words that hold whichever experiment wins. */
record ComparisonHeadline(Comparison comparison) {
  private static final String RECALL = "recall@1";

  /**
   * The metric it is about: Recall@1, or the first one that all have; empty where there is none.
   */
  Optional<String> metric() {
    List<ComparedExperiment> experiments = comparison.experiments();
    return experiments.get(0).evaluation().metrics().stream()
        .map(Metric::name)
        .filter(
            name ->
                experiments.stream()
                    .allMatch(experiment -> experiment.evaluation().measured(name).isPresent()))
        .min(Comparator.comparing(name -> !name.equals(RECALL)));
  }

  /** The experiments, the best by the metric first; as they were given where there is none. */
  List<ComparedExperiment> ranked() {
    return metric()
        .map(
            name ->
                comparison.experiments().stream()
                    .sorted(
                        Comparator.comparingDouble(
                            (ComparedExperiment experiment) -> -value(experiment, name)))
                    .toList())
        .orElse(comparison.experiments());
  }

  /** The headline, one sentence. */
  String sentence() {
    if (metric().isEmpty()) {
      return "These experiments have no metric in common.";
    }
    String name = metric().get();
    ComparedExperiment best = ranked().get(0);
    ComparedExperiment next = ranked().get(1);
    double reached = value(best, name);
    double other = value(next, name);
    if (Numbers.tenths(reached).equals(Numbers.tenths(other))) {
      return "%s and %s reach the same %s, %s."
          .formatted(best.name(), next.name(), MetricName.title(name), Numbers.percent(reached));
    }
    return "%s reaches %s %s, %s more than %s."
        .formatted(
            best.name(),
            MetricName.title(name),
            Numbers.percent(reached),
            Numbers.points(reached - other),
            next.name());
  }

  /** How sure the difference between the best two is; empty where that cannot be said. */
  Optional<String> certainty() {
    if (!metric().equals(Optional.of(RECALL))) {
      return Optional.empty();
    }
    String best = ranked().get(0).name();
    String next = ranked().get(1).name();
    return comparison.differences().stream()
        .filter(difference -> difference.isOf(best, next))
        .findFirst()
        .map(this::certainty);
  }

  private String certainty(RecallDifference difference) {
    if (difference.pairs().isEmpty()) {
      return "The two were not asked the same queries of the same gallery, so they cannot be compared query by query: "
          + (difference.low() > 0 || difference.high() < 0
              ? "the interval of their difference does not reach zero, but it may be owed to the images."
              : "the interval of their difference holds zero.");
    }
    RecallDifference.Pairs pairs = difference.pairs().get();
    String queries = Numbers.count(pairs.queries(), "query", "queries");
    long disagreements = pairs.onlyFirst() + pairs.onlySecond();
    if (disagreements == 0) {
      return "Both have the same ones right of " + queries + ".";
    }
    String so =
        pairs.corrected() < RecallVerdict.LEVEL
            ? "Such a difference is unlikely between equally good networks"
            : "Equally good networks often differ by as much";
    return "%s: of %s they disagree about %s (p\u00a0%s%s). It says nothing of other seeds: each is one run."
        .formatted(
            so,
            queries,
            Numbers.count(disagreements),
            equal(pairs.corrected()),
            isCorrected() ? ", corrected for the number of pairs" : "");
  }

  private boolean isCorrected() {
    return comparison.differences().stream()
            .filter(difference -> difference.pairs().isPresent())
            .count()
        > 1;
  }

  private static String equal(double probability) {
    String written = Numbers.probability(probability);
    return written.startsWith("<") ? written : "=\u00a0" + written;
  }

  static double value(ComparedExperiment experiment, String metric) {
    return experiment.evaluation().metric(metric).orElse(Double.NaN);
  }
}
