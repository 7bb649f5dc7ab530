package org.contexture.experiment;

import com.google.auto.value.AutoValue;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.contexture.experiment.keys.Key;
import org.contexture.experiment.keys.Section;
import org.contexture.experiment.keys.Values;
import org.contexture.record.Selection;

/** Everything an experiment file says, with every default filled in. */
@AutoValue
public abstract class ExperimentSettings {
  static final Key<String> NAME =
      name("What the experiment is called in reports and listings; it changes no result.");
  static final Key<Long> SEED =
      Key.longWhole("seed", 0, 1L << 53, "Where everything random starts from.").or(1L);
  private static final Key<BenchmarkSettings> BENCHMARK =
      Key.section("benchmark", BenchmarkSettings.SECTION, "Which images, and how they are split.");
  private static final Key<FetchSettings> FETCH =
      Key.section(
          "fetch",
          FetchSettings.SECTION,
          "Where the files of a published benchmark come from; it changes no result.");
  private static final Key<ImageSettings> IMAGES =
      Key.section("images", ImageSettings.SECTION, "How images are prepared and stored.");
  private static final Key<ModelSettings> MODEL =
      Key.section("model", ModelSettings.SECTION, "The network that embeds images.");
  private static final Key<TrainingSettings> PRETRAIN =
      Key.section(
          "pretrain",
          TrainingSettings.PRETRAINING,
          "The first stage of training, with a loss that works from random weights."
              + " It is left out when `model.weights` are given.");
  private static final Key<TrainingSettings> TRAIN =
      Key.section(
          "train",
          TrainingSettings.FINE_TUNING,
          "The second stage of training, from the weights of the first.");
  private static final Key<Boolean> CONTROL =
      Key.truth(
              "control",
              "Whether to also train as many further steps with the pre-training loss, to compare.")
          .or(true);
  static final Key<EvaluationSettings> EVALUATE =
      Key.section(
          "evaluate", EvaluationSettings.SECTION, "What is measured on classes never trained on.");
  private static final Key<ReportSettings> REPORT =
      Key.section("report", ReportSettings.SECTION, "What the report shows.");

  private static final Key<PublishedSettings> PUBLISHED =
      Key.section(
          "published",
          PublishedSettings.SECTION,
          "What was published of the experiment, for `contexture experiments list` and for sweeps; it changes no"
              + " result.");
  private static final Key<Optional<Path>> EXTENDS =
      Key.pathOrNone(
              "extends",
              "Another experiment file, relative to this one, that this one is laid over: what is"
                  + " not written here is as there. It may extend one itself.")
          .or(Optional.empty());

  static final Section<ExperimentSettings> SECTION =
      Section.of(
              NAME, SEED, BENCHMARK, FETCH, IMAGES, MODEL, PRETRAIN, TRAIN, CONTROL, EVALUATE,
              REPORT, PUBLISHED)
          .extending(EXTENDS)
          .rule(List.of(BENCHMARK, FETCH, MODEL), ExperimentSettings::nothingToFetch)
          .rule(List.of(BENCHMARK, PRETRAIN), values -> nothingToWaitFor(values, PRETRAIN))
          .rule(List.of(BENCHMARK, TRAIN), values -> nothingToWaitFor(values, TRAIN))
          .as(ExperimentSettings::of);

  ExperimentSettings() {}

  /** The key for what something is called; its reports are files of that name. */
  static Key<String> name(String description) {
    return Key.text(
        "name",
        "[a-z0-9][a-z0-9-]{0,63}",
        "up to 64 lower-case letters, digits and hyphens, not starting with a hyphen",
        description);
  }

  private static Optional<String> nothingToFetch(Values values) {
    BenchmarkSettings.Name benchmark = values.of(BENCHMARK).name();
    boolean idle =
        !values.of(FETCH).equals(FetchSettings.NOTHING)
            && values.of(MODEL).weights().filter(WeightsPlace::isFetched).isEmpty()
            && !BenchmarkSettings.Name.PUBLISHED.contains(benchmark);
    return idle
        ? Optional.of("is for published benchmarks only; nothing is fetched for " + benchmark.key())
        : Optional.empty();
  }

  private static Optional<String> nothingToWaitFor(Values values, Key<TrainingSettings> stage) {
    TrainingSettings training = values.of(stage);
    boolean idle =
        training.patience() > 0
            && training.select() == Selection.VALIDATION
            && values.of(BENCHMARK).validationShare() == 0;
    return idle
        ? Optional.of(
            "makes %s.patience %d wait for a better measurement on validation classes, of which"
                    .formatted(stage.name(), training.patience())
                + " there are none; allowed: patience 0, benchmark.validation_share above 0, or"
                + " select test")
        : Optional.empty();
  }

  private static ExperimentSettings of(Values values) {
    return builder()
        .setName(values.of(NAME))
        .setSeed(values.of(SEED))
        .setBenchmark(values.of(BENCHMARK))
        .setFetch(values.of(FETCH))
        .setImages(values.of(IMAGES))
        .setModel(values.of(MODEL))
        .setPretrain(values.of(PRETRAIN))
        .setTrain(values.of(TRAIN))
        .setControl(values.of(CONTROL))
        .setEvaluate(values.of(EVALUATE))
        .setReport(values.of(REPORT))
        .setPublished(values.of(PUBLISHED))
        .build();
  }

  /** What the experiment is called; changes no result. */
  public abstract String name();

  /** Where everything random starts from, 0 to 2^53. */
  public abstract long seed();

  public abstract BenchmarkSettings benchmark();

  public abstract FetchSettings fetch();

  public abstract ImageSettings images();

  public abstract ModelSettings model();

  /** The first stage of training; not run when the model has given weights. */
  public abstract TrainingSettings pretrain();

  /** The second stage of training. */
  public abstract TrainingSettings train();

  /** Whether to also train as many further steps with the pre-training loss, to compare. */
  public abstract boolean control();

  public abstract EvaluationSettings evaluate();

  public abstract ReportSettings report();

  /** What it may be compared with; changes no result. */
  public abstract PublishedSettings published();

  /** The K of Recall@K: those that were asked for, or else those of the benchmark. */
  public final List<Integer> recallAt() {
    return evaluate().recallAt().orElse(benchmark().name().recallAt());
  }

  abstract Builder toBuilder();

  /** The same without what was published of the experiment. */
  ExperimentSettings unpublished() {
    return toBuilder().setPublished(PublishedSettings.NONE).build();
  }

  static Builder builder() {
    return new AutoValue_ExperimentSettings.Builder();
  }

  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder setName(String name);

    abstract Builder setSeed(long seed);

    abstract Builder setBenchmark(BenchmarkSettings benchmark);

    abstract Builder setFetch(FetchSettings fetch);

    abstract Builder setImages(ImageSettings images);

    abstract Builder setModel(ModelSettings model);

    abstract Builder setPretrain(TrainingSettings pretrain);

    abstract Builder setTrain(TrainingSettings train);

    abstract Builder setControl(boolean control);

    abstract Builder setEvaluate(EvaluationSettings evaluate);

    abstract Builder setReport(ReportSettings report);

    abstract Builder setPublished(PublishedSettings published);

    abstract ExperimentSettings build();
  }
}
