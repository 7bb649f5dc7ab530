package org.contexture.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.beam.sdk.Pipeline;
import org.contexture.embedding.UnitVector;
import org.contexture.failure.Failure;
import org.contexture.locale.OtherDigits;
import org.contexture.pipeline.Dataset;
import org.contexture.pipeline.Executor;
import org.contexture.pipeline.Manifest;
import org.contexture.pipeline.Plan;
import org.contexture.pipeline.Runner;
import org.contexture.pipeline.Settings;
import org.contexture.pipeline.Stage;
import org.contexture.pipeline.StageConfig;
import org.contexture.pipeline.StageContext;
import org.contexture.pipeline.StageGraph;
import org.contexture.pipeline.Store;
import org.contexture.pipeline.StoredDataset;
import org.contexture.record.Embedding;
import org.contexture.record.HnswSegment;
import org.contexture.record.RetrievalMetric;
import org.contexture.record.Split;
import org.contexture.retrieval.EmbeddingTile;
import org.contexture.retrieval.NeighbourSearch;
import org.contexture.retrieval.hnsw.HnswIndex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An index of several segments: what is in it, that it is always the same, and its recall. */
@Timeout(120)
class HnswStageTest {
  private static final int DIMENSIONS = 8;
  private static final int SEGMENT = 400;
  private static final int DEPTH = 10;

  @TempDir Path directory;

  /** Points at random, each asked or searched as its number says. */
  private record Points(int count, List<Split> splits) implements Stage<Embedding> {
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
      return () -> Settings.builder().put("count", count).build();
    }

    @Override
    public SortedMap<String, Dataset<?>> inputs() {
      return new TreeMap<>();
    }

