package org.contexture.experiment.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.contexture.experiment.AugmentationSettings;
import org.contexture.experiment.BenchmarkSettings;
import org.contexture.experiment.ExperimentFile;
import org.contexture.experiment.ExperimentSettings;
import org.contexture.experiment.TrainingSettings;
import org.contexture.failure.Failure;
import org.contexture.image.Resize;
import org.contexture.loss.LossConfig;
import org.contexture.loss.LossName;
import org.contexture.model.BatchNormMode;
import org.contexture.model.Head;
import org.contexture.record.Selection;
import org.contexture.sampling.SamplerConfig;
import org.contexture.stage.ShardConfig;
import org.contexture.training.Milestones;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The commands of the README of the paper's code, and others (reference specification, 1 and 2).
 */
class ReferenceCommandTest {

  /** The experiments of the paper were written by hand; these are written from its commands. */
  @ParameterizedTest
  @CsvSource({
    "cub, python main.py --dataset CUB --loss hybrid --lr 8e-05 --root <data_dir>/CUB_200_2011",
    "cars, python main.py --dataset Cars --loss hybrid --lr 0.00016 --root <data_dir>/car196",
    "sop, python main.py --dataset SOP --loss hybrid --lr 4e-05 --batch_size 128 --root"
        + " <data_dir>/Stanford_Online_Products",
    "inat, python main.py --dataset iNat --loss hybrid --lr 8e-05 --batch_size 256 --root"
        + " <data_dir>/train_mini_resized",
    "inshop, python main.py --dataset inshop --loss hybrid --lr 4e-05 --batch_size 128 --root"
        + " <data_dir>/inshop"
  })
  void publishedCommandsOfThe256TrackAreTheExperimentsHere(String name, String command) {
    ExperimentSettings published =
        ExperimentFile.read(
                Path.of("pipelines", name + "-256-hybrid.yaml"), List.of("fetch.mirror=null"))
            .settings();
    ExperimentSettings translated = settings(command);

    assertThat(translated.name()).isEqualTo(published.name());
    assertSameNetwork(translated, published);
    assertThat(translated.recallAt()).isEqualTo(published.recallAt());
  }

  private static void assertSameNetwork(
      ExperimentSettings translated, ExperimentSettings published) {
    assertThat(translated.seed()).isEqualTo(published.seed());
    assertThat(translated.benchmark()).isEqualTo(published.benchmark());
    assertThat(translated.images()).isEqualTo(published.images());
    assertThat(translated.model()).isEqualTo(published.model());
    assertThat(translated.train()).isEqualTo(published.train());
    assertThat(translated.control()).isEqualTo(published.control());
  }

  /** The table has a row for each command, and the published Recall@1 last. */
  @ParameterizedTest
  @CsvFileSource(
      resources = "/org/contexture/experiment/paper-224-runs.csv",
      useHeadersInDisplayName = true)
  void commandsOfThe224TrackAreTheExperimentsHere(ArgumentsAccessor run) {
    List<String> flags =
        List.of(
            "--dataset",
            "--loss",
            "--lr",
            "--batch-size",
            "--epochs",
            "--lr-decay-step",
            "--lr-decay-gamma",
            "--bottleneck",
            "--gamma",
            "--lam",
            "--eps",
            "--IPC",
            "--warm",
            "--hierarchical",
            "--xform_scale",
            "--testfreq");
    StringBuilder command = new StringBuilder("python train.py");
    for (int i = 0; i < flags.size(); i++) {
      if (run.get(i) != null) {
        command.append(' ').append(flags.get(i)).append(' ').append(run.get(i));
      }
    }
    ExperimentSettings translated = settings(command.toString());
    ExperimentSettings published =
        ExperimentFile.read(Path.of("pipelines/paper-224", translated.name() + ".yaml"), List.of())
            .settings();

    assertSameNetwork(translated, published);
  }

