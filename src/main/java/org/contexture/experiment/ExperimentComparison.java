package org.contexture.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.contexture.pipeline.Dataset;
import org.contexture.pipeline.Store;
import org.contexture.report.BenchmarkFacts;
import org.contexture.report.ComparedExperiment;
import org.contexture.report.ComparedFact;
import org.contexture.report.Comparison;
import org.contexture.report.Disagreements;
import org.contexture.report.ModelRole;

/** Reads the datasets of several experiments into the values that a comparison is made of. */
public final class ExperimentComparison {
  /** Queries shown that one experiment alone has right, over all pairs that are shown. */
  private static final int SHOWN = 12;

  private final List<MeasuredRun> runs;

  /** A comparison of experiments whose trained networks were measured. */
  public ExperimentComparison(List<ComparedRun> compared, Store store) {
    runs = compared.stream().map(run -> MeasuredRun.of(run, store)).toList();
  }

  /**
   * The values of the page.
   *
   * @param command the command that makes it again
   */
  public Comparison comparison(String command) {
    return figures(command).setDisagreements(disagreements()).build();
  }

  /**
   * The same without pictures.
   *
   * @param command the command that compares again
   */
  public Comparison withoutPictures(String command) {
    return figures(command).build();
  }

  /** The datasets that the figures of the first two come from, in the order of their making. */
  public List<ComparedStage> lineage() {
    return ComparedStage.of(runs.get(0).run().experiment(), runs.get(1).run().experiment());
  }

  private Comparison.Builder figures(String command) {
    return Comparison.builder()
        .setExperiments(runs.stream().map(ExperimentComparison::experiment).toList())
        .setBenchmarks(benchmarks())
        .setSettings(
            ComparedSettings.differing(runs.stream().map(run -> run.run().settings()).toList()))
        .setData(data())
        .setDifferences(new RecallDifferences(runs).all())
        .setWarnings(warnings())
        .setCommand(command);
  }

  private static ComparedExperiment experiment(MeasuredRun run) {
    return new ComparedExperiment(
        run.name(),
        run.report().evaluation(run.run().experiment().trained()),
        run.report().curve(run.run().experiment().trained()),
        run.run().command());
  }

  private List<BenchmarkFacts> benchmarks() {
    Map<String, BenchmarkFacts> byName = new LinkedHashMap<>();
    for (MeasuredRun run : runs) {
      BenchmarkFacts facts = run.report().benchmark();
      byName.putIfAbsent(facts.name(), facts);
    }
    return List.copyOf(byName.values());
  }

  private List<ComparedFact> data() {
    return List.of(
        fact("benchmark", run -> run.run().experiment().benchmark().name()),
        fact("labelled images", run -> address(run.run().experiment().images())),
        fact("prepared images", run -> address(run.run().experiment().examples())),
        fact("test images", this::testImages),
        fact("network before the last stage", ExperimentComparison::start),
        fact("trained network", run -> address(run.run().experiment().trained().checkpoint())));
  }

  private ComparedFact fact(String name, Function<MeasuredRun, String> value) {
    return new ComparedFact(name, runs.stream().map(value).toList());
  }

  private static String address(Dataset<?> dataset) {
    return dataset.id().toString();
  }

  /** Equal for experiments that were tested on the same images, and for no others. */
  private String testImages(MeasuredRun run) {
    MeasuredRun same = runs.stream().filter(run::pairsWith).findFirst().orElseThrow();
    return run.images().describedAsOf(same.name());
  }

  private static String start(MeasuredRun run) {
    return run.run().experiment().models().stream()
        .filter(model -> model.role() == ModelRole.PRETRAINED)
        .map(model -> address(model.checkpoint()))
        .findFirst()
        .orElse("");
  }

  private List<Disagreements> disagreements() {
    MeasuredRun first = runs.get(0);
    List<MeasuredRun> others = runs.stream().skip(1).filter(first::pairsWith).toList();
    List<Disagreements> disagreements = new ArrayList<>();
    for (MeasuredRun other : others) {
      disagreements.add(
          new DisagreementGallery(first, other, SHOWN / others.size()).disagreements());
    }
    return disagreements;
  }

  private List<String> warnings() {
    return runs.stream()
        .flatMap(
            run ->
                run.report().warnings().stream()
                    .map(warning -> "%s: %s".formatted(run.name(), warning)))
        .toList();
  }
}
