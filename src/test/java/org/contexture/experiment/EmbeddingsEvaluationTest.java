package org.contexture.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.contexture.benchmark.FileDigests;
import org.contexture.pipeline.Dataset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddingsEvaluationTest {
  @TempDir Path directory;

  /** The map of an experiment is for its report, and embeddings from elsewhere have none. */
  @Test
  void nothingIsMadeThatIsNotPrinted() throws IOException {
    Path file = Files.writeString(directory.resolve("e.npz"), "not read yet");

    EmbeddingsEvaluation evaluation =
        new EmbeddingsEvaluation(
            file,
            EmbeddingsEvaluation.settings(List.of()).settings(),
            new FileDigests(directory.resolve("digests.txt")));

    assertThat(evaluation.graph().datasets())
        .extracting(Dataset::label)
        .containsExactly(
            "import-embeddings", "neighbours-given", "measure-given", "statistics-given");
  }
}
