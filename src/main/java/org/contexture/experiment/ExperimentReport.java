package org.contexture.experiment;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.contexture.pipeline.DatasetId;
import org.contexture.pipeline.Store;
import org.contexture.record.Checkpoint;
import org.contexture.record.ClassResult;
import org.contexture.record.EpochLog;
import org.contexture.record.NamedValue;
import org.contexture.record.Neighbours;
import org.contexture.record.RetrievalMetric;
import org.contexture.record.Selection;
import org.contexture.record.Split;
import org.contexture.report.BenchmarkFacts;
import org.contexture.report.ClassFacts;
import org.contexture.report.Epoch;
import org.contexture.report.Evaluation;
import org.contexture.report.Gallery;
import org.contexture.report.GalleryQuery;
import org.contexture.report.Metric;
import org.contexture.report.ModelRole;
import org.contexture.report.NamedNumber;
import org.contexture.report.SelectedOn;
import org.contexture.report.SpaceFacts;
import org.contexture.report.TrainingCurve;
import org.contexture.stage.MeasureStage;
import org.contexture.stage.RerankConfig;
import org.contexture.stage.TrainStage;

/** Reads the datasets of an experiment into the values that a report is made of. */
public final class ExperimentReport {
  private final Experiment experiment;
  private final Store store;
  private final ExamplePictures pictures;

  /** A report on an experiment whose datasets are all in the store. */
  public ExperimentReport(Experiment experiment, Store store) {
    this.experiment = experiment;
    this.store = store;
    this.pictures = new ExamplePictures(store.open(experiment.examples()));
  }

  /** What was learned and measured on. */
  public BenchmarkFacts benchmark() {
    BenchmarkCounts counts = new BenchmarkCounts(store.open(experiment.images()).open());
    return new BenchmarkFacts(
        experiment.benchmark().name(),
        counts.classes(),
        counts.images(),
        counts.splits(this::purpose),
        (counts.has(Split.QUERY)
                ? "Each query is searched in the gallery."
                : "Each test image is a query once, and all other test images are its gallery.")
            + indexRecall().map(recall -> " " + recall).orElse(""),
        experiment.benchmark().attribution());
  }

  /** Which share of the nearest neighbours the approximate index finds, if one was built. */
  public Optional<String> indexRecall() {
    return experiment
        .indexRecall()
        .map(dataset -> store.open(dataset).open())
        .filter(metrics -> metrics.size() > 0)
        .map(metrics -> metrics.read(0))
        .map(
            metric ->
                String.format(
                    Locale.ROOT,
                    "Approximate index: %s %.1f %% (95 %% interval: %.1f to %.1f), of %,d queries.",
                    metric.getName(),
                    100 * metric.getValue(),
                    100 * metric.getLow(),
                    100 * metric.getHigh(),
                    metric.getQueries()));
  }

  private String purpose(Split split) {
    return switch (split) {
      case TRAIN ->
          experiment.evaluated().isPresent() ? "not used" : "the networks learn from these";
      case VALIDATION ->
          selections().contains(Selection.VALIDATION)
              ? "the epoch to keep is chosen on these; never trained on"
              : experiment.evaluated().isPresent() ? "not used" : "never trained or chosen on";
      case TEST, QUERY, GALLERY ->
          selections().contains(Selection.TEST)
              ? "everything reported is measured on these; never trained on, but the epoch to keep"
                  + " is chosen on them, as the paper does: optimistic"
              : experiment.evaluated().isPresent()
                  ? "everything reported is measured on these"
                  : "everything reported is measured on these; never trained or chosen on";
    };
  }

  private Set<Selection> selections() {
    if (experiment.evaluated().isPresent()) {
      return EnumSet.noneOf(Selection.class);
    }
    ExperimentSettings settings = experiment.settings();
    Set<Selection> selections = EnumSet.of(settings.train().select());
    if (settings.model().weights().isEmpty()) {
      selections.add(settings.pretrain().select());
    }
    return selections;
  }

  /** What a reader has to know before trusting the numbers. */
  public List<String> warnings() {
    if (experiment.evaluated().isPresent()) {
      return List.of(
          "The network was trained elsewhere: whether it has seen the test classes is not known"
              + " here.");
    }
    return selections().contains(Selection.TEST)
        ? List.of(
            "Weights were selected on the test set, as the paper does: what is measured on it is"
                + " optimistic.")
        : List.of();
  }

  /** How each network retrieves. */
  public List<Evaluation> evaluations() {
    return experiment.models().stream().map(this::evaluation).toList();
  }

