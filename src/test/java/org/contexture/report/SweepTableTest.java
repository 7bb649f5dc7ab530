package org.contexture.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SweepTableTest {
  private static SweepEntry measured(String run, String point, int repeat, double recall) {
    return new SweepEntry(
        run,
        point,
        "seed=" + repeat,
        "rate=1",
        0.75,
        List.of(new NamedNumber("recall@1", recall), new NamedNumber("map@r", recall / 2)),
        Optional.empty());
  }

  private static SweepEntry tried(String run, String tuned, double validation) {
    return new SweepEntry(run, "noise=0", "seed=1", tuned, validation, List.of(), Optional.empty());
  }

  private static SweepEntry published(String run, String point, double recall, String figure) {
    return new SweepEntry(
        run,
        point,
        "",
        "",
        Double.NaN,
        List.of(new NamedNumber("recall@1", recall)),
        Optional.of(
            new PublishedFigure(
                Double.parseDouble(figure.replace("~", "")) / 100, figure.startsWith("~"))));
  }

  @Test
  void meansAndDeviationsOverTheRepetitions() {
    SweepTable table =
        new SweepTable(
            List.of(
                tried("a", "rate=1", 0.5),
                measured("a", "noise=0", 1, 0.50),
                measured("a", "noise=0", 2, 0.52),
                measured("a", "noise=0", 3, 0.54),
                measured("a", "noise=0.3", 1, 0.40),
                measured("a", "noise=0.3", 2, 0.40),
                measured("b|c", "noise=0", 1, 0.75)));

    assertThat(table.repetitions()).isEqualTo(3);
    assertThat(table.results(List.of("recall@1", "map@r")).markdown())
        .isEqualTo(
            """
            | run | tuned | R@1, noise=0 | mAP@R, noise=0 | R@1, noise=0.3 | mAP@R, noise=0.3 |
            |---|---|---|---|---|---|
            | a | rate=1 | 52.0 ± 2.0 | 26.0 ± 1.0 | 40.0 ± 0.0 | 20.0 ± 0.0 |
            | b\\|c | rate=1 | 75.0 | 37.5 | – | – |
            """);
  }

  @Test
  void everythingThatWasTriedIsShown() {
    assertThat(
            new SweepTable(
                    List.of(
                        tried("a", "rate=1", 0.5),
                        tried("a", "rate=2", 0.25),
                        tried("b", "rate=2", Double.NaN)))
                .tuning()
                .markdown())
        .isEqualTo(
            """
            | run | rate=1 | rate=2 |
            |---|---|---|
            | a | 50.0 | 25.0 |
            | b | – | – |
            """);
  }

  @Test
  void withoutGridAndTuningTheTableIsPlain() {
    SweepTable table =
        new SweepTable(
            List.of(
                new SweepEntry(
                    "a",
                    "",
                    "",
                    "",
                    0.5,
                    List.of(new NamedNumber("recall@1", 0.123)),
                    Optional.empty())));

    assertThat(table.isTuned()).isFalse();
    assertThat(table.results(List.of("recall@1")).markdown())
        .isEqualTo("| run | R@1 |\n|---|---|\n| a | 12.3 |\n");
  }

  @Test
  void whatWasPublishedStandsBesideWithTheDifference() {
    SweepTable table =
        new SweepTable(
            List.of(
                published("a", "", 0.721, "71.9"),
                published("b", "", 0.65, "~66.2"),
                new SweepEntry(
                    "c", "", "", "", 0, List.of(new NamedNumber("map@r", 0.5)), Optional.empty())));

    assertThat(table.results(List.of("recall@1", "map@r")).markdown())
        .isEqualTo(
            """
            | run | R@1 | published | difference | mAP@R |
            |---|---|---|---|---|
            | a | 72.1 | 71.9 | +0.2 | – |
            | b | 65.0 | ~66.2 | −1.2 | – |
            | c | – | – | – | 50.0 |
            """);
  }

  @Test
  void onlyThePointsOfWhichSomethingIsPublishedHaveThoseColumns() {
    SweepTable table =
        new SweepTable(
            List.of(published("a", "noise=0", 0.721, "71.9"), measured("a", "noise=0.3", 1, 0.5)));

    assertThat(table.results(List.of("recall@1")).headings())
        .containsExactly(
            "run",
            "tuned",
            "R@1, noise=0",
            "published, noise=0",
            "difference, noise=0",
            "R@1, noise=0.3");
  }
}
