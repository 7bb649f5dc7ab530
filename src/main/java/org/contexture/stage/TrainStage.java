package org.contexture.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.beam.sdk.Pipeline;
import org.contexture.model.ModelConfig;
import org.contexture.pipeline.Companion;
import org.contexture.pipeline.Dataset;
import org.contexture.pipeline.Placement;
import org.contexture.pipeline.ShardBody;
import org.contexture.pipeline.ShardOutput;
import org.contexture.pipeline.Stage;
import org.contexture.pipeline.StageConfig;
import org.contexture.pipeline.StageContext;
import org.contexture.pipeline.StoredDataset;
import org.contexture.record.Checkpoint;
import org.contexture.record.EpochLog;
import org.contexture.record.Example;
import org.contexture.record.ExampleLabel;
import org.contexture.record.StepLog;
import org.contexture.record.StepTiming;
import org.contexture.shard.Shards;
import org.contexture.training.Execution;
import org.contexture.training.Trainer;
import org.contexture.training.TrainingConfig;
import org.contexture.training.TrainingExamples;
import org.contexture.training.TrainingListener;
import org.contexture.training.TrainingOutcome;

/**
 * Trains a network: a stage of one element. It reads examples through the index, keeps its own
 * state beside the dataset it is making, and goes on from it after a failure. What it logged is in
 * companions of the checkpoint.
 */
public final class TrainStage implements Stage<Checkpoint> {
  /** The companion of {@link EpochLog}s. */
  public static final String EPOCHS = "epochs";

  /** The companion of {@link StepLog}s. */
  public static final String STEPS = "steps";

  /** The companion of {@link StepTiming}s. */
  public static final String TIMINGS = "timings";

  /** What it logs beside the checkpoint. */
  public static final SortedMap<String, Companion> COMPANIONS =
      Collections.unmodifiableSortedMap(
          new TreeMap<>(
              Map.of(
                  EPOCHS, new Companion(EpochLog.class, Companion.Nature.RESULT),
                  STEPS, new Companion(StepLog.class, Companion.Nature.RESULT),
                  TIMINGS, new Companion(StepTiming.class, Companion.Nature.MEASUREMENT))));

  private final TrainingConfig config;
  private final Execution execution;
  private final Dataset<Example> examples;
  private final Dataset<Checkpoint> start;

  /**
   * The stage for examples and a network to start from.
   *
   * @param execution changes no result
   * @param start its architecture and weights are where training starts
   */
  public TrainStage(
      TrainingConfig config,
      Execution execution,
      Dataset<Example> examples,
      Dataset<Checkpoint> start) {
    this.config = config;
    this.execution = execution;
    this.examples = examples;
    this.start = start;
  }

  @Override
  public String name() {
    return "train";
  }

  @Override
  public int version() {
    return 6;
  }

  @Override
  public Class<Checkpoint> recordType() {
    return Checkpoint.class;
  }

  @Override
  public StageConfig config() {
    return TrainConfig.of(config);
  }

  @Override
  public SortedMap<String, Companion> companions() {
    return COMPANIONS;
  }

  @Override
  public SortedMap<String, Dataset<?>> inputs() {
    return new TreeMap<>(Map.of("examples", examples, "start", start));
  }

  @Override
  public Placement placement() {
    return Placement.ACCELERATOR;
  }

  @Override
  public void expand(Pipeline pipeline, StageContext<Checkpoint> context) {
    NumberedTasks.expand(
        pipeline,
        context,
        1,
        new Train(config, execution, context.input(examples), context.input(start)));
  }

  private record Train(
      TrainingConfig config,
      Execution execution,
      StoredDataset<Example> examples,
      StoredDataset<Checkpoint> start)
      implements ShardBody<Integer, Checkpoint> {

    @Override
    public void write(List<Integer> elements, ShardOutput<Checkpoint> output) throws IOException {
      Checkpoint first = start.open().read(0);
      Trainer trainer =
          new Trainer(
              config,
              new StoredExamples(examples.open(), examples.openAs(ExampleLabel.class)),
              output.kept(),
              output.keptIn(),
              execution,
              new ToOutput(output));
      TrainingOutcome outcome =
          trainer.train(ModelConfig.parse(first.getArchitecture()), first.getWeights().array());
      for (EpochLog epoch : outcome.epochs()) {
        output.add(EPOCHS, epoch);
      }
      for (StepLog step : outcome.steps()) {
        output.add(STEPS, step);
      }
      for (StepTiming timing : outcome.timings()) {
        output.add(TIMINGS, timing);
      }
      output.add(outcome.checkpoint());
    }
  }

  /** Says how far a training is, and makes its state last. */
  private record ToOutput(ShardOutput<Checkpoint> output) implements TrainingListener {

    @Override
    public void progressed(long step, long steps, String note) {
      try {
        output.progress(step, steps, note);
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }

    @Override
    public void saved() {
      try {
        output.keep();
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }
  }

  private record StoredExamples(Shards<Example> examples, Shards<ExampleLabel> labels)
      implements TrainingExamples {

    @Override
    public int size() {
      return Math.toIntExact(examples.size());
    }

    @Override
    public ExampleLabel label(int number) {
      return labels.project(number);
    }

    @Override
    public byte[] image(int number) {
      return examples.read(number).getImage().array();
    }
  }
}
