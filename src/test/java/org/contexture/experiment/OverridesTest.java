package org.contexture.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.contexture.experiment.ExperimentFolder.SMALLEST;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.contexture.loss.LossConfig;
import org.contexture.loss.LossName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OverridesTest {
  private static final String WITH_HYBRID =
      SMALLEST
          + """
          train:
            loss:
              name: hybrid
              weights: {contextual: 0.3, regulariser: 0.2}
              positive_margin: 0.8
              k: 5
          """;

  @TempDir private Path temporary;
  private ExperimentFolder folder;

  @BeforeEach
  void makeFolder() {
    folder = new ExperimentFolder(temporary);
  }

  @Test
  void theCommandLineWinsOverTheFileAndTheLastWinsOverTheFirst() {
    ExperimentSettings settings =
        folder.settings(
            SMALLEST + "seed: 2\ntrain: {epochs: 3}\n",
            "seed=4",
            "seed=5",
            "train.loss.weights.contextual=0.9",
            "evaluate.recall_at=4,1",
            "pretrain.augmentation.flip=false",
            "model.weights=runs/2024 #1: best.safetensors",
            "name=7");

    assertThat(settings.seed()).isEqualTo(5);
    assertThat(settings.train().epochs()).isEqualTo(3);
    assertThat(settings.train().loss())
        .isEqualTo(LossConfig.of(LossName.HYBRID, Map.of("weights.contextual", 0.9)));
    assertThat(settings.recallAt()).containsExactly(1, 4);
    assertThat(settings.pretrain().augmentation().flip()).isFalse();
    assertThat(settings.model().weights())
        .isEqualTo(Optional.of(new WeightsPlace("runs/2024 #1: best.safetensors")));
    assertThat(settings.name()).isEqualTo("7");
    assertThat(folder.settings(SMALLEST, "evaluate.recall_at=[ 1, 4 ]").evaluate())
        .isEqualTo(settings.evaluate());
  }

  @Test
  void anotherLossLeavesTheOptionsOfTheOldOneUnusedAndSaysSo() {
    assertThat(folder.settings(WITH_HYBRID, "train.loss.name=contrastive").train().loss())
        .isEqualTo(
            LossConfig.of(
                LossName.CONTRASTIVE, Map.of("positive_margin", 0.8, "weights.regulariser", 0.2)));
    assertThat(folder.notes(WITH_HYBRID, "train.loss.name=contrastive"))
        .containsExactly(
            "train.loss.k at mine.yaml:9:5 is not used, because --set train.loss.name=contrastive"
                + " chose name contrastive.",
            "train.loss.weights.contextual at mine.yaml:7:15 is not used, because --set"
                + " train.loss.name=contrastive chose name contrastive.",
            "train.loss.weights.regulariser at mine.yaml:7:45 holds for name contrastive too, which"
                + " --set train.loss.name=contrastive chose.",
            "train.loss.positive_margin at mine.yaml:8:22 holds for name contrastive too, which"
                + " --set train.loss.name=contrastive chose.");
    assertThat(folder.notes(WITH_HYBRID)).isEmpty();
  }

  @Test
  void anOptionThatTheNewLossLacksIsAProblemOnTheCommandLine() {
    assertThat(
            folder.problems(
                WITH_HYBRID,
                "train.loss.name=contrastive",
                "train.loss.eps=0.1",
                "train.loss.weights.contextual=0.5"))
        .containsExactly(
            "--set train.loss.eps=0.1: train.loss.eps: is only for name hybrid, contextual,"
                + " hybrid_256, hybrid_224, and here name is contrastive; allowed: name, weights,"
                + " positive_margin, negative_margin, target_similarity",
            "--set train.loss.weights.contextual=0.5: train.loss.weights.contextual: is only for"
                + " name hybrid, contextual, and here name is contrastive; allowed: contrastive,"
                + " regulariser");
  }

  @Test
  void anotherBenchmarkNeedsWhatItNeeds() {
    assertThat(
            folder
                .settings(SMALLEST, "benchmark.name=image-folder", "benchmark.path=photos")
                .benchmark()
                .path())
        .isEqualTo(Optional.of(Path.of("photos")));
    assertThat(folder.problems(SMALLEST, "benchmark.path=photos"))
        .containsExactly(
            "--set benchmark.path=photos: benchmark.path: is only for name image-folder,"
                + " image-list, and here name is emoji; allowed: name, validation_share");
  }

  @Test
  void problemsNameTheArgumentAndComeAfterThoseOfTheFile() {
    assertThat(
            folder.problems(
                SMALLEST + "sead: 1\n",
                "trian.epochs=3",
                "train.epochs=many",
                "train.epocs=3",
                "seed",
                "=3",
                "train..epochs=1",
                "train=3",
                "name.first=me",
                "evaluate.recall_at=1,two",
                "images.size="))
        .containsExactly(
            "mine.yaml:4:1: sead: is no key; allowed: name, seed, benchmark, fetch, images, model,"
                + " pretrain, train, control, evaluate, report, published, extends; did you mean 'seed'?",
            "--set trian.epochs=3: trian: is no key; allowed: name, seed, benchmark, fetch, images, model,"
                + " pretrain, train, control, evaluate, report, published; did you mean 'train'?",
            "--set seed: has no '='; allowed: key.path=value, for example train.epochs=10",
            "--set =3: has an empty name in its key; allowed: key.path=value, for example"
                + " train.epochs=10",
            "--set train..epochs=1: has an empty name in its key; allowed: key.path=value, for"
                + " example train.epochs=10",
            "--set train=3: train: is 3; allowed: a section with the keys loss, epochs, data,"
                + " classes_per_batch, images_per_class, sampler, learning_rate, backbone_rate,"
                + " loss_rate, projector_size, projector_rate, optimiser, weight_decay,"
                + " longest_gradient, warmup_steps, schedule, milestones, step_epochs,"
                + " decay_factor, batch_norm, frozen_epochs, augmentation, averaging, select, validate_every, patience, seed,"
                + " checkpoint_every, loader_threads",
            "--set evaluate.recall_at=1,two: evaluate.recall_at[1]: is the text 'two'; allowed: a"
                + " whole number from 1 to 1000000",
            "--set images.size=: images.size: is empty; allowed: a whole number from 8 to 1024");
  }
}
