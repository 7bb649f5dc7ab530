package org.contexture.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.contexture.failure.Failure;
import org.contexture.image.AugmentationConfig;
import org.contexture.image.Resize;
import org.contexture.locale.OtherDigits;
import org.contexture.loss.LossConfig;
import org.contexture.loss.LossName;
import org.contexture.model.Backbone;
import org.contexture.model.BatchNormMode;
import org.contexture.model.Head;
import org.contexture.model.InitialWeights;
import org.contexture.model.ModelConfig;
import org.contexture.model.Precision;
import org.contexture.model.Safetensors;
import org.contexture.model.TensorData;
import org.contexture.record.Checkpoint;
import org.contexture.record.EpochLog;
import org.contexture.record.NamedValue;
import org.contexture.record.Selection;
import org.contexture.record.Split;
import org.contexture.record.StepLog;
import org.contexture.record.StepTiming;
import org.contexture.sampling.SamplerConfig;
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
        .testResize(Resize.shortSide(ColouredSquares.SIZE))
        .validateEvery(1)
        .seed(11);
  }

  private static TrainingOutcome train(
      TrainingConfig config, TrainingExamples examples, Path state, TrainingListener listener) {
    return train(config, examples, state, new Execution(1, 0), listener);
  }

  private static TrainingOutcome train(
      TrainingConfig config,
      TrainingExamples examples,
      Path state,
      Execution execution,
      TrainingListener listener) {
    byte[] weights = InitialWeights.random(MODEL, 3);
    return new Trainer(config, examples, state, state.toString(), execution, listener)
        .train(MODEL, weights);
  }

  /** What is the same on every run. */
  private static TrainingOutcome withoutTimings(TrainingOutcome outcome) {
    return new TrainingOutcome(outcome.checkpoint(), outcome.epochs(), outcome.steps(), List.of());
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
    "MULTI_SIMILARITY, 0, TRAINING, 0, 0, VALIDATION, FLOAT32",
    "NORMALIZED_SOFTMAX, 12, TRAINING, 0.9, 2, TEST, FLOAT32",
    "HYBRID, 24, FROZEN_STATISTICS, 0, 3, LAST, BFLOAT16",
    "CONTRASTIVE, 0, FROZEN, 0.9, 1, VALIDATION, FLOAT16"
  })
  void aTrainingThatDiesAgainAndAgainEndsWithTheSameBytes(
      LossName loss,
      int projectorSize,
      BatchNormMode batchNorm,
      double averaging,
      int frozenEpochs,
      Selection selection,
      Precision precision) {
    TrainingConfig config =
        config(loss)
            .precision(precision)
            .projectorSize(projectorSize)
            .batchNorm(batchNorm)
            .averaging(averaging)
            .frozenEpochs(frozenEpochs)
            .selection(selection)
            .build();
    ColouredSquares examples = ColouredSquares.of(7, 3, 3);
    TrainingOutcome whole = train(config, examples, directory.resolve("whole"), silent());

    Path state = directory.resolve("pieces");
    for (long step : new long[] {1, 3, 4, 7, 10}) {
      assertThatThrownBy(() -> train(config, examples, state, dyingAfter(step)))
          .hasMessage("died in step " + step);
    }
    TrainingOutcome pieces = train(config, examples, state, silent());

    assertThat(withoutTimings(pieces)).isEqualTo(withoutTimings(whole));
    assertThat(pieces.timings()).extracting(StepTiming::getStep).isEqualTo(numbersTo(10));
    assertThat(train(config, examples, state, dyingAfter(1))).isEqualTo(pieces);
  }

  private TrainingOutcome overflowing(String state) {
    TrainingConfig config =
        config(LossName.HYBRID)
            .loss(LossConfig.of(LossName.NT_XENT, Map.of("temperature", 1e-2)))
            .precision(Precision.FLOAT16)
            .build();
    return train(config, ColouredSquares.of(7, 3, 3), directory.resolve(state), silent());
  }

  @Test
  void whatIsLoggedIsTheSameInACountryWithOtherDigits() throws Exception {
    TrainingOutcome here = OtherDigits.nowhere(() -> overflowing("here"));
    TrainingOutcome there = OtherDigits.there(() -> overflowing("there"));

    assertThat(withoutTimings(there)).isEqualTo(withoutTimings(here));
    assertThat(there.steps().get(0).getWarnings()).isNotEmpty();
  }

  @Test
  void aStepWhoseGradientOverflowsInFloat16IsLeftOut() {
    TrainingOutcome outcome = overflowing("state");

    assertThat(outcome.steps().get(0).getWarnings())
        .contains(
            "The gradient of 65536 times the loss is not finite in float16: this step is left out.");
    assertThat(outcome.steps().get(EPOCHS * STEPS_PER_EPOCH - 1).getWarnings()).isEmpty();
    for (TensorData tensor :
        Safetensors.parse(outcome.checkpoint().getWeights().array(), "it").tensors().values()) {
      if (tensor.type() != TensorData.Type.I64) {
        for (float weight : tensor.floats()) {
          assertThat(weight).isFinite();
        }
      }
    }
  }

  @Test
  void aProjectorIsLearnedAndThrownAway() {
    TrainingConfig without = config(LossName.CONTRASTIVE).build();
    TrainingConfig learned =
        config(LossName.CONTRASTIVE).projectorSize(24).projectorRate(1e-3).build();
    TrainingConfig fixed = config(LossName.CONTRASTIVE).projectorSize(24).weightDecay(0).build();
    TrainingConfig free =
        config(LossName.CONTRASTIVE).projectorSize(24).projectorRate(1e-3).weightDecay(0).build();

    byte[] checkpoint = checkpointOf(learned);

    assertThat(Safetensors.parse(checkpoint, "the checkpoint").tensors().keySet())
        .isEqualTo(
            Safetensors.parse(InitialWeights.random(MODEL, 3), "the start").tensors().keySet());
    assertThat(checkpoint).isNotEqualTo(checkpointOf(without));
    assertThat(checkpointOf(free)).isNotEqualTo(checkpointOf(fixed));
  }

  private byte[] checkpointOf(TrainingConfig config) {
    Path state = directory.resolve(Integer.toString(config.hashCode()));
    return train(config, ColouredSquares.of(7, 3, 3), state, silent())
        .checkpoint()
        .getWeights()
        .array();
  }

  @Test
  void aSamplerThatLooksAtTheNetworkGoesOnWhereItWas() {
    TrainingConfig config =
        config(LossName.MULTI_SIMILARITY).sampler(new SamplerConfig.NearestClasses(4)).build();
    ColouredSquares examples = ColouredSquares.of(7, 3, 3);
    TrainingOutcome whole = train(config, examples, directory.resolve("whole"), silent());

    Path state = directory.resolve("pieces");
    for (long step : new long[] {3, 7}) {
      assertThatThrownBy(() -> train(config, examples, state, dyingAfter(step)))
          .hasMessage("died in step " + step);
    }

    assertThat(withoutTimings(train(config, examples, state, silent())))
        .isEqualTo(withoutTimings(whole))
        .isNotEqualTo(
            withoutTimings(
                train(
                    config(LossName.MULTI_SIMILARITY).build(),
                    examples,
                    directory.resolve("balanced"),
                    silent())));
  }

  private static List<Long> numbersTo(long last) {
    return LongStream.rangeClosed(1, last).boxed().toList();
  }

  @Test
  void theThreadsThatLoadBatchesChangeNothing() {
    TrainingConfig config = config(LossName.MULTI_SIMILARITY).build();
    ColouredSquares examples = ColouredSquares.of(7, 3);
    TrainingOutcome one =
        train(config, examples, directory.resolve("one"), new Execution(1, 1), silent());
    TrainingOutcome four =
        train(config, examples, directory.resolve("four"), new Execution(3, 4), silent());
    assertThat(withoutTimings(four)).isEqualTo(withoutTimings(one));
  }

  @Test
  void everyStepIsLogged() {
    TrainingConfig config = config(LossName.HYBRID).longestGradient(1e-3).build();
    TrainingOutcome outcome = train(config, ColouredSquares.of(7, 3), directory, silent());
    assertThat(outcome.steps()).extracting(StepLog::getStep).isEqualTo(numbersTo(10));
    assertThat(outcome.steps())
        .extracting(StepLog::getEpoch)
        .containsExactly(1, 1, 2, 2, 3, 3, 4, 4, 5, 5);
    assertThat(outcome.steps())
        .allSatisfy(
            step -> {
              assertThat(step.getTerms()).hasSize(3);
              assertThat(step.getLearningRates()).hasSize(2);
              // Before it is clipped.
              assertThat(step.getGradientNorm()).isGreaterThan(1e-3);
              assertThat(step.getWarnings()).isEmpty();
            });
    EpochLog first = outcome.epochs().get(0);
    double sum = outcome.steps().get(0).getLoss() + outcome.steps().get(1).getLoss();
    assertThat(first.getLoss()).isEqualTo(sum / STEPS_PER_EPOCH);
    assertThat(outcome.timings())
        .extracting(StepTiming::getStep)
        .isEqualTo(outcome.steps().stream().map(StepLog::getStep).toList());
  }

  @Test
  void aFrozenBackboneStaysAsItIs() {
    TrainingConfig config =
        config(LossName.MULTI_SIMILARITY)
            .batchNorm(BatchNormMode.FROZEN)
            .epochs(2)
            .frozenEpochs(2)
            .selection(Selection.LAST)
            .build();
    TrainingOutcome outcome = train(config, ColouredSquares.of(7, 3), directory, silent());
    SortedMap<String, TensorData> before =
        Safetensors.parse(InitialWeights.random(MODEL, 3), "initial").tensors();
    SortedMap<String, TensorData> after =
        Safetensors.parse(outcome.checkpoint().getWeights().array(), "trained").tensors();
    assertThat(after.keySet()).isEqualTo(before.keySet());
    after.forEach(
        (name, tensor) ->
            assertThat(tensor.data().equals(before.get(name).data()))
                .as(name)
                .isEqualTo(name.startsWith("backbone.")));
    assertThat(outcome.epochs().get(1).getLearningRates())
        .extracting(NamedValue::getName, rate -> rate.getValue() > 0)
        .containsExactly(tuple("backbone", false), tuple("head", true));
    assertThat(optimiserSteps("backbone.conv1.weight")).isZero();
    assertThat(optimiserSteps("remap.weight")).isEqualTo(2 * STEPS_PER_EPOCH);
  }

  @Test
  void theBackboneStartsAfterTheFrozenEpochs() {
    TrainingConfig config =
        config(LossName.NORMALIZED_SOFTMAX)
            .batchNorm(BatchNormMode.FROZEN)
            .epochs(3)
            .frozenEpochs(2)
            .build();
    TrainingOutcome outcome = train(config, ColouredSquares.of(7, 3), directory, silent());
    assertThat(optimiserSteps("backbone.conv1.weight")).isEqualTo(STEPS_PER_EPOCH);
    assertThat(optimiserSteps("loss/proxies")).isEqualTo(3 * STEPS_PER_EPOCH);
    assertThat(outcome.epochs())
        .extracting(epoch -> epoch.getLearningRates().get(0).getValue() > 0)
        .containsExactly(false, false, true);
  }

  /** The paper's 224 track lets scale and shift train then; frozen_statistics is that. */
  @Test
  void frozenBatchNormStaysFrozenWhenTheBackboneStarts() {
    TrainingConfig config =
        config(LossName.MULTI_SIMILARITY)
            .batchNorm(BatchNormMode.FROZEN)
            .epochs(2)
            .frozenEpochs(1)
            .selection(Selection.LAST)
            .build();
    TrainingOutcome outcome = train(config, ColouredSquares.of(7, 3), directory, silent());
    SortedMap<String, TensorData> before =
        Safetensors.parse(InitialWeights.random(MODEL, 3), "initial").tensors();
    SortedMap<String, TensorData> after =
        Safetensors.parse(outcome.checkpoint().getWeights().array(), "trained").tensors();
    assertThat(after.get("backbone.bn1.weight")).isEqualTo(before.get("backbone.bn1.weight"));
    assertThat(after.get("backbone.conv1.weight"))
        .isNotEqualTo(before.get("backbone.conv1.weight"));
  }

  @Test
  void thereIsOneProxyForEachTrainingClass() {
    train(config(LossName.PROXY_ANCHOR).build(), ColouredSquares.of(7, 3), directory, silent());
    Safetensors saved = new StateFile(directory, "").read().orElseThrow();
    assertThat(saved.tensors().get("loss/proxies").shape())
        .containsExactly(7L, (long) MODEL.embeddingSize());
  }

  private long optimiserSteps(String parameter) {
    Safetensors saved = new StateFile(directory, "").read().orElseThrow();
    return saved.tensors().get("optimiser/" + parameter + ".steps").longs()[0];
  }

  /** Whose network stays as it is, and so its Recall@1. */
  private static TrainingConfig.Builder withoutProgress() {
    return config(LossName.NORMALIZED_SOFTMAX)
        .batchNorm(BatchNormMode.FROZEN)
        .headRate(0)
        .backboneRate(0);
  }

  @Test
  void endsWhenNothingGetsBetter() {
    ColouredSquares examples = ColouredSquares.of(7, 3);
    TrainingOutcome whole =
        train(withoutProgress().build(), examples, directory.resolve("whole"), silent());
    TrainingConfig patient = withoutProgress().patience(2).build();
    Path state = directory.resolve("stopped");
    for (long step : new long[] {1, 4, 5}) {
      assertThatThrownBy(() -> train(patient, examples, state, dyingAfter(step)))
          .hasMessage("died in step " + step);
    }
    TrainingOutcome stopped = train(patient, examples, state, silent());
    assertThat(stopped.epochs()).isEqualTo(whole.epochs().subList(0, 3));
    assertThat(stopped.steps()).isEqualTo(whole.steps().subList(0, 3 * STEPS_PER_EPOCH));
    assertThat(stopped.checkpoint().getEpoch()).isEqualTo(1);
    assertThat(stopped.checkpoint().getWeights()).isEqualTo(whole.checkpoint().getWeights());
    assertThat(train(patient, examples, state, dyingAfter(7))).isEqualTo(stopped);
  }

  @Test
  void patienceCountsMeasurements() {
    TrainingConfig config = withoutProgress().validateEvery(2).patience(1).build();
    TrainingOutcome outcome = train(config, ColouredSquares.of(7, 3), directory, silent());
    assertThat(outcome.epochs()).hasSize(4);
    assertThat(outcome.checkpoint().getEpoch()).isEqualTo(2);
  }

  @Test
  void theTestClassesSelectWhereTheyAreAskedTo() {
    TrainingConfig config = config(LossName.MULTI_SIMILARITY).selection(Selection.TEST).build();
    List<String> notes = new ArrayList<>();
    TrainingOutcome outcome =
        train(
            config, ColouredSquares.of(7, 0, 3), directory, (step, steps, note) -> notes.add(note));
    Checkpoint kept = outcome.checkpoint();
    assertThat(kept.getSelectedOn()).isEqualTo(Selection.TEST);
    assertThat(kept.getSelectionRecallAt1())
        .isEqualTo(
            outcome.epochs().stream()
                .mapToDouble(EpochLog::getSelectionRecallAt1)
                .max()
                .orElseThrow());
    assertThat(notes.get(0)).matches("epoch 1/5, loss \\S+, \\d+ images/s, waiting \\d+ %");
    assertThat(notes.get(STEPS_PER_EPOCH))
        .contains(", test R@1 ")
        .endsWith(" (epoch 1, selected on the test set, as the paper does: optimistic)");
  }

  @Test
  void queriesAreSearchedForInTheGalleryAlone() {
    ColouredSquares examples = ColouredSquares.of(7, 0);
    byte[] picture = examples.image(0);
    // Whatever is learned, each query looks like the other, and like another class in the gallery.
    examples.add(Split.QUERY, 500, picture);
    examples.add(Split.GALLERY, 600, picture);
    examples.add(Split.QUERY, 500, picture);
    examples.add(Split.GALLERY, 500, examples.image(8));

    TrainingOutcome outcome =
        train(
            config(LossName.MULTI_SIMILARITY).selection(Selection.TEST).build(),
            examples,
            directory,
            silent());

    assertThat(outcome.epochs()).extracting(EpochLog::getSelectionRecallAt1).containsOnly(0.0);
  }

  @Test
  void withheldTrainingExamplesSelectNothing() {
    TrainingConfig config =
        config(LossName.MULTI_SIMILARITY)
            .selection(Selection.TEST)
            .data(new TrainingDataConfig(0, TrainingDataConfig.NoiseWithin.ALL, 0.6, 1))
            .build();
    TrainingOutcome outcome = train(config, ColouredSquares.of(7, 0), directory, silent());
    assertThat(outcome.checkpoint().getSelectedOn()).isEqualTo(Selection.LAST);
  }

  @Test
  void theLastWeightsAreKeptWhereTheyAreAskedFor() {
    TrainingConfig config = config(LossName.MULTI_SIMILARITY).selection(Selection.LAST).build();
    TrainingOutcome outcome = train(config, ColouredSquares.of(7, 3), directory, silent());
    assertThat(outcome.checkpoint().getEpoch()).isEqualTo(EPOCHS);
    assertThat(outcome.checkpoint().getSelectedOn()).isEqualTo(Selection.LAST);
    assertThat(outcome.checkpoint().getSelectionRecallAt1()).isNaN();
    assertThat(outcome.epochs()).noneMatch(epoch -> Double.isNaN(epoch.getSelectionRecallAt1()));
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
    TrainingOutcome outcome = train(config, ColouredSquares.of(7, 3), directory, silent());
    List<EpochLog> epochs = outcome.epochs();
    assertThat(epochs).extracting(EpochLog::getEpoch).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
    assertThat(epochs.get(7).getStep()).isEqualTo(8 * STEPS_PER_EPOCH);
    assertThat(epochs.get(7).getLoss()).isLessThan(0.8 * epochs.get(0).getLoss());
    assertThat(epochs.get(0).getTerms()).isNotEmpty();
    assertThat(epochs.get(0).getLearningRates())
        .extracting(rate -> rate.getName())
        .containsExactly("backbone", "head");
    assertThat(epochs.get(0).getLearningRates().get(1).getValue()).isEqualTo(1e-2);
    assertThat(outcome.checkpoint().getArchitecture()).isEqualTo(MODEL.toJson());
  }

  @Test
  void keepsTheFirstOfTheBestEpochs() {
    TrainingOutcome outcome =
        train(
            config(LossName.MULTI_SIMILARITY).build(),
            ColouredSquares.of(7, 3),
            directory,
            silent());
    Checkpoint checkpoint = outcome.checkpoint();
    EpochLog best =
        outcome.epochs().stream()
            .max(
                Comparator.comparingDouble(EpochLog::getSelectionRecallAt1)
                    .thenComparing(Comparator.comparing(EpochLog::getEpoch).reversed()))
            .orElseThrow();
    assertThat(checkpoint.getEpoch()).isEqualTo(best.getEpoch());
    assertThat(checkpoint.getStep()).isEqualTo((long) best.getEpoch() * STEPS_PER_EPOCH);
    assertThat(checkpoint.getSelectedOn()).isEqualTo(Selection.VALIDATION);
    assertThat(checkpoint.getSelectionRecallAt1()).isEqualTo(best.getSelectionRecallAt1());
  }

  @Test
  void measuresWhenDueAndAfterTheLastEpoch() {
    TrainingConfig config = config(LossName.MULTI_SIMILARITY).validateEvery(3).build();
    TrainingOutcome outcome = train(config, ColouredSquares.of(7, 3), directory, silent());
    assertThat(outcome.epochs())
        .filteredOn(epoch -> !Double.isNaN(epoch.getSelectionRecallAt1()))
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
                silent())
            .checkpoint();
    assertThat(checkpoint.getEpoch()).isEqualTo(EPOCHS);
    assertThat(checkpoint.getSelectedOn()).isEqualTo(Selection.LAST);
    assertThat(checkpoint.getSelectionRecallAt1()).isNaN();
    assertThat(checkpoint.getWeights().array()).isNotEqualTo(InitialWeights.random(MODEL, 3));
  }

  @Test
  void theSeedDecides() {
    ColouredSquares examples = ColouredSquares.of(7, 3);
    TrainingConfig config = config(LossName.MULTI_SIMILARITY).epochs(1).build();
    TrainingConfig other = config(LossName.MULTI_SIMILARITY).epochs(1).seed(12).build();
    TrainingOutcome one = train(config, examples, directory.resolve("one"), silent());
    TrainingOutcome two = train(other, examples, directory.resolve("two"), silent());
    assertThat(one.checkpoint().getWeights()).isNotEqualTo(two.checkpoint().getWeights());
  }

  @Test
  void aLossThatIsNoNumberStopsTheTrainingAndItsBatchIsKept() throws IOException {
    TrainingConfig config =
        config(LossName.MULTI_SIMILARITY).warmUpSteps(0).headRate(1e38).backboneRate(1e38).build();
    ColouredSquares examples = ColouredSquares.of(4, 0);
    assertThatThrownBy(() -> train(config, examples, directory, silent()))
        .isInstanceOf(Failure.class)
        .hasMessage(
            "The loss is NaN in epoch 2, step 2. Lower the learning rates, or look at the examples"
                + " of that batch, which are in "
                + directory.resolve("failed-batch.json")
                + ".");
    JsonNode batch = new ObjectMapper().readTree(directory.resolve("failed-batch.json").toFile());
    assertThat(batch.get("epoch").asInt()).isEqualTo(2);
    assertThat(batch.get("step").asInt()).isEqualTo(2);
    assertThat(batch.get("loss").asText()).isEqualTo("NaN");
    assertThat(batch.get("terms")).isNotEmpty();
    assertThat(batch.get("examples")).hasSize(8);
    assertThat(batch.get("examples"))
        .allSatisfy(
            example ->
                assertThat(example.get("label").asInt())
                    .isEqualTo(examples.label(example.get("id").asInt() - 1000).getLabel()));
  }

  /** Weights that undo each other: the loss is as usual, the gradient of the small ones is huge. */
  @Test
  void aGradientThatIsNotFiniteStopsTheTrainingAtItsOwnBatch() throws IOException {
    SortedMap<String, TensorData> weights =
        new TreeMap<>(Safetensors.parse(InitialWeights.random(MODEL, 3), "initial").tensors());
    weights.computeIfPresent("backbone.conv1.weight", (name, tensor) -> times(tensor, 1e-25f));
    weights.computeIfPresent("remap.weight", (name, tensor) -> times(tensor, 1e25f));
    weights.computeIfPresent("remap.bias", (name, tensor) -> times(tensor, 0));
    List<String> kept = new ArrayList<>();
    Trainer trainer =
        new Trainer(
            config(LossName.MULTI_SIMILARITY).batchNorm(BatchNormMode.FROZEN).build(),
            ColouredSquares.of(4, 0),
            directory,
            "gs://bucket/kept",
            new Execution(1, 0),
            new TrainingListener() {
              @Override
              public void progressed(long step, long steps, String note) {}

              @Override
              public void saved() {
                kept.addAll(filesIn(directory));
              }
            });
    byte[] given = Safetensors.of(weights).toBytes();
    assertThatThrownBy(() -> trainer.train(MODEL, given))
        .isInstanceOf(Failure.class)
        .hasMessage(
            "The length of the gradient is Infinity in epoch 1, step 1. Lower the learning rates,"
                + " or look at the examples of that batch, which are in"
                + " gs://bucket/kept/failed-batch.json.");
    assertThat(kept).containsExactly("failed-batch.json");
    JsonNode batch = new ObjectMapper().readTree(directory.resolve("failed-batch.json").toFile());
    assertThat(batch.get("loss").isNumber()).isTrue();
    assertThat(batch.get("gradientNorm").asText()).isEqualTo("Infinity");
    assertThat(batch.get("examples")).hasSize(8);
  }

  private static List<String> filesIn(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static TensorData times(TensorData tensor, float factor) {
    float[] values = tensor.floats();
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor;
    }
    return TensorData.of(values, tensor.shape());
  }

  @Test
  void aSamplerThatMakesNoBatchIsAUsersMistake() {
    TrainingConfig config =
        config(LossName.MULTI_SIMILARITY)
            .sampler(new SamplerConfig.Pooled())
            .classesPerBatch(200)
            .imagesPerClass(4)
            .build();
    assertThatThrownBy(() -> train(config, ColouredSquares.of(96, 0), directory, silent()))
        .isInstanceOf(Failure.class)
        .hasMessage(
            "The sampler pooled makes no batch of 800 images from 384 training examples of 96"
                + " classes. Lower classes_per_batch or images_per_class of this stage, or choose"
                + " another sampler.name for it.");
  }

  @Test
  void anImageThatCannotBeDecodedIsNamed() {
    ColouredSquares examples = ColouredSquares.of(3, 0);
    examples.add(Split.TRAIN, 500, new byte[] {1, 2, 3});
    assertThatThrownBy(
            () -> train(config(LossName.MULTI_SIMILARITY).build(), examples, directory, silent()))
        .isInstanceOf(Failure.class)
        .hasMessageStartingWith("The image of example 1012 cannot be used: ");
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
