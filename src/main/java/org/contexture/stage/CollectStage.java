package org.contexture.stage;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.beam.sdk.Pipeline;
import org.contexture.pipeline.Dataset;
import org.contexture.pipeline.ShardBody;
import org.contexture.pipeline.ShardOutput;
import org.contexture.pipeline.Stage;
import org.contexture.pipeline.StageConfig;
import org.contexture.pipeline.StageContext;
import org.contexture.pipeline.StoredDataset;
import org.contexture.record.Checkpoint;
import org.contexture.record.NamedText;
import org.contexture.record.NamedValue;
import org.contexture.record.RetrievalMetric;
import org.contexture.record.SweepResult;

/** Gathers what the experiments of a sweep came to: one record each, in the order of the sweep. */
public final class CollectStage implements Stage<SweepResult> {
  private final CollectConfig config;
  private final List<Outcome> outcomes;

  /**
   * What an experiment came to.
   *
   * @param checkpoint its network
   * @param metrics what was measured of it on the test classes; nothing for an experiment that only
   *     took part in the tuning
   */
  public record Outcome(
      Dataset<Checkpoint> checkpoint, Optional<Dataset<RetrievalMetric>> metrics) {}

  /**
   * The stage.
   *
   * @param outcomes of the members of the configuration, in their order
   */
  public CollectStage(CollectConfig config, List<Outcome> outcomes) {
    if (config.members().size() != outcomes.size()) {
      throw new IllegalArgumentException(
          "%d members, %d outcomes".formatted(config.members().size(), outcomes.size()));
    }
    this.config = config;
    this.outcomes = List.copyOf(outcomes);
  }

  /** What settings and inputs call the member at a position. */
  static String key(int position) {
    return String.format(Locale.ROOT, "%04d", position);
  }

  @Override
  public String name() {
    return "collect";
  }

  @Override
  public int version() {
    return 2;
  }

  @Override
  public Class<SweepResult> recordType() {
    return SweepResult.class;
  }

  @Override
  public StageConfig config() {
    return config;
  }

  @Override
  public SortedMap<String, Dataset<?>> inputs() {
    SortedMap<String, Dataset<?>> inputs = new TreeMap<>();
    for (int i = 0; i < outcomes.size(); i++) {
      Outcome outcome = outcomes.get(i);
      String key = key(i);
      inputs.put(key + " checkpoint", outcome.checkpoint());
      outcome.metrics().ifPresent(metrics -> inputs.put(key + " metrics", metrics));
    }
    return inputs;
  }

  @Override
  public void expand(Pipeline pipeline, StageContext<SweepResult> context) {
    List<Source> sources = new ArrayList<>();
    for (int i = 0; i < outcomes.size(); i++) {
      Outcome outcome = outcomes.get(i);
      CollectConfig.Member member = config.members().get(i);
      sources.add(
          new Source(
              SweepResult.newBuilder()
                  .setRun(member.run())
                  .setGrid(texts(member.grid()))
                  .setRepeat(texts(member.repeat()))
                  .setTuned(texts(member.tuned()))
                  .setSelectionRecallAt1(Double.NaN)
                  .setMetrics(List.of())
                  .setPublishedRecallAt1(
                      member.published().map(figure -> figure.recallAt1() / 100).orElse(Double.NaN))
                  .setPublishedReadOffPlot(
                      member.published().map(CollectConfig.Published::readOffPlot).orElse(false))
                  .setCheckpoint(outcome.checkpoint().id().toString())
                  .build(),
              context.input(outcome.checkpoint()),
              outcome.metrics().map(context::input).stream().toList()));
    }
    NumberedTasks.expand(pipeline, context, 1, new Gather(sources));
  }

  private static List<NamedText> texts(Map<String, String> values) {
    return values.entrySet().stream()
        .map(value -> new NamedText(value.getKey(), value.getValue()))
        .toList();
  }

  /** Where a result comes from; {@code metrics} are one dataset or none. */
  private record Source(
      SweepResult blank,
      StoredDataset<Checkpoint> checkpoint,
      List<StoredDataset<RetrievalMetric>> metrics)
      implements Serializable {

    SweepResult result() {
      List<NamedValue> values = new ArrayList<>();
      for (StoredDataset<RetrievalMetric> measured : metrics) {
        measured
            .open()
            .forEach(metric -> values.add(new NamedValue(metric.getName(), metric.getValue())));
      }
      return SweepResult.newBuilder(blank)
          .setSelectionRecallAt1(checkpoint.open().read(0).getSelectionRecallAt1())
          .setMetrics(values)
          .build();
    }
  }

  private record Gather(List<Source> sources) implements ShardBody<Integer, SweepResult> {

    @Override
    public void write(List<Integer> elements, ShardOutput<SweepResult> output) throws IOException {
      for (Source source : sources) {
        output.add(source.result());
      }
    }
  }
}
