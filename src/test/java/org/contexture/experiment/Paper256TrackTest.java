package org.contexture.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.contexture.benchmark.PublishedBenchmark;
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
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The files of the 256 track say what the reference specification says of {@code main.py} (§1, §3.3
 * to §4.2, §5 and §8): the published runs, and those with another loss.
 */
class Paper256TrackTest {

  /** A data set of the reference, by its options and what is hard-wired for it. */
  private record Dataset(
      String file,
      BenchmarkSettings.Name benchmark,
      String lr,
      int batchSize,
      Head head,
      ImageSettings images,
      SamplerConfig sampler,
      double recall) {}

  private static final Resize SQUASHED = new Resize(Resize.Rule.SQUARE, 288);
  private static final ImageSettings FROM_ORIGINALS =
      new ImageSettings(
          256,
          ShardConfig.Encoding.ORIGINAL,
          Resize.shortSide(256),
          Resize.shortSide(256),
          Resize.shortSide(288),
          OptionalInt.empty(),
          128,
          0);
  private static final ImageSettings FROM_RESIZED =
      new ImageSettings(
          256,
          ShardConfig.Encoding.PNG,
          Resize.shortSide(288),
          SQUASHED,
          SQUASHED,
          OptionalInt.empty(),
          128,
          0);
  private static final ImageSettings FROM_SHRUNK =
      new ImageSettings(
          224,
          ShardConfig.Encoding.JPEG,
          Resize.shortSide(288),
          Resize.shortSide(288),
          Resize.shortSide(256),
          OptionalInt.of(75),
          128,
          0);

  private static final List<Dataset> DATASETS =
      List.of(
          new Dataset(
              "cub",
              BenchmarkSettings.Name.CUB200,
              "8e-5",
              128,
              Head.MAX_NORM_LINEAR,
              FROM_ORIGINALS,
              new SamplerConfig.RepeatedGroups(42, 5),
              68.69),
          new Dataset(
              "cars",
              BenchmarkSettings.Name.CARS196,
              "1.6e-4",
              128,
              Head.MAX_NORM_LINEAR,
              FROM_ORIGINALS,
              new SamplerConfig.RepeatedGroups(42, 10),
              89.29),
          new Dataset(
              "sop",
              BenchmarkSettings.Name.SOP,
              "4e-5",
              128,
              Head.AVERAGE_LINEAR,
              FROM_RESIZED,
              new SamplerConfig.SuperClassHalves(10, 66, 1_000_000_000),
              83.26),
          new Dataset(
              "inat",
              BenchmarkSettings.Name.INATURALIST,
              "8e-5",
              256,
              Head.AVERAGE_LINEAR,
              FROM_SHRUNK,
              new SamplerConfig.SuperClassHalves(10, 70, 1_000_000_000),
              46.20),
          new Dataset(
              "inshop",
              BenchmarkSettings.Name.INSHOP,
              "4e-5",
              128,
              Head.AVERAGE_LINEAR,
              FROM_RESIZED,
              new SamplerConfig.RepeatedGroups(600, 10),
              90.72));

  /** What {@code --loss} selects, by the file's word for it, with all numbers of §1.5 and §5. */
  private static final Map<String, LossConfig> LOSSES =
      Map.of(
          "hybrid",
          new LossConfig(
              LossName.HYBRID,
              LossOptions.of(
                  "weights.contextual 0.4 weights.contrastive 0.5 weights.regulariser 0.1 k 4"
                      + " eps 0.05 ablation 0 positive_margin 0.75 negative_margin 0.6"
                      + " target_similarity 0.25")),
          "roadmap",
          alone(
              LossName.ROADMAP,
              "weights.sup_ap 0.5 weights.contrastive 0.5 temperature 0.01 delta 0.05 slope 100"
                  + " offset 1.44 positive_margin 0.9 negative_margin 0.6"),
          "triplet",
          alone(LossName.TRIPLET, "weights.triplet 1 margin 0.05 cutoff 0.5 farthest 1.4"),
          "multi-similarity",
          alone(LossName.MULTI_SIMILARITY, "weights.multi_similarity 1 alpha 2 beta 50 base 0.5"),
          "smooth-ap",
          alone(
              LossName.SMOOTH_AP,
              "weights.smooth_ap 1 weights.contrastive 0 temperature 0.01 positive_margin 0.9"
                  + " negative_margin 0.6"),
          "fast-ap",
          alone(LossName.FAST_AP, "weights.fast_ap 1 intervals 10"),
          "contrastive",
          alone(
              LossName.CONTRASTIVE,
              "weights.contrastive 1 positive_margin 0.9 negative_margin 0.6"),
          "nt-xent",
          alone(LossName.NT_XENT, "weights.nt_xent 1 temperature 0.07"),
          "proxy-nca",
          alone(LossName.PROXY_NCA, "weights.proxy_nca 1 scale 10 smoothing 0"),
          "normalized-softmax",
          alone(
              LossName.NORMALIZED_SOFTMAX,
              "weights.normalized_softmax 1 temperature 0.05 smoothing 0"));

