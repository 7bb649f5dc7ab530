package org.contexture.experiment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.contexture.failure.Failure;
import org.contexture.pipeline.Dataset;
import org.contexture.pipeline.DatasetId;
import org.contexture.pipeline.Executor;
import org.contexture.pipeline.Plan;
import org.contexture.pipeline.Schedule;
import org.contexture.pipeline.StageGraph;
import org.contexture.pipeline.Store;
import org.contexture.record.Checkpoint;
import org.contexture.record.Selection;
import org.contexture.record.SweepResult;
import org.contexture.stage.CollectConfig;
import org.contexture.stage.CollectStage;

/**
 * Carries a sweep out. Every dataset is in the store and made once, whichever experiments need it,
 * so that a sweep that was interrupted goes on where it was. Results are in the order of the sweep,
 * however many stages are at work at a time.
 */
public final class SweepExecution {
  private final Sweep sweep;
  private final Store store;
  private final Function<ExperimentSettings, Experiment> wiring;
  private final Executor executor;
  private final int atOnce;
  private final Listener listener;
  private final Map<Sweep.Cell, Experiment.Model> models = new HashMap<>();
  private final Set<DatasetId> needed = new LinkedHashSet<>();

  /** Is told how a sweep goes. */
  public interface Listener {

    /**
     * A part of the sweep begins.
     *
     * @param experiments how many it has
     * @param missing how many stages are to be made for them
     * @param owners the experiment of each dataset that one alone needs
     */
    void started(Part part, int experiments, long missing, Map<DatasetId, Sweep.Cell> owners);

    /**
     * An experiment is done.
     *
     * @param number how many of its part are done with it, from 1
     * @param count how many there are
     */
    void finished(Part part, Sweep.Cell cell, int number, int count);

    /** A run was tuned. */
    void chosen(String run, Variation variation, double validationRecallAt1);
  }

  /** What experiments are for. */
  public enum Part {
    TUNING,
    MEASURING
  }

  /**
   * Prepares it.
   *
   * @param wiring makes an experiment of settings
   * @param executor makes its datasets
   * @param atOnce how many stages are at work at a time
   */
  public SweepExecution(
      Sweep sweep,
      Store store,
      Function<ExperimentSettings, Experiment> wiring,
      Executor executor,
      int atOnce,
      Listener listener) {
    this.sweep = sweep;
    this.store = store;
    this.wiring = wiring;
    this.executor = executor;
    this.atOnce = atOnce;
    this.listener = listener;
  }

  /**
   * Makes what is missing.
   *
   * @return the results, in the store
   * @throws Failure as a stage of an experiment fails; (usage) if runs are to be tuned and are not
   *     measured on validation classes
   * @throws IOException if the store cannot be written to
   */
  public Dataset<SweepResult> run() throws InterruptedException, IOException {
    List<Sweep.Cell> tuning = tuning(sweep);
    make(Part.TUNING, tuning);
    Map<String, Variation> chosen = new LinkedHashMap<>();
    for (String run : sweep.runs()) {
      chosen.put(run, best(run));
    }
    List<Sweep.Cell> measured = sweep.cells(chosen::get);
    make(Part.MEASURING, measured);
    return collect(tuning, measured);
  }

  /**
   * The experiments that runs are tuned by.
   *
   * @throws Failure (usage) if they do not measure on validation classes
   */
  static List<Sweep.Cell> tuning(Sweep sweep) {
    List<Sweep.Cell> tuning =
        sweep.runs().stream()
            .map(sweep::candidates)
            .filter(candidates -> candidates.size() > 1)
            .flatMap(List::stream)
            .toList();
    for (Sweep.Cell cell : tuning) {
      ExperimentSettings settings = sweep.settings(cell);
      if (settings.train().select() == Selection.TEST) {
        throw Failure.usage(
            "%s would be tuned on the test classes, because of train.select: test. Set train.select"
                + " to validation and benchmark.validation_share above 0, or take `tune` out.",
            cell.run());
      } else if (settings.benchmark().validationShare() == 0) {
        throw nothingToTuneOn(cell.run());
      }
    }
    return tuning;
  }

