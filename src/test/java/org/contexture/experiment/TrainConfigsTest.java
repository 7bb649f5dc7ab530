package org.contexture.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.contexture.benchmark.FileDigests;
import org.contexture.pipeline.Dataset;
import org.contexture.pipeline.DatasetId;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainConfigsTest {
  @TempDir private Path folder;

  private DatasetId dataset(String label, List<String> overrides) {
    ExperimentSettings settings =
        ExperimentFile.read(Path.of("pipelines/emoji.yaml"), overrides).settings();
    return Experiment.training(settings, new FileDigests(folder.resolve("digests.txt")))
        .graph()
        .datasets()
        .stream()
        .filter(dataset -> dataset.label().equals(label))
        .map(Dataset::id)
        .findFirst()
        .orElseThrow();
  }

  private DatasetId with(String label, List<String> overrides, String override) {
    List<String> more = new ArrayList<>(overrides);
    more.add(override);
    return dataset(label, more);
  }

  /** What each needs in order to matter, and a setting that has no effect without. */
  @ParameterizedTest
  @CsvSource({
    "train.projector_rate=3, train.projector_size=8",
    "train.loss_rate=7, train.loss.name=proxy_anchor",
    "train.data.noise_within=super_class, train.data.label_noise=0.1"
  })
  void aSettingWithoutEffectMakesNoOtherNetwork(String setting, String needed) {
    assertThat(dataset("train", List.of(setting))).isEqualTo(dataset("train", List.of()));
    assertThat(dataset("train", List.of(setting, needed)))
        .isNotEqualTo(dataset("train", List.of(needed)));
  }

  @ParameterizedTest
  @CsvSource({"multi_similarity, false", "proxy_anchor, true"})
  void theRateOfWhatALossLearnsIsThatOfTheControlToo(String loss, boolean matters) {
    List<String> control = List.of("control=true", "pretrain.loss.name=" + loss);

    assertThat(with("control", control, "train.loss_rate=7").equals(dataset("control", control)))
        .isNotEqualTo(matters);
  }
}
