package org.contexture.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.contexture.image.Resize;
import org.contexture.loss.LossConfig;
import org.contexture.loss.LossName;
import org.contexture.model.Backbone;
import org.contexture.model.BatchNormMode;
import org.contexture.model.Head;
import org.contexture.model.Precision;
import org.contexture.record.Selection;
import org.contexture.sampling.SamplerConfig;
import org.contexture.stage.ShardConfig;
import org.contexture.training.Milestones;
import org.contexture.training.TrainingDataConfig;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The files of the 224 track say what the reference specification says of {@code 224x224/train.py}
 * (§2). The table has the published runs and the tuned baselines by the names of its options; what
 * §2 does not say of a baseline is as in the published run on the same data set.
 */
class Paper224TrackTest {
  private static final Path FOLDER = Path.of("pipelines/paper-224");

  /** What a file calls the losses of the reference. */
  private static final Map<String, String> WORDS =
      Map.of(
          "Hybrid",
          "hybrid",
          "Contrastive",
          "contrastive",
          "Roadmap",
          "roadmap",
          "Triplet",
          "triplet",
          "MS+miner",
          "multi-similarity-miner",
          "Proxy_Anchor",
          "proxy-anchor",
          "Proxy_NCA",
          "proxy-nca");

  @ParameterizedTest
  @CsvFileSource(resources = "paper-224-runs.csv", useHeadersInDisplayName = true)
  void aFileSaysWhatTheReferenceDoes(ArgumentsAccessor run) {
    String dataset = run.getString(0).toLowerCase(Locale.ROOT);
    String name = dataset + "-224-" + WORDS.get(run.getString(1));

    ExperimentSettings settings =
        ExperimentFile.read(FOLDER.resolve(name + ".yaml"), List.of()).settings();

    assertThat(settings.name()).isEqualTo(name);
    assertThat(settings.benchmark().name())
        .isEqualTo(
            switch (dataset) {
              case "cub" -> BenchmarkSettings.Name.CUB200;
              case "cars" -> BenchmarkSettings.Name.CARS196;
              default -> BenchmarkSettings.Name.SOP;
            });
    assertThat(settings.benchmark().validationShare()).isZero();
    assertThat(settings.images())
        .isEqualTo(
            new ImageSettings(
                224,
                ShardConfig.Encoding.ORIGINAL,
                Resize.shortSide(224),
                Resize.shortSide(224),
                Resize.shortSide(256),
                OptionalInt.empty(),
                128,
                0));
    assertThat(settings.model())
        .isEqualTo(
            new ModelSettings(
                Backbone.RESNET50,
                Head.GEM_LINEAR,
                512,
                Precision.FLOAT32,
                Optional.of(new WeightsPlace("imagenet")),
                Optional.empty()));
    assertThat(settings.train()).isEqualTo(training(run));
    assertThat(settings.control()).isFalse();
    Optional<Double> recall = Optional.ofNullable(run.getDouble(16));
    assertThat(settings.published())
        .isEqualTo(
            new PublishedSettings(PublishedSettings.Track.PAPER_224, recall, recall.isPresent()));
  }

  private static TrainingSettings training(ArgumentsAccessor run) {
    int batchSize = run.getInteger(3);
    int epochs = run.getInteger(4);
    boolean learns = run.getString(1).startsWith("Proxy");
    int warm = run.getInteger(12);
    return TrainingSettings.builder()
        .setLoss(loss(run))
        .setEpochs(epochs)
        .setData(TrainingDataConfig.everything())
        .setClassesPerBatch(batchSize / 4)
        .setImagesPerClass(4)
        .setLearningRate(run.getDouble(2))
        .setBackboneRate(1)
        .setLossRate(learns ? 100 : 1)
        .setProjectorSize(run.getString(7).equals("linear") ? 2048 : 0)
        .setProjectorRate(2)
        .setSampler(sampler(run.getInteger(11), run.getInteger(13) == 1, batchSize))
        .setOptimiser(TrainingSettings.Optimiser.ADAMW)
        .setWeightDecay(1e-4)
        .setLongestGradient(0)
        .setWarmupSteps(0)
        .setSchedule(TrainingSettings.Schedule.STEP)
        .setMilestones(Milestones.every(run.getInteger(5), epochs, run.getDouble(6)))
        // The end of the warm-up sets scale and shift free in spite of bn-freeze (§2.2).
        .setBatchNorm(warm > 0 ? BatchNormMode.FROZEN_STATISTICS : BatchNormMode.FROZEN)
        .setFrozenEpochs(warm)
        .setAugmentation(new AugmentationSettings(run.getDouble(14), 3.0 / 4, 4.0 / 3, true, false))
        .setAveraging(0)
        .setSelect(Selection.LAST)
        .setValidateEvery(run.getInteger(15))
        .setPatience(0)
        .setSeed(Optional.empty())
        .setCheckpointEvery(1)
        .setLoaderThreads(0)
        .build();
  }

