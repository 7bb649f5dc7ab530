package org.contexture.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.contexture.model.TensorData;
import org.contexture.record.Checkpoint;
import org.contexture.record.EpochLog;
import org.contexture.record.Selection;
import org.contexture.record.StepLog;
import org.contexture.record.StepTiming;
import org.contexture.record.TrainingState;

/**
 * How far a training is, what it has logged, the weights it has selected, and whether it goes on.
 * Names of its tensors are {@code progress} (a {@link TrainingState}), {@code steps} and {@code
 * timings} (records one after the other), and {@code best} (weights, only where some were
 * selected).
 */
final class Course {
  private static final String PROGRESS = "progress";
  private static final String STEPS = "steps";
  private static final String TIMINGS = "timings";
  private static final String BEST = "best";

  private final TrainingConfig config;
  private final RecordLog<StepLog> steps;
  private final RecordLog<StepTiming> timings;
  private TrainingState state;
  private byte[] bestWeights;

  private Course(
      TrainingConfig config,
      TrainingState state,
      RecordLog<StepLog> steps,
      RecordLog<StepTiming> timings,
      byte[] bestWeights) {
    this.config = config;
    this.state = state;
    this.steps = steps;
    this.timings = timings;
    this.bestWeights = bestWeights;
  }

  /** Of a training from its beginning. */
  static Course beginning(TrainingConfig config) {
    TrainingState state =
        TrainingState.newBuilder()
            .setEpoch(0)
            .setStep(0)
            .setEpochs(List.of())
            .setBestEpoch(0)
            .setBestStep(0)
            .setBestRecallAt1(Double.NaN)
            .build();
    return new Course(
        config,
        state,
        new RecordLog<>(StepLog.class),
        new RecordLog<>(StepTiming.class),
        new byte[0]);
  }

  /** Of a training that goes on from what {@link #tensors} gave. */
  static Course resume(TrainingConfig config, SortedMap<String, TensorData> saved) {
    return new Course(
        config,
        decode(saved.get(PROGRESS)),
        RecordLog.resume(StepLog.class, saved.get(STEPS)),
        RecordLog.resume(StepTiming.class, saved.get(TIMINGS)),
        saved.containsKey(BEST) ? saved.get(BEST).bytes() : new byte[0]);
  }

  /** All of it, to be saved at the end of an epoch. */
  SortedMap<String, TensorData> tensors() {
    SortedMap<String, TensorData> tensors = new TreeMap<>();
    tensors.put(PROGRESS, encode(state));
    tensors.put(STEPS, steps.saved());
    tensors.put(TIMINGS, timings.saved());
    if (hasSelected()) {
      tensors.put(BEST, TensorData.of(ByteBuffer.wrap(bestWeights)));
    }
    return tensors;
  }

  private static TensorData encode(TrainingState state) {
    try {
      return TensorData.of(TrainingState.getEncoder().encode(state));
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
  }

  private static TrainingState decode(TensorData state) {
    try {
      return TrainingState.getDecoder().decode(state.bytes());
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory", e);
    }
  }

  /** Epochs done. */
  int epoch() {
    return state.getEpoch();
  }

  /** Steps of the epochs done. */
  long step() {
    return state.getStep();
  }

  /** Whether Recall@1 is to be measured at the end of this epoch. */
  boolean measures() {
    int epoch = epoch() + 1;
    return epoch % config.validateEvery() == 0 || epoch == config.epochs();
  }

  /** Whether the training is at its end: all epochs done, or too long without a better one. */
  boolean isFinished() {
    return epoch() == config.epochs()
        || (config.patience() > 0 && measurementsSinceBest() >= config.patience());
  }

  private long measurementsSinceBest() {
    return state.getEpochs().stream()
        .filter(log -> log.getEpoch() > state.getBestEpoch())
        .filter(log -> !Double.isNaN(log.getSelectionRecallAt1()))
        .count();
  }

  private boolean hasSelected() {
    return state.getBestEpoch() > 0;
  }

  /** A step of this epoch is done. */
  void add(StepLog step, StepTiming timing) {
    steps.add(step);
    timings.add(timing);
  }

  /**
   * An epoch is done.
   *
   * @param weights those at its end, asked for only if they are the best so far
   */
  void endEpoch(EpochLog log, Supplier<byte[]> weights) {
    List<EpochLog> logs = new ArrayList<>(state.getEpochs());
    logs.add(log);
    TrainingState.Builder next =
        TrainingState.newBuilder(state)
            .setEpoch(log.getEpoch())
            .setStep(log.getStep())
            .setEpochs(logs);
    if (isBest(log.getSelectionRecallAt1())) {
      next.setBestEpoch(log.getEpoch())
          .setBestStep(log.getStep())
          .setBestRecallAt1(log.getSelectionRecallAt1());
      bestWeights = weights.get();
    }
    state = next.build();
  }

  private boolean isBest(double recall) {
    return config.selection() != Selection.LAST
        && !Double.isNaN(recall)
        && (!hasSelected() || recall > state.getBestRecallAt1());
  }

  /** A few words about what was selected so far. */
  String note() {
    if (!hasSelected()) {
      return "";
    }
    boolean optimistic = config.selection() == Selection.TEST;
    return String.format(
        Locale.ROOT,
        ", %s R@1 %.1f %% (epoch %d%s)",
        optimistic ? "test" : "validation",
        100 * state.getBestRecallAt1(),
        state.getBestEpoch(),
        optimistic ? ", selected on the test set, as the paper does: optimistic" : "");
  }

  /**
   * What the training leaves.
   *
   * @param architecture canonical JSON of the network
   * @param last the weights at the end, asked for only if none were selected
   */
  TrainingOutcome outcome(String architecture, Supplier<byte[]> last) {
    Checkpoint checkpoint =
        Checkpoint.newBuilder()
            .setArchitecture(architecture)
            .setStep(hasSelected() ? state.getBestStep() : state.getStep())
            .setEpoch(hasSelected() ? state.getBestEpoch() : state.getEpoch())
            .setSelectedOn(hasSelected() ? config.selection() : Selection.LAST)
            .setSelectionRecallAt1(state.getBestRecallAt1())
            .setWeights(ByteBuffer.wrap(hasSelected() ? bestWeights : last.get()))
            .build();
    return new TrainingOutcome(checkpoint, state.getEpochs(), steps.records(), timings.records());
  }
}
