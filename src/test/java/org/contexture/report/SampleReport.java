package org.contexture.report;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import javax.imageio.ImageIO;
import org.contexture.report.ClassFacts.ClassGroup;
import org.contexture.report.ClassFacts.ConfusedPair;
import org.contexture.report.ClassFacts.HardClass;
import org.contexture.report.ClassFacts.ShownClass;
import org.contexture.report.GalleryNeighbour.Verdict;
import org.contexture.report.SpaceFacts.MapPoint;
import org.contexture.report.SpaceFacts.ModelSpace;
import org.contexture.report.SpaceFacts.PairBin;
import org.contexture.report.SpaceFacts.Place;
import org.contexture.report.StageRun.Origin;

/** Reports with made-up numbers of realistic size: what the tests render and people look at. */
public final class SampleReport {
  private static final String SETTINGS =
      """
      benchmark:
        name: emoji
      evaluation:
        k: [1, 2, 4, 8]
      model:
        backbone: resnet18
        embedding: 128
        input: 64
      pretrain:
        loss: {alpha: 2.0, base: 0.5, beta: 50.0, name: multi_similarity}
        rate: 0.001
        steps: 350
      seed: 1
      train:
        loss: {eps: 0.05, k: 4, name: hybrid, weights: {contextual: 0.4, contrastive: 0.5, regulariser: 0.1}}
        rate: 0.0003
        steps: 350
      """;

  private SampleReport() {}

  /** A report that has every part. */
  public static Report.Builder complete() {
    return bare()
        .setEvaluations(
            List.of(
                evaluation(ModelRole.UNTRAINED, "", "random weights", 0.225),
                evaluation(
                    ModelRole.PRETRAINED,
                    "multi_similarity",
                    "multi_similarity, 350 steps from random weights",
                    0.5504),
                evaluation(
                    ModelRole.TRAINED,
                    "hybrid",
                    "hybrid, 350 steps from the pre-trained weights",
                    0.6133),
                evaluation(
                    ModelRole.CONTROL,
                    "multi_similarity",
                    "multi_similarity, 350 steps from the pre-trained weights",
                    0.5894)))
        .setCurves(
            List.of(
                validatedEvery(
                    5,
                    curve(
                        ModelRole.PRETRAINED,
                        "multi_similarity from random weights",
                        80,
                        0.24,
                        0.56,
                        1e-3)),
                withTerms(
                    curve(
                        ModelRole.TRAINED,
                        "hybrid from the pre-trained weights",
                        0.55,
                        0.62,
                        3e-4)),
                curve(
                    ModelRole.CONTROL,
                    "multi_similarity from the pre-trained weights",
                    0.55,
                    0.595,
                    3e-4)))
        .setStages(stages())
        .setGallery(drawnGallery())
        .setClasses(classes())
        .setSpace(space())
        .setSettings(SETTINGS)
        .setEnvironment(
            List.of(
                new Fact("Contexture", "0.1.0-SNAPSHOT, commit f373ce7"),
                new Fact("Runner", "DirectRunner"),
                new Fact("Java", "17.0.15 (Debian), Linux amd64"),
                new Fact("Beam", "2.70.0"),
                new Fact("PyTorch", "2.7.1 CPU, DJL 0.36.0"),
                new Fact("Threads", "2 for training, of 2 processors"),
                new Fact("Made", "2026-11-24 19:14 UTC")))
        .setWarnings(
            List.of(
                "Validation classes are few (76): the kept epoch is known only to about 4 points."));
  }

  /** A report with nothing that can be missing. */
  public static Report.Builder bare() {
    return Report.builder()
        .setExperiment("emoji")
        .setBenchmark(
            new BenchmarkFacts(
                "emoji",
                755,
                5052,
                List.of(
                    new SplitSize("train", 302, 2027, "what the networks learn from"),
                    new SplitSize("validation", 76, 509, "chooses the epoch that is kept"),
                    new SplitSize("test", 377, 2516, "what is reported; never seen in training")),
                "The test split holds 2,516 images of 377 classes never seen in training; each is a query against all the others.",
                """
                Noto Emoji: Copyright Google LLC, Apache-2.0.
                Twemoji: Copyright Twitter, Inc and other contributors, CC-BY-4.0.
                OpenMoji: All emojis designed by OpenMoji – the open-source emoji and icon project, CC-BY-SA-4.0.
                Fluent Emoji: Copyright (c) Microsoft Corporation, MIT.
                """))
        .setCommand("./contexture run pipelines/emoji.yaml");
  }

  /** A model with that Recall@1, and other metrics that go with it. */
  static Evaluation evaluation(ModelRole role, String loss, String description, double recallAt1) {
    return new Evaluation(
        role,
        loss,
        description,
        List.of(
            metric("recall@1", recallAt1),
            metric("recall@2", recallAt1 + (1 - recallAt1) * 0.19),
            metric("recall@4", recallAt1 + (1 - recallAt1) * 0.38),
            metric("recall@8", recallAt1 + (1 - recallAt1) * 0.55),
            metric("map@r", recallAt1 * 0.49)),
        2516,
        0);
  }

