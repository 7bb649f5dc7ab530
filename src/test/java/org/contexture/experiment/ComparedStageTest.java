package org.contexture.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.contexture.benchmark.FileDigests;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparedStageTest {
  @TempDir private Path folder;

  private Experiment emoji(String... overrides) {
    return Experiment.training(
        ExperimentFile.read(Path.of("pipelines/emoji.yaml"), List.of(overrides)).settings(),
        new FileDigests(folder.resolve("digests.txt")));
  }

  private static ComparedStage stage(List<ComparedStage> stages, String label) {
    return stages.stream().filter(stage -> stage.label().equals(label)).findFirst().orElseThrow();
  }

  @Test
  void whatFollowsFromAnotherSettingDiffersWithoutOneOfItsOwn() {
    List<ComparedStage> stages =
        ComparedStage.of(emoji(), emoji("train.loss.name=contrastive", "train.epochs=3"));

    assertThat(stages)
        .filteredOn(ComparedStage::isShared)
        .extracting(ComparedStage::label)
        .containsExactly("unpack", "index", "shard", "initialise", "pretrain");
    assertThat(stage(stages, "train").settings()).contains("epochs", "loss.name");
    assertThat(stage(stages, "measure-trained").settings()).isEmpty();
    assertThat(stage(stages, "measure-trained").isShared()).isFalse();
  }

  @Test
  void whatIsDrawnOrComparedBesideChangesNoStage() {
    assertThat(ComparedStage.of(emoji(), emoji("name=other", "control=false")))
        .allMatch(ComparedStage::isShared);
  }

  @Test
  void anotherSeedIsASettingOfEveryStageThatUsesIt() {
    List<ComparedStage> stages = ComparedStage.of(emoji(), emoji("seed=2"));

    assertThat(stage(stages, "initialise").settings()).containsExactly("seed");
    assertThat(stage(stages, "train").settings()).containsExactly("seed");
  }

  @Test
  void aStageThatOneLacksIsNamed() {
    List<ComparedStage> stages = ComparedStage.of(emoji(), emoji("model.weights=imagenet"));

    assertThat(stage(stages, "pretrain").second()).isEqualTo(Optional.empty());
    assertThat(stage(stages, "fetch-weights").first()).isEqualTo(Optional.empty());
  }
}
