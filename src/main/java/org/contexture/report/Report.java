package org.contexture.report;

import com.google.auto.value.AutoValue;
import java.util.List;
import java.util.Optional;

/**
 * Everything the page about an experiment says. Only the experiment's name, the benchmark and the
 * command are required: the page names what else is missing.
 */
@AutoValue
@SuppressWarnings("AutoValueImmutableFields") // the builder copies every list
public abstract class Report {

  /** Name of the experiment. */
  public abstract String experiment();

  public abstract BenchmarkFacts benchmark();

  /** The command that makes this report again, on one line or with its continuation lines. */
  public abstract String command();

  /** How each model retrieves, at most one a role. */
  public abstract List<Evaluation> evaluations();

  /** The training stages, in order. */
  public abstract List<TrainingCurve> curves();

  /** The stages behind the report, each after its inputs. */
  public abstract List<StageRun> stages();

  public abstract Gallery gallery();

  /** How the model that the gallery is about retrieves each class. */
  public abstract ClassFacts classes();

  /** What the embeddings look like apart from any ranking. */
  public abstract SpaceFacts space();

  /** The effective settings as canonical YAML or JSON. */
  public abstract String settings();

  /** Versions, runner, threads, code version: what else the numbers may depend on. */
  public abstract List<Fact> environment();

  /** What a reader has to know before trusting the numbers, each a sentence. */
  public abstract List<String> warnings();

  /** A report that so far says nothing. */
  public static Builder builder() {
    return new AutoValue_Report.Builder()
        .setEvaluations(List.of())
        .setCurves(List.of())
        .setStages(List.of())
        .setGallery(Gallery.empty())
        .setClasses(ClassFacts.none())
        .setSpace(SpaceFacts.none())
        .setSettings("")
        .setEnvironment(List.of())
        .setWarnings(List.of());
  }

  Optional<Evaluation> evaluation(ModelRole role) {
    return evaluations().stream().filter(evaluation -> evaluation.role() == role).findFirst();
  }

  /** Builds a {@link Report}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setExperiment(String experiment);

    public abstract Builder setBenchmark(BenchmarkFacts benchmark);

    public abstract Builder setCommand(String command);

    public abstract Builder setEvaluations(List<Evaluation> evaluations);

    public abstract Builder setCurves(List<TrainingCurve> curves);

    public abstract Builder setStages(List<StageRun> stages);

    public abstract Builder setGallery(Gallery gallery);

    public abstract Builder setClasses(ClassFacts classes);

    public abstract Builder setSpace(SpaceFacts space);

    public abstract Builder setSettings(String settings);

    public abstract Builder setEnvironment(List<Fact> environment);

    public abstract Builder setWarnings(List<String> warnings);

    abstract List<Evaluation> evaluations();

    abstract List<TrainingCurve> curves();

    abstract List<StageRun> stages();

    abstract List<Fact> environment();

    abstract List<String> warnings();

    abstract Report assemble();

    /**
     * The report.
     *
     * @throws IllegalArgumentException when two evaluations have the same role
     */
    public final Report build() {
      if (evaluations().stream().map(Evaluation::role).distinct().count() != evaluations().size()) {
        throw new IllegalArgumentException("two evaluations of the same role: " + evaluations());
      }
      setEvaluations(List.copyOf(evaluations()));
      setCurves(List.copyOf(curves()));
      setStages(List.copyOf(stages()));
      setEnvironment(List.copyOf(environment()));
      setWarnings(List.copyOf(warnings()));
      return assemble();
    }
  }
}