    @Override
    public void expand(Pipeline pipeline, StageContext<Embedding> context) {
      int points = count;
      List<Split> given = splits;
      NumberedTasks.expand(
          pipeline,
          context,
          1,
          (elements, output) -> {
            for (Embedding point : points(points, given)) {
              output.add(point);
            }
          });
    }
  }

  private static List<Embedding> points(int count, List<Split> splits) {
    Random random = new Random(1);
    List<Embedding> points = new ArrayList<>();
    for (int image = 0; image < count; image++) {
      float[] vector = new float[DIMENSIONS];
      double squares = 0;
      for (int i = 0; i < DIMENSIONS; i++) {
        vector[i] = (float) random.nextGaussian();
        squares += vector[i] * vector[i];
      }
      for (int i = 0; i < DIMENSIONS; i++) {
        vector[i] /= (float) Math.sqrt(squares);
      }
      points.add(
          Embedding.newBuilder()
              .setId(image)
              .setLabel(image % 7)
              .setSuperLabel(0)
              .setSplit(splits.get(image % splits.size()))
              .setVector(UnitVector.bytes(vector))
              .build());
    }
    return points;
  }

  private static EmbeddingTile tile(List<Embedding> points, Split without) {
    return EmbeddingTile.of(
        points.stream().filter(point -> point.getSplit() != without).toList(), DIMENSIONS);
  }

  /** An index and its recall in a store of their own. */
  private record Made(Store store, Dataset<HnswSegment> segments, Dataset<RetrievalMetric> recall) {

    Manifest manifest() throws IOException {
      return store.find(segments.id()).orElseThrow();
    }

    List<HnswSegment> records() {
      List<HnswSegment> records = new ArrayList<>();
      store.open(segments).open().forEach(records::add);
      return records;
    }

    List<RetrievalMetric> metrics() {
      List<RetrievalMetric> metrics = new ArrayList<>();
      store.open(recall).open().forEach(metrics::add);
      return metrics;
    }
  }

  private Made made(String name, int workers, int count, Split... splits) throws Exception {
    Store store = Store.open(directory.resolve(name));
    StageGraph.Builder graph = StageGraph.builder();
    Dataset<Embedding> points = graph.add("points", new Points(count, List.of(splits)));
    Dataset<HnswSegment> segments =
        graph.add("hnsw", new HnswStage(new HnswConfig(SEGMENT, 8, 40), points));
    Dataset<RetrievalMetric> recall =
        graph.add(
            "hnsw-recall",
            new HnswRecallStage(new HnswRecallConfig(40, DEPTH, 100, 5), points, segments));
    Runner runner = new Runner(Runner.Kind.DIRECT, workers, Runner.Checks.ON);
    new Executor(store, runner, "test", Clock.systemUTC(), new Silent())
        .run(Plan.of(graph.build(), store, Set.of()));
    return new Made(store, segments, recall);
  }

  @Test
  void holdsWhatCanBeFoundInSegmentsOfTheirOwn() throws Exception {
    Made made = made("split", 2, 1000, Split.QUERY, Split.GALLERY, Split.TEST);

    List<HnswSegment> segments = made.records();
    assertThat(segments)
        .extracting(HnswSegment::getName)
        .containsExactly("segment-00000", "segment-00001", "segment-00002");
    assertThat(segments.stream().flatMap(segment -> segment.getIds().stream()))
        .containsExactlyElementsOf(
            IntStream.range(0, 1000).filter(id -> id % 3 != 0).mapToObj(Long::valueOf).toList());
    assertThat(segments)
        .allSatisfy(
            segment -> {
              assertThat(segment.getDimensions()).isEqualTo(DIMENSIONS);
              assertThat(segment.getLabels())
                  .isEqualTo(segment.getIds().stream().map(id -> (int) (id % 7)).toList());
            });

    StoredDataset<HnswSegment> stored = made.store().open(made.segments());
    List<Embedding> points = points(1000, List.of(Split.QUERY, Split.GALLERY, Split.TEST));
    EmbeddingTile queries = tile(points, Split.GALLERY);
    try (HnswIndex index = HnswIndex.open(stored.open(), stored.attachments()::resolve)) {
      assertThat(index.nearest(queries, DEPTH, 1000))
          .isEqualTo(NeighbourSearch.nearest(queries, tile(points, Split.QUERY), DEPTH));
    }
  }

  @Test
  void isTheSameByteForByteWithOneWorkerAndWithThree() throws Exception {
    Made one = made("one", 1, 1000, Split.TEST);
    Made three = made("three", 3, 1000, Split.TEST);

    assertThat(one.manifest().attachments()).hasSize(12);
    assertThat(three.manifest().attachments()).isEqualTo(one.manifest().attachments());
    assertThat(three.manifest().files()).isEqualTo(one.manifest().files());
    assertThat(three.metrics()).isEqualTo(one.metrics());
  }

  @Test
  void isTheSameByteForByteInACountryWithOtherDigits() throws Exception {
    Made here = made("here", 1, 500, Split.TEST);
    Made there = OtherDigits.there(() -> made("there", 1, 500, Split.TEST));

    assertThat(there.manifest().attachments()).isEqualTo(here.manifest().attachments());
    assertThat(there.manifest().files()).isEqualTo(here.manifest().files());
  }

  @Test
  void itsRecallIsMeasuredOnSomeOfTheQueries() throws Exception {
    assertThat(made("recall", 2, 1000, Split.TEST).metrics())
        .singleElement()
        .satisfies(
            metric -> {
              assertThat(metric.getName()).isEqualTo("neighbour-recall@10");
              assertThat(metric.getQueries()).isEqualTo(100);
              assertThat(metric.getValue()).isBetween(0.9, 1.0);
              assertThat(metric.getLow()).isLessThanOrEqualTo(metric.getValue());
              assertThat(metric.getHigh()).isGreaterThanOrEqualTo(metric.getValue());
            });
  }

  @Test
  void thereIsNothingInAGalleryThatIsEmpty() throws Exception {
    Made onlyAsked = made("asked", 2, 10, Split.QUERY);
    assertThat(onlyAsked.records()).isEmpty();
    assertThat(onlyAsked.metrics()).isEmpty();

    Made none = made("none", 2, 0, Split.TEST);
    assertThat(none.records()).isEmpty();
    assertThat(none.metrics()).isEmpty();
  }

  @Test
  void aGalleryOfOneImageIsFound() throws Exception {
    Made one = made("one", 2, 2, Split.QUERY, Split.GALLERY);

    assertThat(one.records())
        .singleElement()
        .satisfies(segment -> assertThat(segment.getIds()).containsExactly(1L));
    assertThat(one.metrics())
        .singleElement()
        .satisfies(metric -> assertThat(metric.getValue()).isEqualTo(1));
  }

  @Test
  void aDamagedIndexIsNamedBeforeItsRecallIsMeasured() throws Exception {
    Made made = made("damaged", 2, 100, Split.TEST);
    Path file = made.store().open(made.segments()).attachment("segment-00000.vec");
    byte[] content = Files.readAllBytes(file);
    content[content.length / 2] ^= 1;
    Files.write(file, content);
    StageGraph.Builder graph = StageGraph.builder();
    Dataset<Embedding> points = graph.add("points", new Points(100, List.of(Split.TEST)));
    Dataset<HnswSegment> segments =
        graph.add("hnsw", new HnswStage(new HnswConfig(SEGMENT, 8, 40), points));
    graph.add(
        "hnsw-recall",
        new HnswRecallStage(new HnswRecallConfig(41, DEPTH, 100, 5), points, segments));

    assertThatThrownBy(() -> DirectRun.of(graph.build(), made.store()))
        .isInstanceOf(Failure.class)
        .hasMessageContainingAll("segment-00000", "damaged");
  }
}
