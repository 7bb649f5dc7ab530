package org.contexture.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.commons.codec.digest.DigestUtils;
import org.contexture.embedding.HandmadeNpz;
import org.contexture.failure.Failure;
import org.contexture.pipeline.Dataset;
import org.contexture.pipeline.Executor;
import org.contexture.pipeline.Plan;
import org.contexture.pipeline.Runner;
import org.contexture.pipeline.StageGraph;
import org.contexture.pipeline.Store;
import org.contexture.record.Embedding;
import org.contexture.retrieval.EmbeddingTile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportEmbeddingsStageTest {
  @TempDir Path directory;

  private List<Embedding> imported(float[] vector) throws Exception {
    Path file =
        new HandmadeNpz()
            .floats("embeddings", new float[][] {vector})
            .wholes("labels", 7)
            .write(directory.resolve("given.npz"));
    Store store = Store.open(directory.resolve("store"));
    StageGraph.Builder graph = StageGraph.builder();
    Dataset<Embedding> embeddings =
        graph.add("import-embeddings", new ImportEmbeddingsStage(config(file), file));
    Runner runner = new Runner(Runner.Kind.DIRECT, 1, Runner.Checks.ON);
    new Executor(store, runner, "test", Clock.systemUTC(), new Silent())
        .run(Plan.of(graph.build(), store, Set.of()));
    List<Embedding> records = new ArrayList<>();
    store.open(embeddings).open().forEach(records::add);
    return records;
  }

  private static ImportEmbeddingsConfig config(Path file) throws IOException {
    return new ImportEmbeddingsConfig(DigestUtils.sha256Hex(Files.readAllBytes(file)), 10);
  }

  private static float[] axis(int dimensions) {
    float[] vector = new float[dimensions];
    vector[0] = 1;
    return vector;
  }

  @Test
  void vectorsAreTakenInUpToTheLengthThatIsMeasured() throws Exception {
    List<Embedding> records = imported(axis(EmbeddingTile.LARGEST_DIMENSIONS));

    assertThat(EmbeddingTile.of(records).dimensions()).isEqualTo(EmbeddingTile.LARGEST_DIMENSIONS);
  }

  @Test
  void aFileOfLongerVectorsIsNamed() {
    assertThatThrownBy(() -> imported(axis(EmbeddingTile.LARGEST_DIMENSIONS + 1)))
        .isInstanceOf(Failure.class)
        .hasMessageContaining(
            "given.npz: its embeddings have 65537 numbers, and those of at most 65536 are"
                + " measured.");
  }
}
