package org.contexture.report;

import com.google.auto.value.AutoValue;
import java.util.List;

/** Everything the page about several experiments says. */
@AutoValue
@SuppressWarnings("AutoValueImmutableFields") // the builder copies every list
public abstract class Comparison {
  /** How many experiments a chart can tell apart. */
  public static final int MOST_EXPERIMENTS = 6;

  /** What is compared, two to {@value #MOST_EXPERIMENTS}. */
  public abstract List<ComparedExperiment> experiments();

  /** What they were measured on, each benchmark once. */
  public abstract List<BenchmarkFacts> benchmarks();

  /** The settings that differ. */
  public abstract List<ComparedFact> settings();

  /** The data and the networks behind the figures, whether they differ or not. */
  public abstract List<ComparedFact> data();

  /** Recall@1 of each two experiments. */
  public abstract List<RecallDifference> differences();

  /** Queries that the first experiment and another one disagree about. */
  public abstract List<Disagreements> disagreements();

  /** The command that makes this page again. */
  public abstract String command();

  /** What a reader has to know before trusting the numbers, each a sentence. */
  public abstract List<String> warnings();

  /** A comparison that so far says nothing. */
  public static Builder builder() {
    return new AutoValue_Comparison.Builder()
        .setBenchmarks(List.of())
        .setSettings(List.of())
        .setData(List.of())
        .setDifferences(List.of())
        .setDisagreements(List.of())
        .setWarnings(List.of());
  }

  /** Builds a {@link Comparison}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder setExperiments(List<ComparedExperiment> experiments);

    public abstract Builder setBenchmarks(List<BenchmarkFacts> benchmarks);

    public abstract Builder setSettings(List<ComparedFact> settings);

    public abstract Builder setData(List<ComparedFact> data);

    public abstract Builder setDifferences(List<RecallDifference> differences);

    public abstract Builder setDisagreements(List<Disagreements> disagreements);

    public abstract Builder setCommand(String command);

    public abstract Builder setWarnings(List<String> warnings);

    abstract List<ComparedExperiment> experiments();

    abstract List<BenchmarkFacts> benchmarks();

    abstract List<ComparedFact> settings();

    abstract List<ComparedFact> data();

    abstract List<RecallDifference> differences();

    abstract List<Disagreements> disagreements();

    abstract List<String> warnings();

    abstract Comparison assemble();

    /**
     * The comparison.
     *
     * @throws IllegalArgumentException when there are too few experiments or too many, when two
     *     have the same name, or when a setting has not as many values
     */
    public final Comparison build() {
      int count = experiments().size();
      if (count < 2 || count > MOST_EXPERIMENTS) {
        throw new IllegalArgumentException("a comparison of %d experiments".formatted(count));
      }
      if (experiments().stream().map(ComparedExperiment::name).distinct().count() < count) {
        throw new IllegalArgumentException("two experiments of one name: " + experiments());
      }
      for (List<ComparedFact> facts : List.of(settings(), data())) {
        for (ComparedFact fact : facts) {
          if (fact.values().size() != count) {
            throw new IllegalArgumentException("%s of %d experiments".formatted(fact, count));
          }
        }
      }
      setExperiments(List.copyOf(experiments()));
      setBenchmarks(List.copyOf(benchmarks()));
      setSettings(List.copyOf(settings()));
      setData(List.copyOf(data()));
      setDifferences(List.copyOf(differences()));
      setDisagreements(List.copyOf(disagreements()));
      setWarnings(List.copyOf(warnings()));
      return assemble();
    }
  }
}