  private static SamplerConfig sampler(int imagesPerClass, boolean hierarchical, int batchSize) {
    if (hierarchical) {
      return new SamplerConfig.SuperClassHalves(10, 66, 84480 / batchSize);
    }
    return imagesPerClass == 0 ? new SamplerConfig.Shuffled() : new SamplerConfig.Pooled();
  }

  /** §2.4; the weight gamma of the regulariser, and its target where it has a weight. */
  private static LossConfig loss(ArgumentsAccessor run) {
    double gamma = run.getDouble(8);
    LossName name;
    SortedMap<String, Double> options;
    switch (run.getString(1)) {
      case "Hybrid" -> {
        name = LossName.HYBRID;
        options = LossOptions.of("k 4 ablation 0 positive_margin 0.75 negative_margin 0.6");
        BigDecimal lam = new BigDecimal(run.getString(9));
        options.put("weights.contrastive", lam.doubleValue());
        options.put("weights.contextual", BigDecimal.ONE.subtract(lam).doubleValue());
        options.put("eps", run.getDouble(10));
      }
      case "Contrastive" -> {
        name = LossName.CONTRASTIVE;
        options = LossOptions.of("weights.contrastive 1 positive_margin 0.9 negative_margin 0.6");
      }
      case "Roadmap" -> {
        name = LossName.ROADMAP;
        options =
            LossOptions.of(
                "weights.sup_ap 0.5 weights.contrastive 0.5 temperature 0.01 delta 0.05 slope 100"
                    + " offset 1.44 positive_margin 0.9 negative_margin 0.6");
      }
      case "Triplet" -> {
        name = LossName.TRIPLET;
        options = LossOptions.of("weights.triplet 1 margin 0.05 cutoff 0.5 farthest 1.4");
      }
      case "MS+miner" -> {
        name = LossName.MULTI_SIMILARITY_MINER;
        options =
            LossOptions.of("weights.multi_similarity_miner 1 alpha 2 beta 50 base 0.5 slack 0.1");
      }
      case "Proxy_Anchor" -> {
        name = LossName.PROXY_ANCHOR;
        options = LossOptions.of("weights.proxy_anchor 1 alpha 32 margin 0.1");
      }
      default -> {
        name = LossName.PROXY_NCA;
        options = LossOptions.of("weights.proxy_nca 1 scale 9 smoothing 0");
      }
    }
    options.put("weights.regulariser", gamma);
    options.put("target_similarity", gamma > 0 ? 0.3 : 0.25);
    return new LossConfig(name, options);
  }

  /** The weight of the contextual term is 1 - lam; figures as published for it. */
  @ParameterizedTest
  @CsvSource({
    "cub, 00, 1, 69.7",
    "cub, 05, 0.95, 71.2",
    "cub, 10, 0.9, 71.5",
    "cub, 15, 0.85, 68.5",
    "cub, 20, 0.8, 64.3",
    "cub, 30, 0.7, 63.2",
    "cub, 40, 0.6, 54.8",
    "cars, 00, 1, 90.6",
    "cars, 10, 0.9, 90.7",
    "cars, 20, 0.8, 89.7",
    "cars, 30, 0.7, 89.0",
    "cars, 40, 0.6, 87.4",
    "cars, 60, 0.4, 83.0",
    "cars, 80, 0.2, 74.9"
  })
  void theSweepOfLambdaChangesNothingElse(
      String dataset, String lambda, BigDecimal contextual, double recall) {
    String name = dataset + "-224-lambda-" + lambda;

    ExperimentSettings settings = read(FOLDER.resolve("lambda/" + name + ".yaml"));

    ExperimentSettings hybrid = read(FOLDER.resolve(dataset + "-224-hybrid.yaml"));
    SortedMap<String, Double> options = new TreeMap<>(hybrid.train().loss().options());
    options.put("weights.contextual", contextual.doubleValue());
    options.put("weights.contrastive", BigDecimal.ONE.subtract(contextual).doubleValue());
    assertThat(settings)
        .isEqualTo(
            hybrid.toBuilder()
                .setName(name)
                .setTrain(hybrid.train().withLoss(new LossConfig(LossName.HYBRID, options)))
                .setPublished(
                    new PublishedSettings(
                        PublishedSettings.Track.PAPER_224, Optional.of(recall), true))
                .build());
  }

  private static ExperimentSettings read(Path file) {
    return ExperimentFile.read(file, List.of()).settings();
  }
}