  private void make(Part part, List<Sweep.Cell> cells) throws InterruptedException, IOException {
    if (cells.isEmpty()) {
      return;
    }
    List<SweepPart.Member> members = new ArrayList<>();
    for (Sweep.Cell cell : cells) {
      Experiment experiment = wiring.apply(sweep.settings(cell));
      Experiment.Model trained = experiment.trained();
      models.put(cell, trained);
      Dataset<?> last =
          switch (part) {
            case TUNING -> trained.checkpoint();
            case MEASURING -> trained.metrics();
          };
      members.add(new SweepPart.Member(cell, experiment.graph().until(last.label()), last.id()));
    }
    SweepPart all = new SweepPart(part, members, listener);
    all.graphs().forEach(graph -> graph.datasets().forEach(dataset -> needed.add(dataset.id())));
    store.remember(sweep.name(), List.copyOf(needed));
    Plan plan = Plan.of(all.graphs(), store);
    all.begin(plan);
    new Schedule(executor, atOnce, all).run(plan);
  }

  private Variation best(String run) {
    List<Sweep.Cell> candidates = sweep.candidates(run);
    if (candidates.size() == 1) {
      return candidates.get(0).tuned();
    }
    Map<Sweep.Cell, Double> recalls = new LinkedHashMap<>();
    for (Sweep.Cell candidate : candidates) {
      double recall = validationRecall(models.get(candidate).checkpoint());
      if (Double.isNaN(recall)) {
        throw nothingToTuneOn(run);
      }
      recalls.put(candidate, recall);
    }
    Sweep.Cell best =
        candidates.stream()
            .sorted(Comparator.comparing(recalls::get).reversed())
            .findFirst()
            .orElseThrow();
    listener.chosen(run, best.tuned(), recalls.get(best));
    return best.tuned();
  }

  private static Failure nothingToTuneOn(String run) {
    return Failure.usage(
        "There are no validation classes to tune %s on. Set benchmark.validation_share above 0, or"
            + " take `tune` out.",
        run);
  }

  private double validationRecall(Dataset<Checkpoint> checkpoint) {
    return store.open(checkpoint).open().read(0).getSelectionRecallAt1();
  }

  private Dataset<SweepResult> collect(List<Sweep.Cell> tuning, List<Sweep.Cell> measured)
      throws InterruptedException, IOException {
    List<CollectConfig.Member> members = new ArrayList<>();
    List<CollectStage.Outcome> outcomes = new ArrayList<>();
    StageGraph.Builder graph = StageGraph.builder();
    for (Sweep.Cell cell : tuning) {
      members.add(member(cell));
      outcomes.add(new CollectStage.Outcome(models.get(cell).checkpoint(), Optional.empty()));
    }
    for (Sweep.Cell cell : measured) {
      members.add(member(cell));
      Experiment.Model model = models.get(cell);
      outcomes.add(new CollectStage.Outcome(model.checkpoint(), Optional.of(model.metrics())));
    }
    CollectStage stage = new CollectStage(new CollectConfig(members), outcomes);
    stage.inputs().values().forEach(graph::given);
    Dataset<SweepResult> results = graph.add("collect", stage);
    needed.add(results.id());
    store.remember(sweep.name(), List.copyOf(needed));
    executor.run(Plan.of(graph.build(), store, Set.of()));
    return results;
  }

  private CollectConfig.Member member(Sweep.Cell cell) {
    return new CollectConfig.Member(
        cell.run(),
        cell.grid().values(),
        cell.repeat().values(),
        cell.tuned().values(),
        published(cell));
  }

  private Optional<CollectConfig.Published> published(Sweep.Cell cell) {
    PublishedSettings published = sweep.settings(cell).published();
    return published
        .recallAt1()
        .map(recall -> new CollectConfig.Published(recall, published.readOffPlot()));
  }
}
