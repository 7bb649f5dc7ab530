package org.contexture.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.contexture.pipeline.Dataset;
import org.contexture.pipeline.Manifest;
import org.contexture.pipeline.StageGraph;
import org.contexture.pipeline.Store;
import org.contexture.record.Embedding;
import org.contexture.record.Neighbours;
import org.contexture.record.Split;
import org.contexture.retrieval.EmbeddingTile;
import org.contexture.retrieval.NeighbourSearch;
import org.contexture.retrieval.rerank.PlainGraph;
import org.contexture.retrieval.rerank.RerankMethod;
import org.contexture.retrieval.rerank.RerankedNeighbours;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each query as it is re-ranked among the gallery and itself, read image by image. */
@Timeout(240)
class RerankStageTest {
  private static final int IMAGES = 4200;
  private static final int DEPTH = 30;

  /** Every how many-th query is held against what is computed the plain way. */
  private static final int CHECKED = 350;

  @TempDir Path directory;

  private static Stream<RerankMethod> methods() {
    return Stream.of(
        new RerankMethod.KReciprocal(12, 4, 0.3),
        new RerankMethod.QueryExpansion(40, 3),
        new RerankMethod.Contextual(9, 0.01, 0.5));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void everyQueryIsReRankedAsIfItWereTheOnlyOne(RerankMethod method) throws Exception {
    RerankConfig config = new RerankConfig(method, DEPTH);
    List<Embedding> points = new EmbeddedPoints(IMAGES).points();
    Store store = Store.open(directory.resolve("store"));
    Dataset<Neighbours> dataset = reranked(store, config, 1 << 30);
    List<Neighbours> found = new ArrayList<>();
    store.open(dataset).open().forEach(found::add);

    List<Embedding> queries =
        points.stream().filter(point -> point.getSplit() != Split.GALLERY).toList();
    assertThat(found)
        .extracting(Neighbours::getQueryId)
        .containsExactlyElementsOf(queries.stream().map(Embedding::getId).toList());
    for (int i = 0; i < found.size(); i += CHECKED) {
      Embedding query = queries.get(i);
      List<Embedding> images =
          points.stream()
              .filter(point -> point.getSplit() != Split.QUERY || point.equals(query))
              .toList();
      Neighbours ranking =
          NeighbourSearch.retrieved(tile(List.of(query)), tile(images), config.searched())
              .get(0)
              .toRecord();
      PlainGraph graph = new PlainGraph(tile(images), config.searched());
      assertThat(found.get(i))
          .as("query %d, which is %s", query.getId(), query.getSplit())
          .isEqualTo(RerankedNeighbours.of(ranking, DEPTH, method.over(graph)));
    }
  }

  @Test
  void anotherRunGivesTheSameBytes() throws Exception {
    RerankConfig config = new RerankConfig(new RerankMethod.KReciprocal(6, 3, 0.3), DEPTH);

    assertThat(files("one", config, 1 << 30)).hasSize(2).isEqualTo(files("other", config, 1 << 18));
  }

  private List<Manifest.DataFile> files(String name, RerankConfig config, long memory)
      throws Exception {
    Store store = Store.open(directory.resolve(name));
    return store.find(reranked(store, config, memory).id()).orElseThrow().files();
  }

  private static Dataset<Neighbours> reranked(Store store, RerankConfig config, long memory)
      throws Exception {
    StageGraph.Builder graph = StageGraph.builder();
    Dataset<Embedding> points = graph.add("points", new EmbeddedPoints(IMAGES));
    Dataset<Neighbours> neighbours =
        graph.add(
            "neighbours",
            new NeighboursStage(NeighboursConfig.ofEveryImage(config.searched()), points, memory));
    Dataset<Neighbours> reranked = graph.add("rerank", new RerankStage(config, neighbours, points));
    DirectRun.of(graph.build(), store);
    return reranked;
  }

  private static EmbeddingTile tile(List<Embedding> points) {
    return EmbeddingTile.of(points, EmbeddedPoints.DIMENSIONS);
  }
}
