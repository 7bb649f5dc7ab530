package org.contexture.training;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.Optional;
import org.contexture.failure.Failure;
import org.contexture.model.ModelConfig;
import org.contexture.model.Safetensors;

/**
 * Trains an embedding network on the training classes and keeps the weights that retrieve best on
 * the classes that select; the first of several equally good ones; the last where nothing selects.
 *
 * <p>Everything random is a function of the seed and the position, and the whole state is saved
 * after epochs: a training that was killed goes on from there and ends with the same bytes.
 */
public final class Trainer {
  private final TrainingConfig config;
  private final TrainingExamples examples;
  private final Path directory;
  private final String place;
  private final Execution execution;
  private final TrainingListener listener;

  /**
   * Prepares a training.
   *
   * @param examples those of the training split are trained on, those of the validation or the test
   *     split decide which weights are kept; the training reads them on several threads
   * @param directory where the training keeps its state between attempts, and what it says of a
   *     batch that it fails at: of this training alone
   * @param place where that directory lies between attempts, for messages: it can be a copy of
   *     something remote
   * @param execution changes no result
   * @param listener is told after each step, and when the directory has what is to last
   */
  public Trainer(
      TrainingConfig config,
      TrainingExamples examples,
      Path directory,
      String place,
      Execution execution,
      TrainingListener listener) {
    this.config = config;
    this.examples = config.data().of(examples, config.seed());
    this.directory = directory;
    this.place = place;
    this.execution = execution;
    this.listener = listener;
  }

  /**
   * Trains, from the saved state if there is one.
   *
   * @param model the architecture
   * @param weights the weights to start from, in safetensors format
   * @throws Failure (data) if the weights do not fit, an image cannot be decoded or the saved state
   *     is damaged; (environment) if the state cannot be saved, (usage) if it is too large; (stage)
   *     if the loss becomes infinite or not a number: {@code failed-batch.json} in the directory
   *     then says where
   */
  public TrainingOutcome train(ModelConfig model, byte[] weights) {
    TrainingData data = new TrainingData(examples);
    StateFile file = new StateFile(directory, place);
    Optional<Safetensors> saved = file.read();
    try (NDManager manager = NDManager.newBaseManager();
        BatchLoader loader =
            new BatchLoader(examples, data.classes(), model.inputSize(), execution.loaders());
        TrainingRun run =
            saved.isPresent()
                ? TrainingRun.resume(config, model, data, loader, manager, saved.get())
                : TrainingRun.start(config, model, data, loader, manager, weights);
        StateWriter writer = new StateWriter(file, listener)) {
      while (!run.course().isFinished()) {
        run.epoch(listener);
        if (run.course().epoch() % execution.saveEvery() == 0 || run.course().isFinished()) {
          writer.write(run::save);
        }
      }
      writer.await();
      return run.outcome();
    } catch (NonFiniteBatchException failed) {
      Failure failure = failed.batch().savedIn(directory, place);
      try {
        listener.saved();
      } catch (RuntimeException notKept) {
        failure.addSuppressed(notKept);
      }
      throw failure;
    }
  }
}