  /** How one of its networks retrieves. */
  Evaluation evaluation(Experiment.Model model) {
    List<Metric> metrics = new ArrayList<>();
    long queries = 0;
    long excluded = 0;
    for (RetrievalMetric metric : store.open(model.metrics()).open()) {
      metrics.add(
          new Metric(metric.getName(), metric.getValue(), metric.getLow(), metric.getHigh()));
      queries = Math.max(queries, metric.getQueries());
      excluded = Math.max(excluded, metric.getExcluded());
    }
    return new Evaluation(
        model.role(), loss(model.role()), description(model), metrics, queries, excluded);
  }

  private String loss(ModelRole role) {
    if (experiment.evaluated().isPresent()) {
      return "";
    }
    ExperimentSettings settings = experiment.settings();
    boolean given = settings.model().weights().isPresent();
    return switch (role) {
      case UNTRAINED -> "";
      case PRETRAINED -> given ? "" : settings.pretrain().loss().name().key();
      case TRAINED, RERANKED -> settings.train().loss().name().key();
      case CONTROL -> settings.pretrain().loss().name().key();
    };
  }

  private String description(Experiment.Model model) {
    if (model.role() == ModelRole.RERANKED) {
      RerankConfig rerank = experiment.settings().evaluate().rerank().orElseThrow();
      return "the trained network, its %d nearest re-ranked by %s"
          .formatted(rerank.depth(), rerank.method().title());
    }
    if (experiment.evaluated().isPresent()) {
      return "the weights in " + experiment.evaluated().get().name();
    }
    Checkpoint checkpoint = checkpoint(model);
    boolean given = experiment.settings().model().weights().isPresent();
    return switch (model.role()) {
      case UNTRAINED -> "random weights";
      case PRETRAINED ->
          given ? "given weights, random head" : steps(checkpoint, "from random weights");
      case TRAINED, RERANKED, CONTROL ->
          steps(checkpoint, given ? "from given weights" : "from the pre-trained network");
    };
  }

  private static String steps(Checkpoint checkpoint, String start) {
    return "%d steps %s".formatted(checkpoint.getStep(), start);
  }

  private Checkpoint checkpoint(Experiment.Model model) {
    return store.open(model.checkpoint()).open().read(0);
  }

  /** The course of each training stage. */
  public List<TrainingCurve> curves() {
    return experiment.models().stream().flatMap(model -> curve(model).stream()).toList();
  }

  /** The course of the training that made one of its networks, if one did. */
  Optional<TrainingCurve> curve(Experiment.Model model) {
    if (model.role() == ModelRole.RERANKED
        || !model.checkpoint().stage().companions().containsKey(TrainStage.EPOCHS)) {
      return Optional.empty();
    }
    Checkpoint checkpoint = checkpoint(model);
    DatasetId logs = model.checkpoint().id().companion(TrainStage.EPOCHS);
    List<Epoch> epochs = new ArrayList<>();
    store.open(logs, EpochLog.class).open().forEach(log -> epochs.add(epoch(log)));
    return Optional.of(
        new TrainingCurve(
            model.role(),
            loss(model.role()),
            epochs,
            OptionalInt.of(checkpoint.getEpoch()),
            selectedOn(checkpoint.getSelectedOn())));
  }

  private static SelectedOn selectedOn(Selection selection) {
    return switch (selection) {
      case VALIDATION -> SelectedOn.VALIDATION;
      case TEST -> SelectedOn.TEST;
      case LAST -> SelectedOn.NOTHING;
    };
  }

  private static Epoch epoch(EpochLog log) {
    return new Epoch(
        log.getEpoch(),
        log.getStep(),
        log.getLoss(),
        numbers(log.getTerms()),
        numbers(log.getLearningRates()),
        log.getSelectionRecallAt1());
  }

  private static List<NamedNumber> numbers(List<NamedValue> values) {
    return values.stream()
        .map(value -> new NamedNumber(value.getName(), value.getValue()))
        .toList();
  }

  /** Queries of the trained network. */
  public Gallery gallery() {
    return new GallerySummary(
            store.open(experiment.trained().neighbours()).open(), new QueryPictures(pictures))
        .gallery(experiment.settings().report(), experiment.settings().seed());
  }

  /** A query as it is shown, with all its neighbours that are stored. */
  GalleryQuery query(Neighbours neighbours) {
    return new QueryPictures(pictures).shown(neighbours);
  }

  /** What the embeddings look like apart from any ranking. */
  public SpaceFacts space() {
    return new SpaceSummary(experiment, store, pictures).facts();
  }

  /** How the trained network retrieves each class. */
  public ClassFacts classes() {
    DatasetId results = experiment.trained().metrics().id().companion(MeasureStage.CLASSES);
    return new ClassSummary(store.open(results, ClassResult.class).open(), pictures).facts();
  }
}
