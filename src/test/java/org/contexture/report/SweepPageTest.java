package org.contexture.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SweepPageTest {
  private static SweepEntry entry(String run, String point, int seed, double recall) {
    return new SweepEntry(
        run,
        point,
        "seed=" + seed,
        "rate=1",
        0.5,
        List.of(new NamedNumber("recall@1", recall)),
        point.equals("noise=0") ? Optional.of(new PublishedFigure(0.5, false)) : Optional.empty());
  }

  private static SweepReport report(List<SweepEntry> entries) {
    return new SweepReport(
        "losses",
        entries,
        List.of("recall@1"),
        "./contexture sweep losses.yaml",
        "./contexture datasets show collect/0123456789abcdef --records 6",
        "1 (commit 2)");
  }

  private static List<SweepEntry> entries() {
    List<SweepEntry> entries = new ArrayList<>();
    entries.add(
        new SweepEntry("a", "noise=0", "seed=1", "rate=1", 0.61, List.of(), Optional.empty()));
    entries.add(
        new SweepEntry("a", "noise=0", "seed=1", "rate=2", 0.59, List.of(), Optional.empty()));
    entries.add(entry("a", "noise=0", 1, 0.51));
    entries.add(entry("a", "noise=0", 2, 0.53));
    entries.add(entry("a", "noise=0.3", 1, 0.41));
    entries.add(entry("<b> & co", "noise=0", 1, 0.48));
    return entries;
  }

  @Test
  void thePageHasTheTablesAndTheHeadline() {
    String page = SweepPage.html(report(entries()));

    assertThat(page)
        .contains("a reaches the highest Recall@1, 52.0\u00a0%, of 2\u00a0runs at noise=0.")
        .contains("<td class=\"n\" data-label=\"R@1, noise=0\">52.0 ± 1.4</td>")
        .contains("<td class=\"n\" data-label=\"published, noise=0\">50.0</td>")
        .contains("<td class=\"n\" data-label=\"difference, noise=0\">+2.0</td>")
        .contains("<td class=\"n\" data-label=\"R@1, noise=0.3\">41.0</td>")
        .contains("mean ± standard deviation of 2 repetitions")
        .contains("<section id=\"tuning\"")
        .contains("<td class=\"n\" data-label=\"rate=2\">59.0</td>")
        .contains("./contexture sweep losses.yaml\n./contexture datasets show collect/0123");
  }

  @Test
  void whatAFileSaysIsEscaped() {
    assertThat(SweepPage.html(report(entries())))
        .contains("&lt;b&gt; &amp; co")
        .doesNotContain("<b> & co");
  }

  @Test
  void runsThatReachTheSameAreNamedTogether() {
    assertThat(
            SweepPage.html(
                report(
                    List.of(
                        entry("a", "", 1, 0.5001),
                        entry("b", "", 1, 0.5),
                        entry("c", "", 1, 0.4)))))
        .contains("a and b reach the highest Recall@1, 50.0\u00a0%, of 3\u00a0runs.")
        .doesNotContain("id=\"tuning\"");
  }

  @Test
  void aSweepWithoutTheMetricSaysSo() {
    SweepEntry entry =
        new SweepEntry(
            "a", "", "", "", 0, List.of(new NamedNumber("map@r", 0.5)), Optional.empty());

    assertThat(SweepPage.html(report(List.of(entry)))).contains("No run was measured by Recall@1.");
  }

  @Test
  void theMarkdownSaysTheSame() {
    assertThat(report(entries()).markdown())
        .startsWith(
            "# losses\n\nMade by `./contexture sweep losses.yaml`, Contexture 1 (commit 2).\n")
        .contains("Difference: what was measured less what was published, in points")
        .contains("`./contexture datasets show collect/0123456789abcdef --records 6`")
        .contains("| a | rate=1 | 52.0 ± 1.4 | 50.0 | +2.0 | 41.0 |")
        .contains("## Tuning")
        .contains("| a | 61.0 | 59.0 |");
  }
}
