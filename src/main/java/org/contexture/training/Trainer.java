package org.contexture.training;

import ai.djl.ndarray.NDManager;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import org.contexture.failure.Failure;
import org.contexture.model.ModelConfig;
import org.contexture.model.Safetensors;
import org.contexture.record.Checkpoint;
import org.contexture.record.TrainingState;

/**
 * Trains an embedding network on the training classes and keeps the weights that retrieve best on
 * the validation classes; the first of several equally good ones; the last where there are no
 * validation classes.
 *
 * <p>Everything random is a function of the seed and the position, and the whole state is saved
 * after epochs: a training that was killed goes on from there and ends with the same bytes.
 */
public final class Trainer {
  private final TrainingConfig config;
  private final TrainingExamples examples;
  private final StateFile file;
  private final int saveEvery;
  private final TrainingListener listener;

  /**
   * Prepares a training.
   *
   * @param examples those of the training split are trained on, those of the validation split
   *     decide which weights are kept; the training reads them on two threads
   * @param directory where the training keeps its state between attempts: of this training alone
   * @param saveEvery epochs between savings of the state, at least 1; the last is always saved
   * @param listener is told after each step
   */
  public Trainer(
      TrainingConfig config,
      TrainingExamples examples,
      Path directory,
      int saveEvery,
      TrainingListener listener) {
    if (saveEvery < 1) {
      throw new IllegalArgumentException("saveEvery is " + saveEvery);
    }
    this.config = config;
    this.examples = config.data().of(examples, config.seed());
    this.file = new StateFile(directory);
    this.saveEvery = saveEvery;
    this.listener = listener;
  }

  /**
   * Trains, from the saved state if there is one.
   *
   * @param model the architecture
   * @param weights the weights to start from, in safetensors format
   * @throws Failure (data) if the weights do not fit, an image cannot be decoded or the saved state
   *     is damaged; (environment) if the state cannot be saved; (stage) if the loss becomes
   *     infinite or not a number
   */
  public Checkpoint train(ModelConfig model, byte[] weights) {
    TrainingData data = new TrainingData(examples);
    Optional<Safetensors> saved = file.read();
    try (NDManager manager = NDManager.newBaseManager();
        BatchLoader loader = new BatchLoader(examples, data.classes(), model.inputSize());
        TrainingRun run =
            saved.isPresent()
                ? TrainingRun.resume(config, model, data, loader, manager, saved.get())
                : TrainingRun.start(config, model, data, loader, manager, weights)) {
      while (run.state().getEpoch() < config.epochs()) {
        run.epoch(listener);
        int epoch = run.state().getEpoch();
        if (epoch % saveEvery == 0 || epoch == config.epochs()) {
          file.write(run.save());
        }
      }
      return checkpoint(model, run);
    }
  }

  private static Checkpoint checkpoint(ModelConfig model, TrainingRun run) {
    TrainingState end = run.state();
    boolean selected = end.getBestEpoch() > 0;
    return Checkpoint.newBuilder()
        .setArchitecture(model.toJson())
        .setStep(selected ? end.getBestStep() : end.getStep())
        .setEpoch(selected ? end.getBestEpoch() : end.getEpoch())
        .setValidationRecallAt1(end.getBestRecallAt1())
        .setEpochs(end.getEpochs())
        .setWeights(ByteBuffer.wrap(selected ? run.bestWeights() : run.weights()))
        .build();
  }
}
