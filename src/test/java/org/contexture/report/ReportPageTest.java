package org.contexture.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.contexture.report.GalleryNeighbour.Verdict;
import org.contexture.report.StageRun.Origin;
import org.junit.jupiter.api.Test;

class ReportPageTest {
  private static final Pattern POLICY =
      Pattern.compile("Content-Security-Policy\" content=\"([^\"]*)\"");
  private static final Pattern SCRIPT = Pattern.compile("<script>(.*?)</script>", Pattern.DOTALL);
  private static final Pattern STYLE = Pattern.compile("<style>(.*)</style>", Pattern.DOTALL);

  @Test
  void namesEveryPartThatIsMissing() {
    assertThat(ReportPage.html(SampleReport.bare().build()))
        .contains("No model has been evaluated yet.")
        .contains("No training stage has left a log.")
        .contains("There are no queries to show.")
        .contains("No class has been evaluated yet.")
        .contains("The stages behind this report are not known.")
        .contains("The effective settings are not recorded.")
        .contains("The environment is not recorded.")
        .contains("No warnings.");
  }

  @Test
  void saysWhatAComparisonLacks() {
    Report report =
        SampleReport.bare()
            .setEvaluations(
                List.of(SampleReport.evaluation(ModelRole.TRAINED, "hybrid", "hybrid", 0.6)))
            .build();

    assertThat(ReportPage.html(report))
        .contains("No control was run")
        .contains("There is no pre-trained model to compare with.")
        .contains("The untrained network was not evaluated.");
  }

  @Test
  void aReRankedModelIsARowAfterThatByCosine() {
    Report report =
        SampleReport.bare()
            .setEvaluations(
                List.of(
                    SampleReport.evaluation(ModelRole.CONTROL, "", "more of the same", 0.55),
                    SampleReport.evaluation(ModelRole.TRAINED, "hybrid", "by cosine", 0.6),
                    SampleReport.evaluation(ModelRole.RERANKED, "hybrid", "by encoding", 0.65)))
            .build();

    String page = ReportPage.html(report);
    assertThat(page.substring(page.indexOf("class=\"models cards\"")))
        .containsSubsequence("Trained", "by cosine", "Re-ranked", "by encoding", "Control");
  }

  @Test
  void namesNothingAsMissingWhenAllIsThere() {
    assertThat(ReportPage.html(SampleReport.complete().build())).doesNotContain("\"missing\"");
  }

  @Test
  void isTheSameForTheSameReport() {
    assertThat(ReportPage.html(SampleReport.complete().build()))
        .isEqualTo(ReportPage.html(SampleReport.complete().build()));
  }

  @Test
  void allowsItsOwnStyleAndScriptAndInlinePicturesOnly() throws Exception {
    String html = ReportPage.html(SampleReport.complete().build());
    Matcher style = STYLE.matcher(html);
    Matcher policy = POLICY.matcher(html);

    Matcher script = SCRIPT.matcher(html);

    assertThat(style.find()).isTrue();
    assertThat(script.find()).isTrue();
    assertThat(policy.find()).isTrue();
    assertThat(policy.group(1).replace("&#39;", "'"))
        .isEqualTo(
            "default-src 'none'; script-src 'sha256-%s'; style-src 'sha256-%s'; img-src data:; base-uri 'none'; form-action 'none'"
                .formatted(digest(script.group(1)), digest(style.group(1))));
    assertThat(script.find()).isFalse();
  }

  private static String digest(String text) throws Exception {
    return Base64.getEncoder()
        .encodeToString(
            MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void hasNoScriptWhereThereIsNoGallery() {
    assertThat(ReportPage.html(SampleReport.bare().build())).doesNotContain("script");
  }

  @Test
  void printsHostileTextHarmlessly() {
    String html = ReportPage.html(HostileReport.report());

    assertThat(html)
        .doesNotContain(HostileReport.SCRIPT)
        .doesNotContain(HostileReport.QUOTES)
        .doesNotContain("\u0000")
        .doesNotContain("\u202e")
        .contains("&lt;script&gt;alert(1)&lt;/script&gt;");
    assertThat(html.split("</style>", -1)).hasSize(2);
    assertThat(html.split("</title>", -1).length).isEqualTo(html.split("<title", -1).length);
  }

  @Test
  void showsPngAndJpegAndNothingElse() {
    byte[] jpeg = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0};
    byte[] svg = "<svg onload='alert(1)'/>".getBytes(StandardCharsets.UTF_8);

    assertThat(SampleReport.square(1).dataUri().orElseThrow())
        .startsWith("data:image/png;base64,iVBORw0KGgo");
    assertThat(Picture.of(jpeg).dataUri()).hasValue("data:image/jpeg;base64,/9j/4A==");
    assertThat(Picture.of(svg).dataUri()).isEmpty();
    assertThat(Picture.of(new byte[0]).dataUri()).isEmpty();
    assertThat(ReportPage.html(HostileReport.report())).contains("neither PNG nor JPEG");
  }

  @Test
  void keepsItsOwnCopyOfAPicture() {
    byte[] bytes = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, 1};
    Picture picture = Picture.of(bytes);
    bytes[0] = 0;

    assertThat(picture.dataUri()).isPresent();
  }

