package org.contexture.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.contexture.report.GalleryNeighbour.Verdict;

/** Comparisons with made-up numbers of realistic size. */
final class SampleComparison {
  private SampleComparison() {}

  /** Three experiments on the same images, with all that there can be. */
  static Comparison.Builder complete() {
    return Comparison.builder()
        .setExperiments(
            List.of(
                experiment("emoji", 0.531, 0.56),
                experiment("emoji-contrastive", 0.545, 0.57),
                experiment("emoji train.loss.name=proxy_anchor", 0.498, 0.52)))
        .setBenchmarks(List.of(SampleReport.bare().build().benchmark()))
        .setSettings(
            List.of(
                new ComparedFact(
                    "train.loss.name", List.of("hybrid", "contrastive", "proxy_anchor")),
                new ComparedFact("train.loss.k", List.of("4", "", "")),
                new ComparedFact("train.learning_rate", List.of("0.0003", "0.0003", "0.001"))))
        .setData(
            List.of(
                new ComparedFact("benchmark", List.of("emoji", "emoji", "emoji")),
                new ComparedFact(
                    "trained network",
                    List.of(
                        "train/0123456789abcdef",
                        "train/123456789abcdef0",
                        "train/23456789abcdef01"))))
        .setDifferences(
            List.of(
                paired("emoji", "emoji-contrastive", -0.014, 90, 125, 0.02, 0.021),
                paired("emoji", "emoji train.loss.name=proxy_anchor", 0.033, 150, 67, 1e-8, 3e-8),
                paired(
                    "emoji-contrastive",
                    "emoji train.loss.name=proxy_anchor",
                    0.047,
                    180,
                    62,
                    1e-14,
                    3e-14)))
        .setDisagreements(
            List.of(
                new Disagreements(
                    "emoji",
                    "emoji-contrastive",
                    List.of(disagreement("blue square", 210), disagreement("green square", 120)),
                    List.of()),
                new Disagreements(
                    "emoji",
                    "emoji train.loss.name=proxy_anchor",
                    List.of(),
                    List.of(disagreement("violet square", 280)))))
        .setCommand("./contexture report emoji.yaml emoji-contrastive.yaml");
  }

  /** An experiment with that Recall@1 on the test images and that one at the end of training. */
  static ComparedExperiment experiment(String name, double recallAt1, double trained) {
    return new ComparedExperiment(
        name,
        SampleReport.evaluation(ModelRole.TRAINED, "", "42 steps", recallAt1),
        Optional.of(SampleReport.curve(ModelRole.TRAINED, name, 0.5, trained, 3e-4)),
        "./contexture run " + name + ".yaml");
  }

  /** A difference on the same 2,516 queries. */
  static RecallDifference paired(
      String first,
      String second,
      double value,
      long onlyFirst,
      long onlySecond,
      double probability,
      double corrected) {
    return new RecallDifference(
        first,
        second,
        value,
        value - 0.011,
        value + 0.011,
        Optional.of(
            new RecallDifference.Pairs(
                1200,
                onlyFirst,
                onlySecond,
                2516 - 1200 - onlyFirst - onlySecond,
                probability,
                corrected)));
  }

  private static Disagreement disagreement(String className, int hue) {
    return new Disagreement(query(className, hue, 5), query(className, hue, 0));
  }

  private static GalleryQuery query(String className, int hue, int right) {
    List<GalleryNeighbour> neighbours = new ArrayList<>();
    for (int rank = 0; rank < 8; rank++) {
      boolean match = rank < right;
      neighbours.add(
          new GalleryNeighbour(
              SampleReport.square(match ? hue + 3 * rank : hue + 40 + 7 * rank),
              match ? className : "another square",
              0.97 - 0.03 * rank,
              match ? Verdict.RIGHT : Verdict.WRONG));
    }
    return new GalleryQuery(
        SampleReport.square(hue), className, "squares/a.png", 6, right / 6.0, neighbours);
  }
}
