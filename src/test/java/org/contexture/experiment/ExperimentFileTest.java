package org.contexture.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.contexture.experiment.ExperimentFolder.SMALLEST;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.contexture.benchmark.PublishedBenchmark;
import org.contexture.experiment.keys.EffectiveSetting;
import org.contexture.image.Resize;
import org.contexture.loss.LossConfig;
import org.contexture.loss.LossName;
import org.contexture.model.Backbone;
import org.contexture.model.BatchNormMode;
import org.contexture.model.Head;
import org.contexture.model.Precision;
import org.contexture.record.Selection;
import org.contexture.retrieval.QueriesWithoutRelevant;
import org.contexture.retrieval.hnsw.HnswParameters;
import org.contexture.retrieval.rerank.RerankMethod;
import org.contexture.sampling.SamplerConfig;
import org.contexture.stage.RerankConfig;
import org.contexture.stage.ShardConfig;
import org.contexture.training.Milestones;
import org.contexture.training.TrainingDataConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExperimentFileTest {
  private static final String SHA256 = "0123456789abcdef".repeat(4);

  @TempDir private Path temporary;
  private ExperimentFolder folder;

  @BeforeEach
  void makeFolder() {
    folder = new ExperimentFolder(temporary);
  }

  @Test
  void theSmallestFileHasEveryDefault() {
    ExperimentSettings settings = folder.settings(SMALLEST);

    assertThat(settings.name()).isEqualTo("mine");
    assertThat(settings.seed()).isEqualTo(1);
    assertThat(settings.benchmark())
        .isEqualTo(
            new BenchmarkSettings(
                BenchmarkSettings.Name.EMOJI,
                Optional.empty(),
                0.12,
                OptionalDouble.empty(),
                PublishedBenchmark.Counts.ANY,
                Optional.empty()));
    assertThat(settings.images())
        .isEqualTo(
            new ImageSettings(
                64,
                ShardConfig.Encoding.PNG,
                Resize.shortSide(64),
                Resize.shortSide(64),
                Resize.shortSide(64),
                OptionalInt.empty(),
                128,
                0));
    assertThat(settings.model())
        .isEqualTo(
            new ModelSettings(
                Backbone.RESNET18,
                Head.AVERAGE_LINEAR,
                128,
                Precision.FLOAT32,
                Optional.empty(),
                Optional.empty()));
    assertThat(settings.pretrain())
        .isEqualTo(
            TrainingSettings.builder()
                .setLoss(LossConfig.of(LossName.MULTI_SIMILARITY, Map.of()))
                .setEpochs(30)
                .setData(TrainingDataConfig.everything())
                .setClassesPerBatch(16)
                .setImagesPerClass(4)
                .setLearningRate(0.001)
                .setBackboneRate(0.5)
                .setLossRate(1)
                .setProjectorSize(0)
                .setProjectorRate(2)
                .setSampler(new SamplerConfig.ClassBalanced())
                .setOptimiser(TrainingSettings.Optimiser.ADAM)
                .setWeightDecay(0.0001)
                .setLongestGradient(0)
                .setWarmupSteps(20)
                .setSchedule(TrainingSettings.Schedule.COSINE)
                .setMilestones(Milestones.none())
                .setBatchNorm(BatchNormMode.TRAINING)
                .setFrozenEpochs(0)
                .setAugmentation(new AugmentationSettings(0.6, 0.75, 4.0 / 3, true, false))
                .setAveraging(0)
                .setSelect(Selection.VALIDATION)
                .setValidateEvery(1)
                .setPatience(0)
                .setSeed(Optional.empty())
                .setCheckpointEvery(1)
                .setLoaderThreads(0)
                .build());
    assertThat(settings.train().loss()).isEqualTo(LossConfig.of(LossName.HYBRID, Map.of()));
    assertThat(settings.control()).isTrue();
    assertThat(settings.evaluate())
        .isEqualTo(
            new EvaluationSettings(
                Optional.empty(),
                List.of(),
                QueriesWithoutRelevant.EXCLUDED,
                true,
                Optional.empty(),
                2048,
                Optional.empty()));
    assertThat(settings.recallAt()).containsExactly(1, 2, 4, 8);
    assertThat(settings.report()).isEqualTo(new ReportSettings(12, 60, 8));
  }

  @Test
  void everyKeyReachesItsSetting() {
    ExperimentSettings settings =
        folder.settings(
            """
            name: own-photos
            seed: 9007199254740992
            benchmark: {name: image-folder, path: photos/./cats, validation_share: 0.2, test_share: 0.3}
            images: {size: 96, encoding: jpeg, stored_size: 120, test_resize: square, test_size: 112, jpeg_quality: 80, shard_megabytes: 64, max_rejected_share: 0.01}
            model: {backbone: resnet18, head: max_norm_linear, embedding_size: 64, precision: bfloat16, weights: w.safetensors, weights_sha256: %1$s}
            pretrain:
              loss: {name: normalized_softmax, temperature: 0.1}
            train:
              loss:
                name: hybrid
                weights: {contextual: 0.7, regulariser: 0.2}
                eps: 0.1
              epochs: 7
              classes_per_batch: 8
              images_per_class: 2
              learning_rate: 5e-4
              backbone_rate: 0.25
              loss_rate: 10
              projector_size: 48
              projector_rate: 3
              weight_decay: 0
              warmup_steps: 0
              schedule: step
              step_epochs: 3
              decay_factor: 0.5
              batch_norm: frozen_statistics
              frozen_epochs: 2
              augmentation: {min_scale: 0.3, min_aspect: 0.5, max_aspect: 1.33, flip: false}
              averaging: 0.99
              select: test
              validate_every: 2
              patience: 4
              seed: 8
              checkpoint_every: 3
              loader_threads: 2
            control: false
            evaluate: {recall_at: [10, 1], cut_offs: [20, 5], without_relevant: reference, clusters: false, memory_megabytes: 512, rerank: {name: k_reciprocal, depth: 60, k1: 9, k2: 3, lambda: 0.4}, approximate_index: {name: hnsw, m: 24, ef_construction: 150, ef_search: 80}}
            report: {queries: 3, classes: 7, neighbours: 5}
            """
                .formatted(SHA256));

    assertThat(settings.seed()).isEqualTo(1L << 53);
    assertThat(settings.benchmark())
        .isEqualTo(
            new BenchmarkSettings(
                BenchmarkSettings.Name.IMAGE_FOLDER,
                Optional.of(Path.of("photos/cats")),
                0.2,
                OptionalDouble.of(0.3),
                PublishedBenchmark.Counts.ANY,
                Optional.empty()));
    assertThat(settings.images())
        .isEqualTo(
            new ImageSettings(
                96,
                ShardConfig.Encoding.JPEG,
                Resize.shortSide(120),
                Resize.square(120),
                Resize.square(112),
                OptionalInt.of(80),
                64,
                0.01));
    assertThat(settings.model())
        .isEqualTo(
            new ModelSettings(
                Backbone.RESNET18,
                Head.MAX_NORM_LINEAR,
                64,
                Precision.BFLOAT16,
                Optional.of(new WeightsPlace("w.safetensors")),
                Optional.of(SHA256)));
    assertThat(settings.pretrain().loss())
        .isEqualTo(LossConfig.of(LossName.NORMALIZED_SOFTMAX, Map.of("temperature", 0.1)));
    assertThat(settings.train())
        .isEqualTo(
            TrainingSettings.builder()
                .setLoss(
                    LossConfig.of(
                        LossName.HYBRID,
                        Map.of("weights.contextual", 0.7, "weights.regulariser", 0.2, "eps", 0.1)))
                .setEpochs(7)
                .setData(TrainingDataConfig.everything())
                .setClassesPerBatch(8)
                .setImagesPerClass(2)
                .setLearningRate(0.0005)
                .setBackboneRate(0.25)
                .setLossRate(10)
                .setProjectorSize(48)
                .setProjectorRate(3)
                .setSampler(new SamplerConfig.ClassBalanced())
                .setOptimiser(TrainingSettings.Optimiser.ADAM)
                .setWeightDecay(0)
                .setLongestGradient(0)
                .setWarmupSteps(0)
                .setSchedule(TrainingSettings.Schedule.STEP)
                .setMilestones(Milestones.every(3, 7, 0.5))
                .setBatchNorm(BatchNormMode.FROZEN_STATISTICS)
                .setFrozenEpochs(2)
                .setAugmentation(new AugmentationSettings(0.3, 0.5, 1.33, false, false))
                .setAveraging(0.99)
                .setSelect(Selection.TEST)
                .setValidateEvery(2)
                .setPatience(4)
                .setSeed(Optional.of(8L))
                .setCheckpointEvery(3)
                .setLoaderThreads(2)
                .build());
    assertThat(settings.control()).isFalse();
    assertThat(settings.evaluate())
        .isEqualTo(
            new EvaluationSettings(
                Optional.of(List.of(1, 10)),
                List.of(5, 20),
                QueriesWithoutRelevant.REFERENCE,
                false,
                Optional.of(new RerankConfig(new RerankMethod.KReciprocal(9, 3, 0.4), 60)),
                512,
                Optional.of(new ApproximateIndexSettings(new HnswParameters(24, 150), 80))));
    assertThat(settings.recallAt()).containsExactly(1, 10);
    assertThat(settings.report()).isEqualTo(new ReportSettings(3, 7, 5));
  }

  @Test
  void everyWayToReRankHasItsDefaults() {
    assertThat(rerank("none")).isEmpty();
    assertThat(rerank("k_reciprocal"))
        .contains(new RerankConfig(new RerankMethod.KReciprocal(20, 6, 0.3), 100));
    assertThat(rerank("query_expansion"))
        .contains(new RerankConfig(new RerankMethod.QueryExpansion(10, 3), 100));
    assertThat(rerank("contextual"))
        .contains(new RerankConfig(new RerankMethod.Contextual(4, 0.05, 0.5), 100));
  }

  private Optional<RerankConfig> rerank(String name) {
    return folder.settings(SMALLEST, "evaluate.rerank.name=" + name).evaluate().rerank();
  }

  @Test
  void filesThatMeanTheSameMakeEqualSettings() {
    ExperimentSettings settings =
        folder.settings(
            """
            "benchmark": {validation_share: 12e-2, name: "emoji"}
            name: 'mine'
            images:            # all left to its default
            train:
              epochs: 15.0
              weight_decay: 0.00010
              averaging: -0.0
              loss: {weights: {contextual: .4}}
            evaluate: {recall_at: none}
            report: {queries: 0xC}
            model: {weights: none}
            """);

    assertThat(settings).isEqualTo(folder.settings(SMALLEST));
    assertThat(settings.hashCode()).isEqualTo(folder.settings(SMALLEST).hashCode());
  }

  @Test
  void anAliasStandsForWhatItNames() {
    ExperimentSettings settings =
        folder.settings(
            SMALLEST
                + """
                pretrain:
                  augmentation: &crops {min_scale: 0.9}
                train:
                  augmentation: *crops
                """);

    assertThat(settings.train().augmentation().minScale()).isEqualTo(0.9);
    assertThat(settings.train().augmentation()).isEqualTo(settings.pretrain().augmentation());
  }

  @Test
  void everySettingThatHoldsHasItsSource() {
    List<EffectiveSetting> effective =
        folder.read(SMALLEST + "train:\n  epochs: 3\n", "seed=7", "images.size=32").effective();

    String file = temporary.resolve("mine.yaml").toString();
    assertThat(effective)
        .contains(
            new EffectiveSetting("name", "mine", file + ":1:7"),
            new EffectiveSetting("seed", "7", "--set seed=7"),
            new EffectiveSetting("images.size", "32", "--set images.size=32"),
            new EffectiveSetting("train.epochs", "3", file + ":5:11"),
            new EffectiveSetting("train.learning_rate", "0.0003", "default"),
            new EffectiveSetting("train.loss.weights.contextual", "0.4", "default"),
            new EffectiveSetting("evaluate.recall_at", "none", "default"),
            new EffectiveSetting("model.weights", "none", "default"));
    assertThat(effective)
        .extracting(EffectiveSetting::key)
        .doesNotHaveDuplicates()
        .doesNotContain("images.jpeg_quality", "benchmark.path", "train.loss.temperature");
  }

  @Test
  void bothExperimentsOfTheProductShareEverythingUpToPretraining() {
    ExperimentSettings hybrid =
        ExperimentFile.read(Path.of("pipelines/emoji.yaml"), List.of()).settings();
    ExperimentSettings contrastive =
        ExperimentFile.read(Path.of("pipelines/emoji-contrastive.yaml"), List.of()).settings();

    assertThat(hybrid.train().loss().name()).isEqualTo(LossName.HYBRID);
    assertThat(contrastive.train().loss().name()).isEqualTo(LossName.CONTRASTIVE);
    assertThat(contrastive.seed()).isEqualTo(hybrid.seed());
    assertThat(contrastive.benchmark()).isEqualTo(hybrid.benchmark());
    assertThat(contrastive.images()).isEqualTo(hybrid.images());
    assertThat(contrastive.model()).isEqualTo(hybrid.model());
    assertThat(contrastive.pretrain()).isEqualTo(hybrid.pretrain());
  }
}