  private static LossConfig alone(LossName name, String options) {
    return new LossConfig(
        name, LossOptions.of(options + " weights.regulariser 0 target_similarity 0.25"));
  }

  private static Stream<Arguments> runs() {
    return DATASETS.stream()
        .flatMap(
            dataset -> LOSSES.keySet().stream().sorted().map(loss -> Arguments.of(dataset, loss)));
  }

  @ParameterizedTest
  @MethodSource("runs")
  void aFileSaysWhatTheReferenceDoes(Dataset dataset, String loss) {
    String name = dataset.file() + "-256-" + loss;
    Path folder = Path.of("pipelines", loss.equals("hybrid") ? "" : "paper-256");

    ExperimentSettings settings =
        ExperimentFile.read(folder.resolve(name + ".yaml"), List.of()).settings();

    assertThat(settings.name()).isEqualTo(name);
    assertThat(settings.benchmark())
        .isEqualTo(
            new BenchmarkSettings(
                dataset.benchmark(),
                Optional.empty(),
                0,
                OptionalDouble.empty(),
                PublishedBenchmark.Counts.PUBLISHED,
                Optional.empty()));
    assertThat(settings.images()).isEqualTo(dataset.images());
    assertThat(settings.model())
        .isEqualTo(
            new ModelSettings(
                Backbone.RESNET50,
                dataset.head(),
                512,
                Precision.FLOAT32,
                Optional.of(new WeightsPlace("imagenet")),
                Optional.empty()));
    assertThat(settings.train()).isEqualTo(training(dataset, LOSSES.get(loss)));
    assertThat(settings.control()).isFalse();
    assertThat(settings.published())
        .isEqualTo(
            new PublishedSettings(
                PublishedSettings.Track.PAPER_256,
                loss.equals("hybrid") ? Optional.of(dataset.recall()) : Optional.empty(),
                false));
  }

  private static TrainingSettings training(Dataset dataset, LossConfig loss) {
    BigDecimal rate = new BigDecimal(dataset.lr());
    boolean learns =
        loss.name() == LossName.PROXY_NCA || loss.name() == LossName.NORMALIZED_SOFTMAX;
    return TrainingSettings.builder()
        .setLoss(loss)
        .setEpochs(80)
        .setData(TrainingDataConfig.everything())
        .setClassesPerBatch(dataset.batchSize() / 4)
        .setImagesPerClass(4)
        .setLearningRate(rate.doubleValue())
        .setBackboneRate(0.5)
        .setLossRate(learns ? new BigDecimal("1e-3").divide(rate).doubleValue() : 1)
        .setProjectorSize(0)
        .setProjectorRate(2)
        .setSampler(dataset.sampler())
        .setOptimiser(TrainingSettings.Optimiser.ADAM)
        .setWeightDecay(1e-4)
        .setLongestGradient(0)
        .setWarmupSteps(0)
        .setSchedule(TrainingSettings.Schedule.MULTI_STEP)
        .setMilestones(new Milestones(List.of(15, 30, 45), 0.3))
        .setBatchNorm(BatchNormMode.FROZEN_STATISTICS)
        .setFrozenEpochs(0)
        .setAugmentation(new AugmentationSettings(0.16, 0.75, 1.33, true, false))
        .setAveraging(0)
        .setSelect(Selection.TEST)
        .setValidateEvery(5)
        .setPatience(0)
        .setSeed(Optional.empty())
        .setCheckpointEvery(1)
        .setLoaderThreads(0)
        .build();
  }
}