  @Test
  void marksRightAndWrongInWordsAndFadesWhatDoesNotCount() {
    Picture picture = SampleReport.square(1);
    GalleryQuery query =
        new GalleryQuery(
            picture,
            "cat",
            "a/b.png",
            2,
            0.5,
            List.of(
                new GalleryNeighbour(picture, "cat", 0.914, Verdict.RIGHT),
                new GalleryNeighbour(picture, "dog", 0.8, Verdict.WRONG),
                new GalleryNeighbour(picture, "cow", -0.7, Verdict.WRONG)));
    Report report =
        SampleReport.bare()
            .setGallery(new Gallery(List.of(query), List.of(), List.of(), List.of()))
            .build();

    String gallery = GallerySection.of(report).toString();

    assertThat(gallery)
        .contains("<li class=\"right\"><img class=\"picture\" alt=\"cat, right\"")
        .contains("<li class=\"wrong\"><img class=\"picture\" alt=\"dog, wrong\"")
        .contains(
            "<li class=\"wrong\" data-rank=\"beyond\"><img class=\"picture\" alt=\"cow, wrong, beyond R\"")
        .contains("aria-label=\"right\">✓</span> 0.91")
        .contains("aria-label=\"wrong\">✗</span> −0.70")
        .contains("R\u00a02 · AP@R\u00a050.0\u00a0%")
        .contains("a/<wbr>b.png");
  }

  @Test
  void linksADatasetToWhatItWasMadeFrom() {
    Report report =
        SampleReport.bare()
            .setStages(
                List.of(
                    stage("unpack", "aaaaaaaaaaaaaaaa", Origin.REUSED),
                    stage("index", "bbbb", Origin.RAN, "aaaaaaaaaaaaaaaa", "unknown-to-this-run")))
            .build();

    String lineage = LineageSection.of(report.stages()).toString().replace('\u00a0', ' ');

    assertThat(lineage)
        .contains("1 of 2 stages ran, for 2.0 s of stage time; 1 reused. Rejected: 2 records.")
        .contains("<tr id=\"stage-1\"><th scope=\"row\">unpack")
        .contains("title=\"aaaaaaaaaaaaaaaa\">aaaaaaaaaaaa</code>")
        .contains("<a href=\"#stage-1\">unpack</a>")
        .contains("<code title=\"unknown-to-this-run\">unknown-to-t</code>")
        .contains("<span class=\"origin reused\">reused</span>");
  }

  @Test
  void marksTheBestOfEveryColumn() {
    String models = ModelsSection.of(SampleReport.complete().build()).toString();

    assertThat(models).contains("<strong>61.3</strong>").doesNotContain("<strong>58.9</strong>");
    assertThat(models).contains("<small>±1.9</small>");
  }

  @Test
  void showsHardClassesAndWhatTheyAreTakenFor() {
    String classes =
        ClassesSection.of(SampleReport.complete().build()).toString().replace('\u00a0', ' ');

    assertThat(classes)
        .contains("<th scope=\"row\">cold</th><td class=\"n\">120</td><td class=\"n\">804</td>")
        .contains("violet square", "R@1 0.0 % · mAP@R 2.1 % · 7 queries")
        .contains("most often taken for blue square")
        .contains("blue square, green square", "2 of 14 queries");
  }

  @Test
  void saysWhereNoClassIsTakenForAnother() {
    ClassFacts facts =
        new ClassFacts(
            List.of(),
            List.of(
                new ClassFacts.HardClass(
                    new ClassFacts.ShownClass("cat", SampleReport.square(1)), 4, 1, 1, List.of())),
            List.of());

    assertThat(ClassesSection.of(SampleReport.bare().setClasses(facts).build()).toString())
        .contains("No class was taken for another.")
        .doesNotContain("By super class");
  }

