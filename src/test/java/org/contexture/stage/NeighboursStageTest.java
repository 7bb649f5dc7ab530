package org.contexture.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.contexture.pipeline.Dataset;
import org.contexture.pipeline.StageGraph;
import org.contexture.pipeline.Store;
import org.contexture.record.Embedding;
import org.contexture.record.Neighbours;
import org.contexture.record.Split;
import org.contexture.retrieval.EmbeddingTile;
import org.contexture.retrieval.NeighbourSearch;
import org.contexture.retrieval.Retrieved;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several shards, tiles and tasks give what one search of the library gives. */
@Timeout(120)
class NeighboursStageTest {
  private static final int IMAGES = 5000;
  private static final int DIMENSIONS = EmbeddedPoints.DIMENSIONS;
  private static final int DEPTH = 3;

  @TempDir Path directory;

  private List<Neighbours> found(String name, NeighboursConfig config, long memory)
      throws Exception {
    Store store = Store.open(directory.resolve(name));
    StageGraph.Builder graph = StageGraph.builder();
    Dataset<Embedding> points = graph.add("points", new EmbeddedPoints(IMAGES));
    Dataset<Neighbours> neighbours =
        graph.add("neighbours", new NeighboursStage(config, points, memory));
    DirectRun.of(graph.build(), store);
    List<Neighbours> found = new ArrayList<>();
    store.open(neighbours).open().forEach(found::add);
    return found;
  }

  @Test
  void findsWhatOneSearchFindsHoweverLittleMemoryATaskHas() throws Exception {
    List<Embedding> points = new EmbeddedPoints(IMAGES).points();
    EmbeddingTile queries = tile(points, Split.GALLERY);
    EmbeddingTile gallery = tile(points, Split.QUERY);
    List<Neighbours> expected =
        NeighbourSearch.retrieved(queries, gallery, DEPTH).stream()
            .map(Retrieved::toRecord)
            .toList();

    assertThat(found("much", NeighboursConfig.of(DEPTH), 1 << 30)).isEqualTo(expected);
    // Beside a tile of the gallery there is room for some twenty queries.
    assertThat(
            found(
                "little", NeighboursConfig.of(DEPTH), 2L * Float.BYTES * DIMENSIONS * (4096 + 600)))
        .isEqualTo(expected);
  }

  @Test
  void theGalleryCanBeAskedToo() throws Exception {
    List<Embedding> points = new EmbeddedPoints(IMAGES).points();
    List<Neighbours> expected =
        NeighbourSearch.retrieved(
                EmbeddingTile.of(points, DIMENSIONS), tile(points, Split.QUERY), DEPTH)
            .stream()
            .map(Retrieved::toRecord)
            .toList();

    assertThat(found("all", NeighboursConfig.ofEveryImage(DEPTH), 1 << 30)).isEqualTo(expected);
  }

  private static EmbeddingTile tile(List<Embedding> points, Split without) {
    return EmbeddingTile.of(
        points.stream().filter(point -> point.getSplit() != without).toList(), DIMENSIONS);
  }
}
