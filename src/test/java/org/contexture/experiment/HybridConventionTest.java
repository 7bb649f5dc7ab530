package org.contexture.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.contexture.experiment.ExperimentFolder.SMALLEST;

import java.nio.file.Path;
import java.util.Map;
import org.contexture.loss.LossConfig;
import org.contexture.loss.LossName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HybridConventionTest {
  @TempDir private Path temporary;
  private ExperimentFolder folder;

  @BeforeEach
  void makeFolder() {
    folder = new ExperimentFolder(temporary);
  }

  @Test
  void thePublishedWeightsOfThe256TrackAreThoseOfTheHybridLoss() {
    assertThat(loss("name: hybrid_256")).isEqualTo(LossConfig.of(LossName.HYBRID, Map.of()));
  }

  @Test
  void thePublishedWeightsOfThe224TrackDoNotAddUpToOne() {
    assertThat(loss("name: hybrid_224"))
        .isEqualTo(
            LossConfig.of(
                LossName.HYBRID,
                Map.of(
                    "weights.contextual",
                    0.5,
                    "weights.contrastive",
                    0.5,
                    "weights.regulariser",
                    0.1,
                    "target_similarity",
                    0.3)));
  }

  /** And so all that is computed from them has the same fingerprint. */
  @Test
  void equalWeightsAreTheSameExperimentHoweverTheyAreWritten() {
    // In binary 1 - 0.7 - 0.2 is not 0.1.
    assertThat(settings("name: hybrid_256, lambda: 0.7, gamma: 0.2, k: 6, eps: 0.04"))
        .isEqualTo(
            settings(
                "weights: {contextual: 0.7, contrastive: 0.1, regulariser: 0.2}, k: 6, eps: 0.04"));
    assertThat(settings("name: hybrid_224, lambda: 0.2, gamma: 0.05"))
        .isEqualTo(
            settings(
                "weights: {contextual: 0.8, contrastive: 0.2, regulariser: 0.05},"
                    + " target_similarity: 0.3"));
  }

  @Test
  void lambdaAndGammaMayLeaveNothing() {
    assertThat(loss("name: hybrid_256, lambda: 0.9, gamma: 0.1").option("weights.contrastive"))
        .isZero();
  }

  private LossConfig loss(String keys) {
    return settings(keys).train().loss();
  }

  private ExperimentSettings settings(String keys) {
    return folder.settings(SMALLEST + "train: {loss: {" + keys + "}}\n");
  }
}