  @Test
  void drawsWhatIsFiniteAndSaysWhatIsNot() {
    List<Epoch> epochs = new ArrayList<>();
    for (double loss : new double[] {1, Double.NaN, Double.POSITIVE_INFINITY, 0.5}) {
      epochs.add(new Epoch(epochs.size() + 1, 10, loss, List.of(), List.of(), Double.NaN));
    }
    TrainingCurve curve =
        new TrainingCurve(
            ModelRole.TRAINED, "hybrid", epochs, OptionalInt.empty(), SelectedOn.VALIDATION);

    String curves =
        CurvesSection.of(SampleReport.bare().setCurves(List.of(curve)).build()).toString();

    assertThat(curves.replace('\u00a0', ' '))
        .contains("In 2 epochs the loss was not a finite number.")
        .contains("No epoch is marked as the one that was kept.")
        .contains("Recall@1 on validation classes was not measured.")
        .contains("No learning rate was logged.")
        .doesNotContain("NaN")
        .doesNotContain("Infinity");
  }

  @Test
  void saysThatSelectionOnTheTestSetIsOptimistic() {
    Epoch epoch = new Epoch(1, 10, 1, List.of(), List.of(), 0.5);
    TrainingCurve curve =
        new TrainingCurve(
            ModelRole.TRAINED, "hybrid", List.of(epoch), OptionalInt.of(1), SelectedOn.TEST);

    String curves =
        CurvesSection.of(SampleReport.bare().setCurves(List.of(curve)).build()).toString();

    assertThat(curves.replace('\u00a0', ' '))
        .contains("Epoch 1 was kept, at Recall@1 50.0 % on the test classes.")
        .contains("It was selected on the test set, as the paper does: optimistic.")
        .doesNotContain("validation");
  }

  @Test
  void endsAtAStageWithoutEpochs() {
    TrainingCurve curve =
        new TrainingCurve(
            ModelRole.PRETRAINED,
            "given weights",
            List.of(),
            OptionalInt.empty(),
            SelectedOn.NOTHING);

    assertThat(CurvesSection.of(SampleReport.bare().setCurves(List.of(curve)).build()).toString())
        .contains("This stage has logged no epoch.");
  }

  @Test
  void recallIsOneLineHoweverSeldomItIsMeasured() {
    TrainingCurve curve =
        SampleReport.validatedEvery(
            5, SampleReport.curve(ModelRole.TRAINED, "hybrid", 80, 0.2, 0.5, 1e-3));

    String curves =
        CurvesSection.of(SampleReport.bare().setCurves(List.of(curve)).build()).toString();
    String recall = curves.substring(0, curves.indexOf("</figure>"));

    assertThat(recall).containsPattern("<path d=\"M[^ML]+(L[^ML]+){15}\">");
    assertThat(recall.split("<circle", -1)).hasSize(16 + 1);
  }

  @Test
  void aPerfectRecallHasAnAxisThatEndsThere() {
    List<Epoch> epochs =
        List.of(
            new Epoch(1, 10, 1, List.of(), List.of(), 1),
            new Epoch(2, 20, 1, List.of(), List.of(), 1));
    TrainingCurve curve =
        new TrainingCurve(
            ModelRole.TRAINED, "hybrid", epochs, OptionalInt.of(1), SelectedOn.VALIDATION);

    assertThat(CurvesSection.of(SampleReport.bare().setCurves(List.of(curve)).build()).toString())
        .contains(">100\u00a0%</text>")
        .doesNotContain(">110\u00a0%</text>", ">105\u00a0%</text>");
  }

  @Test
  void drawsAllStagesOnOneAxisOfRecall() {
    Report report =
        SampleReport.bare()
            .setCurves(
                List.of(
                    SampleReport.curve(ModelRole.PRETRAINED, "one", 0.2, 0.5, 1e-3),
                    SampleReport.curve(ModelRole.TRAINED, "other", 0.6, 0.9, 1e-3)))
            .build();

    // The label at the foot of the lower stage and the one at the head of the upper, in both.
    assertThat(CurvesSection.of(report).toString().split(">100\u00a0%</text>", -1)).hasSize(3);
    assertThat(CurvesSection.of(report).toString().split(">20\u00a0%</text>", -1)).hasSize(3);
  }

  @Test
  void refusesTwoModelsOfOneRole() {
    Evaluation evaluation = SampleReport.evaluation(ModelRole.TRAINED, "", "", 0.5);

    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> SampleReport.bare().setEvaluations(List.of(evaluation, evaluation)).build())
        .withMessageStartingWith("two evaluations of the same role");
  }

  private static StageRun stage(String label, String fingerprint, Origin origin, String... inputs) {
    return new StageRun(
        label, "Record", fingerprint, 10, 1, Duration.ofSeconds(2), origin, List.of(inputs));
  }
}
