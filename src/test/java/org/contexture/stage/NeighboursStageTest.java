package org.contexture.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.apache.beam.sdk.Pipeline;
import org.contexture.embedding.UnitVector;
import org.contexture.pipeline.Dataset;
import org.contexture.pipeline.Settings;
import org.contexture.pipeline.Stage;
import org.contexture.pipeline.StageConfig;
import org.contexture.pipeline.StageContext;
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
  private static final int DIMENSIONS = 4;
  private static final int DEPTH = 3;

  @TempDir Path directory;

  /** Points at random: a third only asked, a third only searched, the others both. */
  private record Points() implements Stage<Embedding> {
    @Override
    public String name() {
      return "points";
    }

    @Override
    public int version() {
      return 1;
    }

    @Override
    public Class<Embedding> recordType() {
      return Embedding.class;
    }

    @Override
    public StageConfig config() {
      return () -> Settings.builder().build();
    }

    @Override
    public SortedMap<String, Dataset<?>> inputs() {
      return new TreeMap<>();
    }

    @Override
    public void expand(Pipeline pipeline, StageContext<Embedding> context) {
      NumberedTasks.expand(
          pipeline,
          context,
          1,
          (elements, output) -> {
            for (Embedding point : points()) {
              output.add(point);
            }
          });
    }
  }

  private static List<Embedding> points() {
    SplittableRandom random = new SplittableRandom(1);
    Split[] splits = {Split.QUERY, Split.GALLERY, Split.TEST};
    List<Embedding> points = new ArrayList<>();
    for (int image = 0; image < IMAGES; image++) {
      float[] vector = new float[DIMENSIONS];
      double squares = 0;
      for (int i = 0; i < DIMENSIONS; i++) {
        vector[i] = (float) (random.nextInt(5) - 2 + 0.1);
        squares += vector[i] * vector[i];
      }
      for (int i = 0; i < DIMENSIONS; i++) {
        vector[i] /= (float) Math.sqrt(squares);
      }
      points.add(
          Embedding.newBuilder()
              .setId(image)
              .setLabel(random.nextInt(IMAGES / 10))
              .setSuperLabel(0)
              .setSplit(splits[random.nextInt(splits.length)])
              .setVector(UnitVector.bytes(vector))
              .build());
    }
    return points;
  }

  private List<Neighbours> found(String name, long memory) throws Exception {
    Store store = Store.open(directory.resolve(name));
    StageGraph.Builder graph = StageGraph.builder();
    Dataset<Embedding> points = graph.add("points", new Points());
    Dataset<Neighbours> neighbours =
        graph.add("neighbours", new NeighboursStage(NeighboursConfig.of(DEPTH), points, memory));
    DirectRun.of(graph.build(), store);
    List<Neighbours> found = new ArrayList<>();
    store.open(neighbours).open().forEach(found::add);
    return found;
  }

  @Test
  void findsWhatOneSearchFindsHoweverLittleMemoryATaskHas() throws Exception {
    List<Embedding> points = points();
    EmbeddingTile queries = tile(points, Split.GALLERY);
    EmbeddingTile gallery = tile(points, Split.QUERY);
    List<Neighbours> expected =
        NeighbourSearch.retrieved(queries, gallery, DEPTH).stream()
            .map(Retrieved::toRecord)
            .toList();

    assertThat(found("much", 1 << 30)).isEqualTo(expected);
    // Beside a tile of the gallery there is room for some twenty queries.
    assertThat(found("little", 2L * Float.BYTES * DIMENSIONS * (4096 + 600))).isEqualTo(expected);
  }

  private static EmbeddingTile tile(List<Embedding> points, Split without) {
    return EmbeddingTile.of(
        points.stream().filter(point -> point.getSplit() != without).toList(), DIMENSIONS);
  }
}