  /** A metric with an interval of 3.8 points. */
  static Metric metric(String name, double value) {
    return new Metric(name, value, value - 0.019, value + 0.019);
  }

  private static ClassFacts classes() {
    ShownClass blue = new ShownClass("blue square", square(210));
    ShownClass green = new ShownClass("green square", square(120));
    ShownClass violet = new ShownClass("violet square", square(280));
    return new ClassFacts(
        List.of(
            new ClassGroup("cold", 120, 804, 0.652, 0.31),
            new ClassGroup("warm", 257, 1712, 0.595, 0.28)),
        List.of(
            new HardClass(violet, 7, 0, 0.0214, List.of(blue)),
            new HardClass(blue, 6, 0.5, 0.25, List.of())),
        List.of(new ConfusedPair(violet, blue, 5, 13), new ConfusedPair(blue, green, 2, 14)));
  }

  private static SpaceFacts space() {
    return new SpaceFacts(
        List.of(
            space(ModelRole.UNTRAINED, 0.93, 0.94, 0.02),
            space(ModelRole.PRETRAINED, 0.12, 0.55, 0.12),
            space(ModelRole.TRAINED, 0.08, 0.68, 0.1),
            space(ModelRole.CONTROL, 0.1, 0.6, 0.12)),
        map());
  }

  private static ModelSpace space(
      ModelRole role, double negativeMean, double positiveMean, double deviation) {
    List<PairBin> bins = new ArrayList<>();
    for (int bin = 0; bin < 100; bin++) {
      double low = -1 + bin / 50.0;
      bins.add(
          new PairBin(
              low,
              low + 0.02,
              Math.round(7000 * bell(low + 0.01, positiveMean, deviation)),
              Math.round(3e6 * bell(low + 0.01, negativeMean, deviation))));
    }
    return new ModelSpace(
        role,
        List.of(
            new NamedNumber("mean-similarity", negativeMean),
            new NamedNumber("positive-similarity", positiveMean),
            new NamedNumber("negative-similarity", negativeMean),
            new NamedNumber("alignment", 2 - 2 * positiveMean),
            new NamedNumber("uniformity", -3.1),
            new NamedNumber("effective-rank", 87.3),
            new NamedNumber("nmi", 0.81),
            new NamedNumber("ami", 0.52)),
        bins);
  }

  private static double bell(double at, double mean, double deviation) {
    return Math.exp(-Math.pow((at - mean) / deviation, 2) / 2);
  }

  private static List<MapPoint> map() {
    Random random = new Random(3);
    List<MapPoint> points = new ArrayList<>();
    for (int image = 0; image < 600; image++) {
      int group = Math.min(random.nextInt(10), random.nextInt(10));
      points.add(
          new MapPoint(
              new Place(
                  Math.cos(group) * 30 + 5 * random.nextGaussian(),
                  Math.sin(group) * 30 + 5 * random.nextGaussian()),
              new Place(random.nextGaussian() + group / 4.0, random.nextGaussian()),
              "class " + image / 6,
              "group " + group));
    }
    return points;
  }

  /** A course of training from one Recall@1 to about another. */
  static TrainingCurve curve(
      ModelRole role, String label, double before, double after, double rate) {
    return curve(role, label, 14, before, after, rate);
  }

  /** A course of so many epochs of training from one Recall@1 to about another. */
  static TrainingCurve curve(
      ModelRole role, String label, int count, double before, double after, double rate) {
    Random random = new Random(label.hashCode());
    List<Epoch> epochs = new ArrayList<>();
    int kept = 1;
    double best = 0;
    for (int number = 1; number <= count; number++) {
      double progress = 1 - Math.exp(-3.0 * number / count);
      double recall = before + (after - before) * progress + 0.008 * random.nextGaussian();
      double decay = 0.5 * (1 + Math.cos(Math.PI * number / count));
      if (recall > best) {
        best = recall;
        kept = number;
      }
      epochs.add(
          new Epoch(
              number,
              25L * number,
              1.9 * Math.exp(-1.4 * progress) + 0.02 * random.nextGaussian(),
              List.of(),
              List.of(
                  new NamedNumber("backbone", rate / 2 * decay),
                  new NamedNumber("head", rate * decay)),
              recall));
    }
    return new TrainingCurve(role, label, epochs, OptionalInt.of(kept), SelectedOn.VALIDATION);
  }

