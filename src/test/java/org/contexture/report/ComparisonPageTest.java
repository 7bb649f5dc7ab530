package org.contexture.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ComparisonPageTest {
  private static final ComparedExperiment ONE = SampleComparison.experiment("one", 0.5, 0.5);
  private static final ComparedExperiment OTHER = SampleComparison.experiment("other", 0.52, 0.5);

  @Test
  void isTheSameForTheSameComparison() {
    assertThat(ComparisonPage.html(SampleComparison.complete().build()))
        .isEqualTo(ComparisonPage.html(SampleComparison.complete().build()));
  }

  @Test
  void theHeadlineNamesTheBestAndByHowMuch() {
    Comparison comparison = SampleComparison.complete().build();

    assertThat(plain(new ComparisonHeadline(comparison).sentence()))
        .isEqualTo("emoji-contrastive reaches Recall@1 54.5 %, 1.4 points more than emoji.");
    assertThat(plain(new ComparisonHeadline(comparison).certainty().orElseThrow()))
        .isEqualTo(
            "Such a difference is unlikely between equally good networks: of 2,516 queries they"
                + " disagree about 215 (p = 0.021, corrected for the number of pairs). It says"
                + " nothing of other seeds: each is one run.");
  }

  @Test
  void aDifferenceThatChanceMakesIsCalledThat() {
    Comparison comparison =
        two(SampleComparison.paired("one", "other", -0.02, 100, 120, 0.2, 0.2)).build();

    assertThat(plain(new ComparisonHeadline(comparison).certainty().orElseThrow()))
        .startsWith("Equally good networks often differ by as much")
        .contains("(p = 0.200)");
  }

  @Test
  void networksWithTheSameAnswersAreSaidToHaveThem() {
    Comparison comparison = two(SampleComparison.paired("one", "other", 0, 0, 0, 1, 1)).build();

    assertThat(plain(new ComparisonHeadline(comparison).certainty().orElseThrow()))
        .isEqualTo("Both have the same ones right of 2,516 queries.");
  }

  @Test
  void whatIsTheSameInPrintIsCalledTheSame() {
    Comparison comparison =
        Comparison.builder()
            .setExperiments(List.of(ONE, SampleComparison.experiment("other", 0.50001, 0.5)))
            .setCommand("report")
            .build();

    assertThat(plain(new ComparisonHeadline(comparison).sentence()))
        .isEqualTo("other and one reach the same Recall@1, 50.0 %.");
  }

  @Test
  void experimentsOfDifferentMetricsAreNotRanked() {
    Evaluation evaluation =
        new Evaluation(
            ModelRole.TRAINED, "", "", List.of(SampleReport.metric("recall@10", 0.5)), 10, 0);
    Comparison comparison =
        Comparison.builder()
            .setExperiments(
                List.of(ONE, new ComparedExperiment("other", evaluation, Optional.empty(), "run")))
            .setCommand("report")
            .build();

    assertThat(ComparisonPage.html(comparison))
        .contains("These experiments have no metric in common.");
  }

  @Test
  void aRowOfDifferencesHasItsIntervalItsChanceAndItsCounts() {
    String section =
        plain(DifferencesSection.of(SampleComparison.complete().build().differences()).toString());

    assertThat(section)
        .contains("emoji − emoji-contrastive<small>the same 2,516 queries</small>")
        .contains("data-label=\"Difference\">−1.4</td>")
        .contains("data-label=\"95 % interval\">−2.5 to −0.3</td>")
        .contains("data-label=\"p\">0.020</td>", "data-label=\"p, corrected\">0.021</td>")
        .contains("data-label=\"p, corrected\">&lt; 0.001</td>")
        .contains("data-label=\"First only\">90</td>", "data-label=\"Second only\">125</td>");
  }

  @Test
  void aSinglePairNeedsNoCorrection() {
    String section =
        DifferencesSection.of(
                List.of(SampleComparison.paired("one", "other", -0.02, 100, 120, 0.2, 0.2)))
            .toString();

    assertThat(section).doesNotContain("corrected").doesNotContain("Holm");
  }

  @Test
  void whatCannotBePairedIsSaidNotToBe() {
    RecallDifference apart = apart(-0.05, 0.01);
    Comparison comparison = two(apart).build();

    assertThat(plain(ComparisonPage.html(comparison)))
        .contains("other test images: not paired")
        .contains("their queries cannot be paired")
        .contains("the interval of their difference holds zero")
        .contains("No other experiment was asked the same queries as the first.");
  }

  @Test
  void anUnpairedDifferenceMayBeOwedToTheImages() {
    assertThat(new ComparisonHeadline(two(apart(-0.03, -0.01)).build()).certainty().orElseThrow())
        .contains("does not reach zero, but it may be owed to the images");
  }

  @Test
  void pairsThatAreNoTestAreNotCountedAsOne() {
    Comparison comparison =
        Comparison.builder()
            .setExperiments(List.of(ONE, OTHER, SampleComparison.experiment("third", 0.1, 0.5)))
            .setDifferences(
                List.of(
                    paired(),
                    new RecallDifference("one", "third", 0.4, 0.3, 0.5, Optional.empty()),
                    new RecallDifference("other", "third", 0.4, 0.3, 0.5, Optional.empty())))
            .setCommand("report")
            .build();

    assertThat(ComparisonPage.html(comparison)).doesNotContain("corrected");
  }

  @Test
  void settingsThatDifferAreMarkedAndMissingOnesHaveADash() {
    String page = ComparisonPage.html(SampleComparison.complete().build());

    assertThat(page)
        .contains("train.loss.k</th><td data-label=\"emoji\"><code>4</code></td>")
        .contains("<td data-label=\"emoji-contrastive\"><code>–</code></td>")
        .contains("<td class=\"differs\">differs</td>", "<td class=\"quiet\">the same</td>");
  }

  @Test
  void equalSettingsAreSaidToBeEqual() {
    assertThat(ComparisonPage.html(two(paired()).build()))
        .contains("All settings are the same, but for the name.");
  }

  @Test
  void curvesOfAllExperimentsAreOnOneChartEach() {
    String curves =
        ComparedCurvesSection.of(SampleComparison.complete().build().experiments()).toString();

    assertThat(curves.split("<figure", -1)).hasSize(1 + 2);
    assertThat(curves.split("class=\"line line-3\"", -1)).hasSize(1 + 2 * 2);
  }

  @Test
  void anExperimentThatIsMeasuredMoreSeldomKeepsItsLine() {
    ComparedExperiment seldom =
        new ComparedExperiment(
            "seldom",
            OTHER.evaluation(),
            Optional.of(SampleReport.validatedEvery(7, OTHER.curve().orElseThrow())),
            "run");

    String curves = ComparedCurvesSection.of(List.of(ONE, seldom)).toString();
    String recall = curves.substring(0, curves.indexOf("</figure>"));

    assertThat(recall)
        .containsPattern("line-1\"><path d=\"M[^ML]+(L[^ML]+){13}\">")
        .containsPattern("line-2\"><path d=\"M[^ML]+(L[^ML]+){1}\">");
  }

  @Test
  void networksMeasuredAtDifferentKKeepTheirLines() {
    Map<Integer, Metric> one = new TreeMap<>();
    Map<Integer, Metric> other = new TreeMap<>();
    for (int k : new int[] {1, 4}) {
      one.put(k, SampleReport.metric("recall@" + k, 0.1 * k));
      other.put(2 * k, SampleReport.metric("recall@" + 2 * k, 0.1 * k));
    }
    Map<String, Map<Integer, Metric>> curves = new LinkedHashMap<>();
    curves.put("one", one);
    curves.put("other", other);

    String chart = new RecallCurve(curves).render("k").get(0).toString();

    assertThat(chart.split("<path d=\"M[^ML]+L[^ML]+\">", -1)).hasSize(2 + 2 + 1);
  }

  @Test
  void recallHasABandForEveryExperimentAndItsNumbers() {
    String page = plain(ComparisonPage.html(SampleComparison.complete().build()));

    assertThat(page.split("class=\"band\"", -1)).hasSize(1 + 3);
    assertThat(page).contains("53.1 (51.2 to 55.0)");
  }

  @Test
  void aCurveNeedsTwoK() {
    Evaluation evaluation =
        new Evaluation(
            ModelRole.TRAINED, "", "", List.of(SampleReport.metric("recall@1", 0.5)), 10, 0);

    assertThat(
            RecallSection.of(SampleReport.bare().setEvaluations(List.of(evaluation)).build())
                .toString())
        .contains("there is no curve to draw");
  }

  @Test
  void printsHostileTextHarmlessly() {
    String page = ComparisonPage.html(hostile());

    assertThat(page)
        .doesNotContain(HostileReport.SCRIPT)
        .doesNotContain(HostileReport.QUOTES)
        .contains("&lt;script&gt;");
  }

  @Test
  void refusesWhatIsNoComparison() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SampleComparison.complete().setExperiments(List.of(ONE)).build())
        .withMessage("a comparison of 1 experiments");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> SampleComparison.complete().setExperiments(Collections.nCopies(7, ONE)).build())
        .withMessage("a comparison of 7 experiments");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SampleComparison.complete().setExperiments(List.of(ONE, ONE)).build())
        .withMessageStartingWith("two experiments of one name");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                two(paired()).setSettings(List.of(new ComparedFact("seed", List.of("1")))).build())
        .withMessageContaining("seed");
  }

  /** A comparison in which every text tries to break out of the page. */
  static Comparison hostile() {
    String text = HostileReport.TEXT;
    return Comparison.builder()
        .setExperiments(
            List.of(
                SampleComparison.experiment(text + 1, 0.5, 0.5),
                SampleComparison.experiment(text + 2, 0.4, 0.5)))
        .setSettings(List.of(new ComparedFact(text, List.of(text, ""))))
        .setData(List.of(new ComparedFact(text, List.of(text, text))))
        .setDifferences(List.of(SampleComparison.paired(text + 1, text + 2, 0.1, 100, 10, 0, 0)))
        .setDisagreements(List.of(new Disagreements(text, text, List.of(), List.of())))
        .setWarnings(List.of(text))
        .setCommand(text)
        .build();
  }

  private static RecallDifference apart(double low, double high) {
    return new RecallDifference("one", "other", -0.02, low, high, Optional.empty());
  }

  private static RecallDifference paired() {
    return SampleComparison.paired("one", "other", -0.02, 100, 120, 0.2, 0.2);
  }

  private static Comparison.Builder two(RecallDifference difference) {
    return Comparison.builder()
        .setExperiments(List.of(ONE, OTHER))
        .setDifferences(List.of(difference))
        .setCommand("report");
  }

  /** Without the blanks that keep figures and units together. */
  private static String plain(String text) {
    return text.replace('\u00a0', ' ');
  }
}
