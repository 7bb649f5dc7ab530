package org.contexture.retrieval.rerank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.contexture.golden.GoldenFiles;
import org.contexture.golden.Npz;
import org.contexture.retrieval.EmbeddingTile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contextual similarity of all pairs of a batch against the reference vectors. */
class ContextualRerankerGoldenTest {
  private static final GoldenFiles GOLDEN = GoldenFiles.folder("context");
  private static final double TOLERANCE = 1e-6;

  static List<String> cases() {
    return GOLDEN.cases("ctx_");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void similaritiesEqualTheReference(String name) {
    Npz golden = GOLDEN.npz(name + ".npz");
    JsonNode facts = GOLDEN.json(name + ".json");
    int size = Math.toIntExact(golden.shape("f")[0]);
    long[] ids = new long[size];
    for (int i = 0; i < size; i++) {
      ids[i] = i;
    }
    NeighbourGraph graph =
        new PlainGraph(
            EmbeddingTile.of(
                ids, new int[size], golden.floats("f"), Math.toIntExact(golden.shape("f")[1])));
    Reranker reranker =
        new RerankMethod.Contextual(facts.get("k").asInt(), facts.get("eps").asDouble(), 1)
            .over(graph);

    float[] expected = golden.floats("J");
    for (int query = 0; query < size; query++) {
      double[] actual = reranker.similarities(query, ids);
      for (int i = 0; i < size; i++) {
        assertThat(actual[i])
            .as("%d and %d", query, i)
            .isCloseTo(expected[query * size + i], within(TOLERANCE));
      }
    }
  }
}