  @Test
  void thePublishedCommandOfCubInThe224Track() {
    ExperimentSettings settings =
        settings(
            """
            cd 224x224
            python train.py --loss Hybrid --dataset cub --batch-size 128 --eps 0.04 --lam 0.05 \\
            --lr 0.00014 --warm 0 --bn-freeze 1 --gamma 0.1 --testfreq 10 --lr-decay-step 10 \\
            --epochs 60 --lr-decay-gamma 0.3 --xform_scale 0.16 --bottleneck linear --data_root <data_dir>/CUB_200_2011
            """);

    assertThat(settings.name()).isEqualTo("cub-224-hybrid");
    assertThat(settings.benchmark().name()).isEqualTo(BenchmarkSettings.Name.CUB200);
    assertThat(settings.benchmark().validationShare()).isZero();
    assertThat(settings.images().size()).isEqualTo(224);
    assertThat(settings.images().encoding()).isEqualTo(ShardConfig.Encoding.ORIGINAL);
    assertThat(settings.images().seenInTests()).isEqualTo(Resize.shortSide(256));
    assertThat(settings.model().head()).isEqualTo(Head.GEM_LINEAR);
    assertThat(settings.model().embeddingSize()).isEqualTo(512);
    assertThat(settings.recallAt()).containsExactly(1, 2, 4, 8, 16, 32);
    assertThat(settings.control()).isFalse();
    TrainingSettings train = settings.train();
    assertThat(train.loss()).isEqualTo(hybrid(0.95, 0.05, 0.04));
    assertThat(train.epochs()).isEqualTo(60);
    assertThat(train.classesPerBatch()).isEqualTo(32);
    assertThat(train.imagesPerClass()).isEqualTo(4);
    assertThat(train.sampler()).isEqualTo(new SamplerConfig.Pooled());
    assertThat(train.learningRate()).isEqualTo(1.4e-4);
    assertThat(train.backboneRate()).isEqualTo(1);
    assertThat(train.projectorSize()).isEqualTo(2048);
    assertThat(train.projectorRate()).isEqualTo(2);
    assertThat(train.optimiser()).isEqualTo(TrainingSettings.Optimiser.ADAMW);
    assertThat(train.weightDecay()).isEqualTo(1e-4);
    assertThat(train.warmupSteps()).isZero();
    assertThat(train.milestones()).isEqualTo(Milestones.every(10, 60, 0.3));
    assertThat(train.batchNorm()).isEqualTo(BatchNormMode.FROZEN);
    assertThat(train.frozenEpochs()).isZero();
    assertThat(train.augmentation())
        .isEqualTo(new AugmentationSettings(0.16, 0.75, 4.0 / 3, true, false));
    assertThat(train.select()).isEqualTo(Selection.LAST);
    assertThat(train.validateEvery()).isEqualTo(10);
  }

  @Test
  void thePublishedCommandOfCarsInThe224Track() {
    TrainingSettings train =
        settings(
                """
                cd 224x224
                python train.py --loss Hybrid --dataset cars --batch-size 64 --eps 0.05 --lam 0.2 \\
                --lr 8e-05 --warm 0 --bn-freeze 1 --gamma 0.1 --testfreq 10 --lr-decay-step 20 \\
                --epochs 160 --lr-decay-gamma 0.5 --xform_scale 0.12 --bottleneck linear --data_root <data_dir>/car196
                """)
            .train();

    assertThat(train.loss()).isEqualTo(hybrid(0.8, 0.2, 0.05));
    assertThat(train.classesPerBatch()).isEqualTo(16);
    assertThat(train.imagesPerClass()).isEqualTo(4);
    assertThat(train.sampler()).isEqualTo(new SamplerConfig.Pooled());
    assertThat(train.learningRate()).isEqualTo(8e-5);
    assertThat(train.epochs()).isEqualTo(160);
    assertThat(train.milestones()).isEqualTo(Milestones.every(20, 160, 0.5));
    assertThat(train.augmentation().minScale()).isEqualTo(0.12);
    assertThat(train.projectorSize()).isEqualTo(2048);
  }

