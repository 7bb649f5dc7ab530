package org.contexture.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.contexture.failure.Failure;
import org.contexture.image.AugmentationConfig;
import org.contexture.loss.LossConfig;
import org.contexture.loss.LossName;
import org.contexture.model.Backbone;
import org.contexture.model.BatchNormMode;
import org.contexture.model.Head;
import org.contexture.model.InitialWeights;
import org.contexture.model.ModelConfig;
import org.contexture.record.Checkpoint;
import org.contexture.record.EpochLog;
import org.contexture.record.Split;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainerTest {
  private static final ModelConfig MODEL =
      new ModelConfig(Backbone.TINY, Head.AVERAGE_LINEAR, 16, ColouredSquares.SIZE);
  private static final int EPOCHS = 5;
  private static final int STEPS_PER_EPOCH = 2;

  @TempDir Path directory;

  private static TrainingConfig.Builder config(LossName loss) {
    return TrainingConfig.builder()
        .loss(LossConfig.of(loss, Map.of()))
        .epochs(EPOCHS)
        .classesPerBatch(4)
        .imagesPerClass(2)
        .headRate(1e-3)
        .backboneRate(5e-4)
        .lossRate(1e-2)
        .weightDecay(1e-4)
        .warmUpSteps(2)
        .schedule(TrainingConfig.Schedule.COSINE)
        .batchNorm(BatchNormMode.TRAINING)
        .augmentation(AugmentationConfig.builder().build())
        .validateEvery(1)
        .seed(11);
  }

  private static Checkpoint train(
      TrainingConfig config, TrainingExamples examples, Path state, TrainingListener listener) {
    byte[] weights = InitialWeights.random(MODEL, 3);
    return new Trainer(config, examples, state, 1, listener).train(MODEL, weights);
  }

  private static TrainingListener silent() {
    return (step, steps, note) -> {};
  }

  /** Stands for a process that dies: nothing after this step happens. */
  private static TrainingListener dyingAfter(long last) {
    return (step, steps, note) -> {
      if (step == last) {
        throw new IllegalStateException("died in step " + step);
      }
    };
  }

  @ParameterizedTest
  @CsvSource({
    "MULTI_SIMILARITY, TRAINING, 0",
    "NORMALIZED_SOFTMAX, TRAINING, 0.9",
    "HYBRID, FROZEN_STATISTICS, 0",
    "CONTRASTIVE, FROZEN, 0.9"
  })
  void aTrainingThatDiesAgainAndAgainEndsWithTheSameBytes(
      LossName loss, BatchNormMode batchNorm, double averaging) {
    TrainingConfig config = config(loss).batchNorm(batchNorm).averaging(averaging).build();
    ColouredSquares examples = ColouredSquares.of(7, 3);
    Checkpoint whole = train(config, examples, directory.resolve("whole"), silent());

    Path state = directory.resolve("pieces");
    for (long step : new long[] {1, 3, 4, 7, 10}) {
      assertThatThrownBy(() -> train(config, examples, state, dyingAfter(step)))
          .hasMessage("died in step " + step);
    }
    Checkpoint pieces = train(config, examples, state, silent());

    assertThat(pieces).isEqualTo(whole);
    assertThat(train(config, examples, state, dyingAfter(1))).isEqualTo(whole);
  }

  @Test
  void goesOnFromTheLastSavedEpoch() {
    TrainingConfig config = config(LossName.MULTI_SIMILARITY).build();
    ColouredSquares examples = ColouredSquares.of(7, 3);
    assertThatThrownBy(() -> train(config, examples, directory, dyingAfter(5)))
        .hasMessage("died in step 5");
    List<Long> steps = new ArrayList<>();
    train(config, examples, directory, (step, all, note) -> steps.add(step));
    assertThat(steps).containsExactly(5L, 6L, 7L, 8L, 9L, 10L);
  }

  @Test
  void learnsAndLogsEveryEpoch() {
    TrainingConfig config =
        config(LossName.MULTI_SIMILARITY).epochs(8).headRate(1e-2).backboneRate(5e-3).build();
    Checkpoint checkpoint = train(config, ColouredSquares.of(7, 3), directory, silent());
    List<EpochLog> epochs = checkpoint.getEpochs();
    assertThat(epochs).extracting(EpochLog::getEpoch).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
    assertThat(epochs.get(7).getStep()).isEqualTo(8 * STEPS_PER_EPOCH);
    assertThat(epochs.get(7).getLoss()).isLessThan(0.8 * epochs.get(0).getLoss());
    assertThat(epochs.get(0).getTerms()).isNotEmpty();
    assertThat(epochs.get(0).getLearningRates())
        .extracting(rate -> rate.getName())
        .containsExactly("backbone", "head");
    assertThat(epochs.get(0).getLearningRates().get(1).getValue()).isEqualTo(1e-2);
    assertThat(checkpoint.getArchitecture()).isEqualTo(MODEL.toJson());
  }

  @Test
  void keepsTheFirstOfTheBestEpochs() {
    Checkpoint checkpoint =
        train(
            config(LossName.MULTI_SIMILARITY).build(),
            ColouredSquares.of(7, 3),
            directory,
            silent());
    EpochLog best =
        checkpoint.getEpochs().stream()
            .max(
                Comparator.comparingDouble(EpochLog::getValidationRecallAt1)
                    .thenComparing(Comparator.comparing(EpochLog::getEpoch).reversed()))
            .orElseThrow();
    assertThat(checkpoint.getEpoch()).isEqualTo(best.getEpoch());
    assertThat(checkpoint.getStep()).isEqualTo((long) best.getEpoch() * STEPS_PER_EPOCH);
    assertThat(checkpoint.getValidationRecallAt1()).isEqualTo(best.getValidationRecallAt1());
  }

  @Test
  void measuresWhenDueAndAfterTheLastEpoch() {
    TrainingConfig config = config(LossName.MULTI_SIMILARITY).validateEvery(3).build();
    Checkpoint checkpoint = train(config, ColouredSquares.of(7, 3), directory, silent());
    assertThat(checkpoint.getEpochs())
        .filteredOn(epoch -> !Double.isNaN(epoch.getValidationRecallAt1()))
        .extracting(EpochLog::getEpoch)
        .containsExactly(3, 5);
  }

  @Test
  void keepsTheLastWeightsWithoutValidationClasses() {
    Checkpoint checkpoint =
        train(
            config(LossName.MULTI_SIMILARITY).build(),
            ColouredSquares.of(7, 0),
            directory,
            silent());
    assertThat(checkpoint.getEpoch()).isEqualTo(EPOCHS);
    assertThat(checkpoint.getValidationRecallAt1()).isNaN();
    assertThat(checkpoint.getWeights().array()).isNotEqualTo(InitialWeights.random(MODEL, 3));
  }

  @Test
  void theSeedDecides() {
    ColouredSquares examples = ColouredSquares.of(7, 3);
    TrainingConfig config = config(LossName.MULTI_SIMILARITY).epochs(1).build();
    TrainingConfig other = config(LossName.MULTI_SIMILARITY).epochs(1).seed(12).build();
    Checkpoint one = train(config, examples, directory.resolve("one"), silent());
    Checkpoint two = train(other, examples, directory.resolve("two"), silent());
    assertThat(one.getWeights()).isNotEqualTo(two.getWeights());
  }

  @Test
  void aLossThatIsNoNumberStopsTheTraining() {
    TrainingConfig config =
        config(LossName.MULTI_SIMILARITY).warmUpSteps(0).headRate(1e38).backboneRate(1e38).build();
    ColouredSquares examples = ColouredSquares.of(4, 0);
    assertThatThrownBy(() -> train(config, examples, directory, silent()))
        .isInstanceOf(Failure.class)
        .hasMessageMatching(
            "The loss is NaN in epoch 2, step 2\\. Lower the learning rates, or look at the"
                + " examples of that batch: \\[(10\\d\\d, ){7}10\\d\\d\\]\\.");
  }

  @Test
  void anImageThatCannotBeDecodedIsNamed() {
    ColouredSquares examples = ColouredSquares.of(3, 0);
    examples.add(Split.TRAIN, 500, new byte[] {1, 2, 3});
    assertThatThrownBy(
            () -> train(config(LossName.MULTI_SIMILARITY).build(), examples, directory, silent()))
        .isInstanceOf(Failure.class)
        .hasMessageStartingWith("The image of example 1012 cannot be decoded: ");
  }

  @Test
  void refusesExamplesWithoutATrainingSplit() {
    assertThatThrownBy(
            () ->
                train(
                    config(LossName.MULTI_SIMILARITY).build(),
                    ColouredSquares.of(0, 2),
                    directory,
                    silent()))
        .isInstanceOf(Failure.class)
        .hasMessageStartingWith("None of the 8 examples is in the training split.");
  }

  @Test
  void memoryStaysAsItIsFromStepToStep() {
    TrainingConfig config = config(LossName.NORMALIZED_SOFTMAX).averaging(0.5).epochs(4).build();
    List<Integer> arrays = new ArrayList<>();
    train(
        config,
        ColouredSquares.of(7, 3),
        directory,
        (step, steps, note) -> arrays.add(arraysOfTheProcess()));
    assertThat(arrays).hasSize(8);
    // The optimiser's state, of which saving makes arrays, is there after the first epoch.
    assertThat(arrays.subList(STEPS_PER_EPOCH, 8)).containsOnly(arrays.get(STEPS_PER_EPOCH));
  }

  private static int arraysOfTheProcess() {
    try (NDManager manager = NDManager.newBaseManager()) {
      return manager.getParentManager().getManagedArrays().size();
    }
  }

  @Test
  void aDamagedStateIsNotTakenForOne() throws IOException {
    TrainingConfig config = config(LossName.MULTI_SIMILARITY).build();
    ColouredSquares examples = ColouredSquares.of(7, 3);
    assertThatThrownBy(() -> train(config, examples, directory, dyingAfter(3)))
        .hasMessage("died in step 3");
    Path file;
    try (Stream<Path> files = Files.list(directory)) {
      file = files.findFirst().orElseThrow();
    }
    byte[] state = Files.readAllBytes(file);
    state[state.length / 2] ^= 1;
    Files.write(file, state);
    assertThatThrownBy(() -> train(config, examples, directory, silent()))
        .isInstanceOf(Failure.class)
        .hasMessageStartingWith(
            "The state of the training in " + file + " is damaged: the checksum")
        .hasMessageEndingWith("Delete the file to train from the beginning.");
    Files.write(file, new byte[] {1, 2});
    assertThatThrownBy(() -> train(config, examples, directory, silent()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("is damaged: it has only 2 bytes");
  }
}
