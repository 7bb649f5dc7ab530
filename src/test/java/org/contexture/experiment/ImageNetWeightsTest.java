package org.contexture.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.contexture.benchmark.FileDigests;
import org.contexture.fetch.Checksum;
import org.contexture.fetch.RemoteFile;
import org.contexture.model.Backbone;
import org.contexture.pipeline.Dataset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageNetWeightsTest {

  @ParameterizedTest
  @ValueSource(strings = {"resnet18", "resnet34", "resnet50", "resnet101"})
  void namesHaveTheBeginningOfTheChecksumAsTorchvisionDoesIt(String backbone) {
    RemoteFile file = ImageNetWeights.of(Backbone.ofKey(backbone).orElseThrow());

    assertThat(file.checksum().algorithm()).isEqualTo(Checksum.Algorithm.SHA256);
    assertThat(file.name())
        .isEqualTo("%s-%s.pth".formatted(backbone, file.checksum().hex().substring(0, 8)));
    assertThat(file.sources()).singleElement().asString().endsWith("/" + file.name());
  }

  @Test
  void weightsAreFetchedOnceForEveryExperimentThatStartsFromThem(@TempDir Path directory) {
    assertThat(fetched("pipelines/cub-256-hybrid.yaml", directory))
        .isEqualTo(fetched("pipelines/sop-256-hybrid.yaml", directory));
  }

  private static String fetched(String file, Path directory) {
    Experiment experiment =
        Experiment.training(
            ExperimentFile.read(Path.of(file), List.of()).settings(),
            new FileDigests(directory.resolve("digests")));
    return experiment.graph().datasets().stream()
        .filter(dataset -> dataset.label().equals("fetch-weights"))
        .map(Dataset::id)
        .findFirst()
        .orElseThrow()
        .toString();
  }
}