  @Test
  void thePublishedCommandOfOnlineProductsInThe224Track() {
    ExperimentSettings settings =
        settings(
            """
            cd 224x224
            python train.py --loss Hybrid --dataset SOP --batch-size 128 --eps 0.05 --lam 0.2 \\
            --lr 6e-05 --warm 0 --bn-freeze 1 --gamma 0.1 --testfreq 5 --lr-decay-step 15 \\
            --epochs 80 --lr-decay-gamma 0.3 --xform_scale 0.08 --bottleneck identity --hierarchical 1 --data_root <data_dir>/Stanford_Online_Products
            """);

    assertThat(settings.benchmark().name()).isEqualTo(BenchmarkSettings.Name.SOP);
    assertThat(settings.images().encoding()).isEqualTo(ShardConfig.Encoding.ORIGINAL);
    assertThat(settings.images().seenInTests()).isEqualTo(Resize.shortSide(256));
    assertThat(settings.recallAt()).containsExactly(1, 10, 100, 1000);
    assertThat(settings.train().loss()).isEqualTo(hybrid(0.8, 0.2, 0.05));
    assertThat(settings.train().sampler())
        .isEqualTo(new SamplerConfig.SuperClassHalves(10, 66, 660));
    assertThat(settings.train().projectorSize()).isZero();
    assertThat(settings.train().milestones()).isEqualTo(Milestones.every(15, 80, 0.3));
    assertThat(settings.train().validateEvery()).isEqualTo(5);
  }

  private static LossConfig hybrid(double contextual, double contrastive, double eps) {
    return LossConfig.of(
        LossName.HYBRID,
        Map.of(
            "weights.contextual",
            contextual,
            "weights.contrastive",
            contrastive,
            "weights.regulariser",
            0.1,
            "eps",
            eps,
            "target_similarity",
            0.3));
  }

