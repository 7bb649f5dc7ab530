package org.contexture.report;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.contexture.report.ClassFacts.ClassGroup;
import org.contexture.report.ClassFacts.ConfusedPair;
import org.contexture.report.ClassFacts.HardClass;
import org.contexture.report.ClassFacts.ShownClass;
import org.contexture.report.GalleryNeighbour.Verdict;
import org.contexture.report.StageRun.Origin;

/** A report in which every text tries to break out, mislead or burst the page. */
final class HostileReport {
  static final String SCRIPT = "<script>alert(1)</script>";
  static final String QUOTES = "\" onload=\"alert(1)\" x='";
  static final String LONG = "w".repeat(400);
  static final String TURNED = "right\u202egnorw\u202c";
  static final String TEXT = SCRIPT + QUOTES + "</title></style>&amp;\u0000" + TURNED + LONG;

  private HostileReport() {}

  static Report report() {
    NamedNumber number = new NamedNumber(TEXT, 0.5);
    Epoch epoch =
        new Epoch(1, 1, 1, List.of(number, new NamedNumber("b", 1)), List.of(number), 0.5);
    Metric metric = SampleReport.metric(TEXT, 0.5);
    ShownClass shown = new ShownClass(TEXT, SampleReport.square(1));
    return Report.builder()
        .setExperiment(TEXT)
        .setBenchmark(
            new BenchmarkFacts(TEXT, 1, 1, List.of(new SplitSize(TEXT, 1, 1, TEXT)), TEXT, TEXT))
        .setCommand(TEXT)
        .setEvaluations(
            List.of(
                new Evaluation(ModelRole.PRETRAINED, TEXT, TEXT, List.of(metric), 1, 1),
                new Evaluation(ModelRole.TRAINED, TEXT, TEXT, List.of(metric), 1, 1)))
        .setCurves(
            List.of(
                new TrainingCurve(
                    ModelRole.TRAINED, TEXT, List.of(epoch), OptionalInt.of(1), SelectedOn.TEST)))
        .setStages(
            List.of(
                new StageRun(
                    TEXT, TEXT, TEXT, 1, 1, Duration.ZERO, Origin.RAN, List.of(TEXT, QUOTES))))
        .setGallery(new Gallery(List.of(query()), List.of(), List.of(), List.of()))
        .setClasses(
            new ClassFacts(
                List.of(new ClassGroup(TEXT, 1, 1, 1, 1)),
                List.of(new HardClass(shown, 1, 1, 1, List.of(shown))),
                List.of(new ConfusedPair(shown, shown, 1, 1))))
        .setSettings(TEXT)
        .setEnvironment(List.of(new Fact(TEXT, TEXT)))
        .setWarnings(List.of(TEXT))
        .build();
  }

  private static GalleryQuery query() {
    Picture svg = Picture.of("<svg onload='alert(1)'/>".getBytes(StandardCharsets.UTF_8));
    Picture truncated = Picture.of(new byte[] {(byte) 0x89, 'P', 'N', 'G'});
    return new GalleryQuery(
        svg,
        TEXT,
        TEXT,
        1,
        Double.NaN,
        List.of(
            new GalleryNeighbour(SampleReport.square(10), TEXT, Double.NaN, Verdict.WRONG),
            new GalleryNeighbour(truncated, TEXT, -1, Verdict.RIGHT)));
  }
}