  /** The same course with Recall@1 only every so many epochs. */
  static TrainingCurve validatedEvery(int every, TrainingCurve curve) {
    List<Epoch> epochs =
        curve.epochs().stream()
            .map(
                epoch ->
                    new Epoch(
                        epoch.number(),
                        epoch.step(),
                        epoch.loss(),
                        epoch.terms(),
                        epoch.learningRates(),
                        epoch.number() % every == 0 ? epoch.recallAt1() : Double.NaN))
            .toList();
    OptionalInt kept =
        epochs.stream()
            .filter(epoch -> Double.isFinite(epoch.recallAt1()))
            .max(Comparator.comparingDouble(Epoch::recallAt1))
            .map(epoch -> OptionalInt.of(epoch.number()))
            .orElse(OptionalInt.empty());
    return new TrainingCurve(curve.role(), curve.label(), epochs, kept, curve.selectedOn());
  }

  private static TrainingCurve withTerms(TrainingCurve curve) {
    List<Epoch> epochs =
        curve.epochs().stream()
            .map(
                epoch ->
                    new Epoch(
                        epoch.number(),
                        epoch.step(),
                        epoch.loss() * 0.4,
                        List.of(
                            new NamedNumber("contextual", epoch.loss() * 0.31),
                            new NamedNumber("contrastive", epoch.loss() * 0.52),
                            new NamedNumber("regulariser", epoch.loss() * 0.1)),
                        epoch.learningRates(),
                        epoch.recallAt1()))
            .toList();
    return new TrainingCurve(
        curve.role(), curve.label(), epochs, curve.keptEpoch(), curve.selectedOn());
  }

  private static List<StageRun> stages() {
    List<StageRun> stages = new ArrayList<>();
    add(stages, "unpack", "RawFile", 5060, 1.2, Origin.REUSED);
    add(stages, "index", "ImageRef", 5052, 0.6, Origin.REUSED, "unpack");
    add(stages, "shard", "Example", 5052, 6.4, Origin.REUSED, "unpack", "index");
    add(stages, "initialise", "Checkpoint", 1, 0.9, Origin.REUSED);
    add(stages, "pretrain", "Checkpoint", 1, 171, Origin.REUSED, "shard", "initialise");
    add(stages, "train", "Checkpoint", 1, 183, Origin.RAN, "shard", "pretrain");
    add(stages, "train-control", "Checkpoint", 1, 174, Origin.RAN, "shard", "pretrain");
    for (String model : List.of("initialise", "pretrain", "train", "train-control")) {
      add(stages, "embed/" + model, "Embedding", 2516, 7.3, Origin.RAN, "shard", model);
      add(stages, "neighbours/" + model, "Neighbours", 2516, 1.1, Origin.RAN, "embed/" + model);
      add(stages, "measure/" + model, "RetrievalMetric", 5, 0.4, Origin.RAN, "neighbours/" + model);
    }
    return stages;
  }

  private static void add(
      List<StageRun> stages,
      String label,
      String type,
      long records,
      double seconds,
      Origin origin,
      String... inputs) {
    List<String> fingerprints =
        List.of(inputs).stream()
            .map(
                input ->
                    stages.stream()
                        .filter(stage -> stage.label().equals(input))
                        .findFirst()
                        .orElseThrow()
                        .fingerprint())
            .toList();
    stages.add(
        new StageRun(
            label,
            type,
            fingerprint(label),
            records,
            label.equals("index") ? 3 : 0,
            Duration.ofMillis(Math.round(seconds * 1000)),
            origin,
            fingerprints));
  }

  private static String fingerprint(String label) {
    Random random = new Random(label.hashCode());
    return "%016x%016x%016x%016x"
        .formatted(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
  }

  private static Gallery drawnGallery() {
    return new Gallery(
        List.of(query("blue square", 210, 8), query("green square", 120, 5)),
        List.of(query("orange square", 30, 10)),
        List.of(query("violet square", 280, 0)),
        List.of(query("blue square", 210, 8), query("violet square", 280, 0)));
  }

  private static GalleryQuery query(String className, int hue, int right) {
    List<GalleryNeighbour> neighbours = new ArrayList<>();
    for (int rank = 0; rank < 10; rank++) {
      boolean match = rank < right;
      neighbours.add(
          new GalleryNeighbour(
              square(match ? hue + 3 * rank : hue + 40 + 7 * rank),
              match ? className : "another square",
              0.97 - 0.03 * rank,
              match ? Verdict.RIGHT : Verdict.WRONG));
    }
    return new GalleryQuery(
        square(hue), className, "squares/" + hue + ".png", 6, Math.min(1, right / 6.0), neighbours);
  }

  /** A drawn picture of 64 pixels square, as PNG. */
  static Picture square(int hue) {
    BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, 64, 64);
    graphics.setColor(Color.getHSBColor(hue / 360f, 0.7f, 0.85f));
    graphics.fillRoundRect(8, 8, 48, 48, 12, 12);
    graphics.dispose();
    try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      ImageIO.write(image, "png", out);
      return Picture.of(out.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
