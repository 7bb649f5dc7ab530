package org.contexture.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.contexture.report.BrowsedPage;
import org.contexture.report.HeadlessBrowser;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Reports on small experiments that were run: one alone, and several on one page. Screenshots stay
 * in {@code target/report}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReportIT {
  private static final int USAGE = 2;
  private static final long LARGEST = 20_000_000;
  private static final List<String> CONTRASTIVE =
      List.of("--set", "name=contrastive", "--set", "train.loss.name=contrastive");
  private static final List<String> OTHER_SEED = List.of("--set", "name=seed", "--set", "seed=4");

  /**
   * Two numbers hold too little to tell the classes apart, so it is wrong where others are right.
   */
  private static final List<String> WEAK =
      List.of("--set", "name=weak", "--set", "model.embedding_size=2");

  private static final Pattern DIFFERENCE =
      Pattern.compile("data-label=\"Difference\">([+−±])([0-9.]+)<");

  @TempDir static Path directory;
  private SmallExperiment experiment;
  private Path store;
  private Path reports;

  @BeforeAll
  void runThem() throws IOException {
    experiment = SmallExperiment.in(directory);
    store = directory.resolve("store");
    reports = directory.resolve("reports");
    for (List<String> settings : List.of(List.<String>of(), CONTRASTIVE, OTHER_SEED, WEAK)) {
      Outcome outcome = Outcome.of(experiment.run(store, settings.toArray(String[]::new)));
      assertThat(outcome.code()).as("%s", outcome).isZero();
    }
  }

  @SafeVarargs
  private Outcome report(List<String>... experiments) {
    List<String> words = new ArrayList<>(List.of("report"));
    for (List<String> settings : experiments) {
      words.add(experiment.file().toString());
      words.addAll(settings);
    }
    words.addAll(List.of("--store", store.toString(), "--reports", reports.toString()));
    return Outcome.of(words.toArray(String[]::new));
  }

  @Test
  void theReportOfOneIsWrittenAgain() throws IOException {
    Outcome outcome = report(List.of());

    assertThat(outcome.code()).as("%s", outcome).isZero();
    assertThat(outcome.out()).contains("Report: " + reports.resolve("small.html"));
    String again = withoutHow(reports.resolve("small.html"));
    assertThat(again).isEqualTo(withoutHow(Path.of(store + "-reports", "small.html")));
    assertThat(again).contains("class=\"band\"");
  }

  /** A report up to the stages, of which some ran for one and none for the other. */
  private static String withoutHow(Path report) throws IOException {
    String page = Files.readString(report);
    return page.substring(0, page.indexOf("<section id=\"lineage\""));
  }

  @Test
  void twoAreComparedQueryByQuery() throws IOException {
    Outcome outcome = report(List.of(), CONTRASTIVE);

    assertThat(outcome.code()).as("%s", outcome).isZero();
    Path file = reports.resolve("small-vs-contrastive.html");
    assertThat(outcome.out()).contains("Comparison: " + file);
    assertThat(outcome.made()).isEmpty();
    assertThat(Files.size(file)).isLessThan(LARGEST);
    assertThat(Files.readString(file))
        .contains("small − contrastive<small>the same 30\u00a0queries</small>")
        .contains("<th scope=\"row\">train.loss.name</th>")
        .doesNotContain("<th scope=\"row\">name</th>", "<th scope=\"row\">seed</th>")
        .contains("30, those of small")
        .contains("./contexture run " + experiment.file() + " --set name=contrastive");
  }

  @Test
  void theDifferenceIsThatOfTheMetricsAndItsQueriesAreShown() throws IOException {
    Outcome outcome = report(List.of(), WEAK);

    assertThat(outcome.code()).as("%s", outcome).isZero();
    String page = Files.readString(reports.resolve("small-vs-weak.html"));
    Matcher difference = DIFFERENCE.matcher(page);
    assertThat(difference.find()).isTrue();
    assertThat(difference.group(1)).isEqualTo("+");
    assertThat(Double.parseDouble(difference.group(2)))
        .isCloseTo(recallAt1(outcome, "small") - recallAt1(outcome, "weak"), within(0.11));
    String shown = page.substring(page.indexOf("Right for small, not for weak"));
    assertThat(shown).contains("<div class=\"answer\"><p class=\"measure\"><b>small</b>");
  }

  /** Recall@1 as the command prints it, in percent. */
  private static double recallAt1(Outcome outcome, String name) {
    Matcher figure = Pattern.compile("(?m)^" + name + " +([0-9.]+)").matcher(outcome.out());
    assertThat(figure.find()).isTrue();
    return Double.parseDouble(figure.group(1));
  }

  @Test
  void otherTestImagesAreNotPaired() throws IOException {
    Outcome outcome = report(List.of(), CONTRASTIVE, OTHER_SEED);

    assertThat(outcome.code()).as("%s", outcome).isZero();
    assertThat(Files.readString(reports.resolve("small-vs-contrastive-vs-seed.html")))
        .contains("small − contrastive<small>the same 30\u00a0queries</small>")
        .contains("small − seed<small>other test images: not paired</small>")
        .contains("30, those of seed")
        .contains("<th scope=\"row\">seed</th>");
  }

  @Test
  void experimentsOfOneNameAreToldApartByTheirSettings() {
    Outcome outcome = report(List.of(), List.of("--set", "train.loss.name=contrastive"));

    assertThat(outcome.code()).as("%s", outcome).isZero();
    assertThat(outcome.out()).contains("small-vs-small-train.loss.name=contrastive.html");
  }

  private Outcome compare(List<String> first, List<String> second) {
    List<String> words = new ArrayList<>(List.of("compare"));
    for (List<String> settings : List.of(first, second)) {
      words.add(experiment.file().toString());
      words.addAll(settings);
    }
    words.addAll(List.of("--store", store.toString()));
    return Outcome.of(words.toArray(String[]::new));
  }

  @Test
  void theTerminalSaysWhatDiffersAndWhetherItIsNoise() {
    Outcome outcome = compare(List.of(), CONTRASTIVE);

    assertThat(outcome.code()).as("%s", outcome).isZero();
    assertThat(outcome.out())
        .containsPattern("small +[0-9.]+ +[0-9.]+ to [0-9.]+ +30")
        .containsPattern("small less contrastive: [+-][0-9.]+ points of R@1, 95 % interval ")
        .contains("Of the same 30 queries both have ")
        .containsPattern("train.loss.name +hybrid +contrastive")
        .containsPattern("train +train/[0-9a-f]{16} +train/[0-9a-f]{16} +settings: loss.* more")
        .containsPattern("measure-trained +measure/.* what it is made from")
        .contains("datasets that are the same: unpack, index, shard, initialise, pretrain")
        .containsPattern("(Larger|Not larger) than .*noise.* each is one run\\.\\R$");
    Outcome report = report(List.of(), CONTRASTIVE);
    Matcher difference =
        Pattern.compile("contrastive: ([+-][0-9.]+) points").matcher(outcome.out());
    assertThat(difference.find()).isTrue();
    assertThat(Double.parseDouble(difference.group(1)))
        .isCloseTo(recallAt1(report, "small") - recallAt1(report, "contrastive"), within(0.11));
  }

  @Test
  void twoSeedsAreSaidToBeTwoSeeds() {
    Outcome outcome = compare(List.of(), OTHER_SEED);

    assertThat(outcome.code()).as("%s", outcome).isZero();
    assertThat(outcome.out())
        .contains("They were tested on other images, so their queries are not paired.")
        .containsPattern("index +index/.* settings: seed")
        .contains("They differ in nothing but seeds");
  }

  @Test
  void whatCannotBeComparedIsNamed() {
    Outcome notRun = compare(List.of(), List.of("--set", "train.epochs=5"));
    assertThat(notRun.code()).as("%s", notRun).isEqualTo(USAGE);
    assertThat(notRun.err())
        .contains("was not run to its end: train, embed-trained, neighbours-trained, measure-tr")
        .contains("Make what is missing: ./contexture run ");
    Outcome alone = Outcome.of("compare", experiment.file().toString());
    assertThat(alone.code()).as("%s", alone).isEqualTo(USAGE);
    assertThat(alone.err()).startsWith("compare takes two experiments, not 1;");
  }

  @Test
  void oneThatWasNotRunIsNamedWithTheCommandThatRunsIt() {
    Outcome outcome = report(List.of(), List.of("--set", "train.epochs=5"));

    assertThat(outcome.code()).as("%s", outcome).isEqualTo(USAGE);
    assertThat(outcome.err())
        .contains("was not run to its end: train, embed-trained, neighbours-trained,")
        .contains(
            "Make what is missing: ./contexture run %s --set train.epochs=5 --store %s"
                .formatted(experiment.file(), store));
  }

  @Test
  void oneGivenTwiceIsRefused() {
    Outcome outcome = report(CONTRASTIVE, CONTRASTIVE);

    assertThat(outcome.code()).as("%s", outcome).isEqualTo(USAGE);
    assertThat(outcome.err()).startsWith("An experiment is given twice among ");
  }

  @Test
  void theComparisonIsAtHomeInABrowser() throws Exception {
    assumeTrue(
        HeadlessBrowser.program().isPresent(),
        "no Chromium on the PATH: the comparison was not looked at in a browser");
    assertThat(report(List.of(), CONTRASTIVE, OTHER_SEED, WEAK).code()).isZero();
    Path shots = Files.createDirectories(Path.of("target", "report"));
    try (HeadlessBrowser browser =
        HeadlessBrowser.start(HeadlessBrowser.program().get(), directory.resolve("profile"))) {
      BrowsedPage page = new BrowsedPage(browser);
      for (Map.Entry<Integer, String> window :
          List.of(
              Map.entry(1280, "light"),
              Map.entry(1280, "dark"),
              Map.entry(390, "light"),
              Map.entry(390, "dark"))) {
        browser.prefer(window.getValue());
        browser.open(
            reports.resolve("small-vs-contrastive-vs-seed-vs-weak.html").toUri(),
            window.getKey(),
            900);
        Files.write(
            shots.resolve("comparison-%d-%s.png".formatted(window.getKey(), window.getValue())),
            browser.screenshot());

        assertThat(page.complaints()).isEmpty();
        assertThat(browser.ask("document.images.length").asInt()).isPositive();
        assertThat(page.picturesNotShown()).isZero();
        assertThat(page.lowContrast()).isEmpty();
        page.openDetails();
        assertThat(page.tooWide(window.getKey())).isEmpty();
        assertThat(browser.ask("document.documentElement.scrollWidth").asInt())
            .isLessThanOrEqualTo(window.getKey());
      }
    }
  }
}