  @ParameterizedTest
  @CsvSource({
    "roadmap, roadmap",
    "triplet, triplet",
    "multisimilarity, multi_similarity",
    "smoothap, smooth_ap",
    "fastap, fast_ap",
    "contrastive, contrastive",
    "ntxent, nt_xent",
    "proxynca, proxy_nca",
    "normsoftmax, normalized_softmax"
  })
  void baselinesOfThe256TrackAreAsPublished(String word, String name) {
    assertThat(settings("main.py --dataset CUB --loss " + word).train().loss())
        .isEqualTo(LossConfig.of(lossName(name), Map.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "roadmap",
        "triplet",
        "multisimilarity",
        "smoothap",
        "fastap",
        "contrastive",
        "ntxent"
      })
  void aRegularisedBaselineOfThe256TrackHasOneMinusGammaOfItself(String word) {
    String flags = " --dataset CUB --loss " + word + " --gamma 0.2 --reg_sim 0.1";
    LossConfig plain = settings("main.py" + flags).train().loss();
    LossConfig regularised = settings("main_reg_sim.py" + flags).train().loss();

    assertThat(regularised.option("weights.regulariser")).isEqualTo(0.2);
    assertThat(regularised.option("target_similarity")).isEqualTo(0.1);
    plain
        .options()
        .forEach(
            (option, value) -> {
              if (option.startsWith("weights.") && !option.equals("weights.regulariser")) {
                assertThat(regularised.option(option)).isCloseTo(0.8 * value, within(1e-12));
              }
            });
    assertThat(settings("main_reg_sim.py" + flags).train().select()).isEqualTo(Selection.LAST);
  }

  @ParameterizedTest
  @CsvSource({
    "Proxy_Anchor, proxy_anchor",
    "Proxy_NCA, proxy_nca",
    "NormalizedSoftmax, normalized_softmax",
    "CosFace, cosface",
    "MS, multi_similarity",
    "MS+miner, multi_similarity_miner",
    "Contrastive, contrastive",
    "Roadmap, roadmap",
    "Triplet, triplet"
  })
  void everyLossOfThe224TrackIsRegularisedByGamma(String word, String name) {
    LossConfig loss = settings("train.py --loss " + word + " --gamma 0.05").train().loss();

    assertThat(loss.name()).isEqualTo(lossName(name));
    assertThat(loss.option("weights.regulariser")).isEqualTo(0.05);
    assertThat(loss.option("target_similarity")).isEqualTo(0.3);
  }

  private static LossName lossName(String key) {
    return List.of(LossName.values()).stream()
        .filter(name -> name.key().equals(key))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theTunedProxyAnchorOfThe224TrackWarmsUpAndThenTrainsBatchNormScales() {
    TrainingSettings train =
        settings("train.py --loss Proxy_Anchor --lr 1.6e-4 --gamma 0 --IPC 0 --warm 10").train();

    assertThat(train.sampler()).isEqualTo(new SamplerConfig.Shuffled());
    assertThat(train.classesPerBatch() * train.imagesPerClass()).isEqualTo(128);
    assertThat(train.frozenEpochs()).isEqualTo(10);
    assertThat(train.batchNorm()).isEqualTo(BatchNormMode.FROZEN_STATISTICS);
    assertThat(train.lossRate()).isEqualTo(100);
    assertThat(train.loss().option("weights.regulariser")).isZero();
  }

  /** The settings that the paper's baselines were tuned to. */
  @ParameterizedTest
  @CsvSource({
    "cub, Contrastive, 2e-5, linear, 0, 4, 0",
    "cub, Roadmap, 2e-5, linear, 0.1, 4, 0",
    "cub, Triplet, 8e-5, identity, 0.1, 4, 0",
    "cub, MS+miner, 1.6e-4, linear, 0, 4, 0",
    "cub, Proxy_Anchor, 1.6e-4, linear, 0, 0, 10",
    "cub, Proxy_NCA, 1.6e-4, linear, 0, 0, 10",
    "cars, Contrastive, 8e-5, linear, 0.1, 4, 0",
    "cars, Roadmap, 2e-5, linear, 0, 4, 0",
    "cars, Triplet, 8e-5, identity, 0.1, 4, 0",
    "cars, MS+miner, 8e-5, linear, 0, 4, 0",
    "cars, Proxy_Anchor, 8e-5, linear, 0, 0, 10",
    "cars, Proxy_NCA, 1.6e-4, linear, 0, 0, 10",
    "SOP, Contrastive, 4e-5, identity, 0, 4, 0",
    "SOP, Roadmap, 4e-5, identity, 0.1, 4, 0",
    "SOP, Triplet, 4e-5, identity, 0.1, 4, 0",
    "SOP, MS+miner, 8e-5, identity, 0, 4, 0",
    "SOP, Proxy_Anchor, 1.6e-4, identity, 0, 0, 1",
    "SOP, Proxy_NCA, 1.6e-4, identity, 0, 0, 1"
  })
  void tunedBaselinesOfThe224Track(
      String dataset,
      String loss,
      double rate,
      String bottleneck,
      double gamma,
      int ipc,
      int warm) {
    boolean isHierarchical = dataset.equals("SOP") && ipc > 0;
    TrainingSettings train =
        settings(
                "train.py --dataset %s --loss %s --lr %s --bottleneck %s --gamma %s --IPC %d --warm %d --hierarchical %d"
                    .formatted(
                        dataset, loss, rate, bottleneck, gamma, ipc, warm, isHierarchical ? 1 : 0))
            .train();

    assertThat(train.learningRate()).isEqualTo(rate);
    assertThat(train.projectorSize()).isEqualTo(bottleneck.equals("linear") ? 2048 : 0);
    assertThat(train.loss().option("weights.regulariser")).isEqualTo(gamma);
    assertThat(train.frozenEpochs()).isEqualTo(warm);
    assertThat(train.classesPerBatch() * train.imagesPerClass()).isEqualTo(128);
    assertThat(train.sampler())
        .isEqualTo(
            isHierarchical
                ? new SamplerConfig.SuperClassHalves(10, 66, 660)
                : ipc > 0 ? new SamplerConfig.Pooled() : new SamplerConfig.Shuffled());
  }

  @Test
  void theNeighbourhoodOfThe224TrackIsAsLargeAsAClassInABatch() {
    assertThat(settings("train.py --IPC 8").train().loss().option("k")).isEqualTo(8);
    assertThat(settings("train.py --IPC 8").train().imagesPerClass()).isEqualTo(8);
    assertThat(settings("main.py --dataset CUB").train().loss().option("k")).isEqualTo(4);
  }

  @Test
  void thePoolOfThe224TrackIsAGeneralisedMeanUnlessItIsTurnedOff() {
    assertThat(settings("train.py").model().head()).isEqualTo(Head.GEM_LINEAR);
    assertThat(settings("train.py --gem 0").model().head()).isEqualTo(Head.AVERAGE_MAX_LINEAR);
    assertThat(settings("train.py --bn-freeze 0").train().batchNorm())
        .isEqualTo(BatchNormMode.TRAINING);
  }

  @Test
  void ratesAreThoseOfTheParametersWhicheverTheyAreMultiplesOf() {
    TrainingSettings train =
        settings("train.py --lr 1e-4 --embedding_lr_multi 4 --projector_lr_multi 2").train();

    assertThat(train.learningRate()).isEqualTo(4e-4);
    assertThat(train.backboneRate()).isEqualTo(0.25);
    assertThat(train.projectorRate()).isEqualTo(0.5);
    TrainingSettings proxies =
        settings("main.py --dataset CUB --loss proxynca --lr 5e-4 --loss_lr 1e-3").train();
    assertThat(proxies.lossRate()).isEqualTo(2);
    assertThat(proxies.backboneRate()).isEqualTo(0.5);
  }

  @Test
  void whatIsNotGivenIsAsThere() {
    ExperimentSettings settings = settings("python train.py");

    assertThat(settings.train().epochs()).isEqualTo(80);
    assertThat(settings.train().learningRate()).isEqualTo(1e-4);
    assertThat(settings.train().milestones()).isEqualTo(Milestones.every(5, 80, 0.5));
    assertThat(settings.train().augmentation().minScale()).isEqualTo(0.08);
    assertThat(settings("main.py --dataset CUB").train().learningRate()).isEqualTo(1e-5);
  }

  @Test
  void theTransformNoneSquashesAndAltersNothing() {
    ExperimentSettings settings = settings("main.py --dataset SOP --trainxform none --testx none");

    assertThat(settings.images().size()).isEqualTo(227);
    assertThat(settings.images().storedForTraining()).isEqualTo(Resize.square(227));
    assertThat(settings.images().storedForTesting()).isEqualTo(Resize.square(227));
    assertThat(settings.images().seenInTests()).isEqualTo(Resize.square(227));
    assertThat(settings.train().augmentation())
        .isEqualTo(new AugmentationSettings(1, 1, 1, false, false));
  }

  @Test
  void flagsAreReadAsPythonReadsThem() {
    TrainingSettings train =
        settings("train.py --epo 7 --lr=2e-4 --lr=3e-4 --seed 5 --neg_margin -.1").train();

    assertThat(train.epochs()).isEqualTo(7);
    assertThat(train.learningRate()).isEqualTo(3e-4);
    assertThat(train.loss().option("negative_margin")).isEqualTo(-0.1);
  }

  @Test
  void unknownFlagsAreNamedWithTheNearestOne() {
    Translation translation =
        ReferenceCommand.of("train.py stray --batch_size 64 --nonsense --lr 1e-3").translate();

    assertThat(translation.remarks())
        .contains(
            "'stray' belongs to no flag of train.py, and is left out.",
            "'--batch_size' is no flag of train.py, and is left out; did you mean --batch-size?",
            "'--nonsense' is no flag of train.py, and is left out.");
    assertThat(translation.yaml()).contains("learning_rate: 0.001", "classes_per_batch: 32");
  }

  @Test
  void flagsWithoutEffectOrEquivalentAreNamedThereAndInTheFile() {
    Translation translation =
        ReferenceCommand.of(
                "train.py --gpu-id 1 --lam 0.3 --alpha 16 --loss Contrastive --gamma 0 --regsim 0.2"
                    + " --bottleneck identity --train_embedding 64 --data_root x")
            .translate();

    assertThat(translation.remarks())
        .contains(
            "--gpu-id has no effect in the paper's code.",
            "--lam has no effect in the paper's code with --loss Contrastive.",
            "--alpha has no effect in the paper's code with --loss Contrastive.",
            "--regsim has no effect in the paper's code with --gamma 0.",
            "--train_embedding has no effect in the paper's code with --bottleneck identity.")
        .anyMatch(remark -> remark.startsWith("--data_root has no equivalent: "));
    translation
        .remarks()
        .forEach(remark -> assertThat(translation.yaml()).contains("# - " + remark + "\n"));
  }

  @Test
  void ablationsHaveNoEffectThere() {
    Translation translation =
        ReferenceCommand.of("ablations.py --dataset CUB --ablation 4").translate();

    assertThat(translation.remarks()).anyMatch(remark -> remark.startsWith("--ablation has no"));
    assertThat(settings("ablations.py --dataset CUB --ablation 4").train().loss())
        .isEqualTo(LossConfig.of(LossName.HYBRID, Map.of()));
  }

  @Test
  void allThatIsWrongIsNamedAtOnce() {
    assertThat(problem("train.py --dataset dogs --loss hybrid --epochs many --lr nan --seed"))
        .isEqualTo(
            """
            The command cannot be translated, 5 problems:
              --seed: has no value
              --dataset: is 'dogs'; allowed: cub, cars, SOP
              --epochs: is 'many'; allowed: a whole number
              --loss: is 'hybrid'; allowed: Hybrid, Proxy_Anchor, Proxy_NCA, NormalizedSoftmax, CosFace, MS, MS+miner, Contrastive, Roadmap, Triplet; did you mean 'Hybrid'?
              --lr: is 'nan'; allowed: a number\
            """);
  }

  @ParameterizedTest
  @CsvSource({
    "main.py, --dataset: is not given",
    "main.py --dataset iNat, --batch_size: is 128; the paper's code takes 256",
    "main.py --dataset CUB --batch_size 30, a multiple of 4",
    "main_reg_sim.py --dataset inshop, which main_reg_sim.py does not know",
    "train.py --IPC 0, --IPC: is 0",
    "train.py --IPC 3, a multiple of --IPC",
    "train.py --hierarchical 1, goes with --dataset SOP",
    "train.py --loss CosFace --bottleneck identity, --bottleneck: is 'identity'",
    "train.py --epochs 0, train.epochs",
    "main.py --dataset CUB --lam 0.95, train.loss",
    "python, names no program",
    "python evaluate.py, 'evaluate.py' is no program that is known",
    "python main.py --dataset CUB && python train.py, names two programs"
  })
  void whatThereIsNoExperimentForIsSaid(String command, String expected) {
    assertThat(problem(command)).contains(expected);
  }

  @Test
  void wordsOfACommandStayInItsComment() {
    String yaml = ReferenceCommand.of("train.py 'a\nname: b\u2028c\u0007'").translate().yaml();

    assertThat(yaml.lines().takeWhile(line -> line.startsWith("#")))
        .anyMatch(line -> line.contains("a?name: b?c?"));
    assertThat(ExperimentFile.readText("yaml", yaml).settings().name()).isEqualTo("cub-224-hybrid");
  }

  private static ExperimentSettings settings(String command) {
    return ExperimentFile.readText("yaml", ReferenceCommand.of(command).translate().yaml())
        .settings();
  }

  private static String problem(String command) {
    Failure failure =
        Assertions.catchThrowableOfType(
            Failure.class, () -> ReferenceCommand.of(command).translate());
    assertThat(failure).isNotNull();
    assertThat(failure.category()).isEqualTo(Failure.Category.USAGE);
    return failure.getMessage();
  }
}
