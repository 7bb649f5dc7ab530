package org.contexture.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.contexture.golden.GoldenFiles;
import org.contexture.golden.Npz;
import org.contexture.record.Neighbours;
import org.contexture.record.RetrievalMetric;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every case of retrieval in {@code golden/metrics}, against the oracle that breaks ties by id. */
class MetricsGoldenTest {
  private static final GoldenFiles FILES = GoldenFiles.folder("metrics");
  private static final double TOLERANCE = 2e-5;
  private static final String NEAREST = "top10_neighbours";

  /** Query ids of query/gallery cases start here, so that none is an id of the gallery. */
  private static final long FIRST_QUERY = 1_000_000;

  static List<String> cases() {
    return FILES.cases("self_", "qg_");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void equalsTheOracle(String name) {
    JsonNode json = FILES.json(name + ".json");
    JsonNode oracle = json.get("results").get("oracle_index");
    Npz arrays = FILES.npz(name + ".npz");
    boolean self = json.get("mode").asText().equals("self");
    EmbeddingTile gallery =
        self
            ? tile(arrays, "embeddings", "labels", 0)
            : tile(arrays, "gallery", "gallery_labels", 0);
    EmbeddingTile queries = self ? gallery : tile(arrays, "query", "query_labels", FIRST_QUERY);

    List<Integer> recallAt = recallAt(oracle);
    List<Neighbours> neighbours =
        NeighbourSearch.retrieved(queries, gallery, depth(arrays)).stream()
            .map(Retrieved::toRecord)
            .toList();

    Map<String, RetrievalMetric> reference =
        metrics(neighbours, recallAt, QueriesWithoutRelevant.REFERENCE);
    for (int k : recallAt) {
      assertThat(reference.get("recall@" + k).getValue())
          .isEqualTo(oracle.get("R@" + k).asDouble());
    }
    Map<String, RetrievalMetric> excluding =
        metrics(neighbours, recallAt, QueriesWithoutRelevant.EXCLUDED);
    assertThat(excluding.get("map@r").getValue())
        .isCloseTo(oracle.get("mAP@R_nan_excluded").asDouble(), within(TOLERANCE));
    assertThat(excluding.get("r-precision").getValue())
        .isCloseTo(oracle.get("R-Precision_nan_excluded").asDouble(), within(TOLERANCE));
    assertThat(excluding.get("map").getValue())
        .isCloseTo(oracle.get("mAP_nan_excluded").asDouble(), within(TOLERANCE));
    assertThat(excluding.get("map@r").getExcluded())
        .isEqualTo(oracle.get("queries_without_relevant").asLong());
    if (!json.get("ties").asBoolean()) {
      JsonNode library = json.at("/results/pml_accuracy_calculator");
      assertThat(excluding.get("recall@1").getValue())
          .isCloseTo(library.get("precision_at_1").asDouble(), within(1e-12));
      assertThat(excluding.get("map").getValue())
          .isCloseTo(library.get("mean_average_precision").asDouble(), within(TOLERANCE));
    }

    assertPerQuery(new AveragePrecision(), neighbours, arrays, "ap");
    assertPerQuery(new AveragePrecisionAtR(), neighbours, arrays, "ap_at_r");
    assertPerQuery(new RPrecision(), neighbours, arrays, "r_precision");
    if (arrays.has(NEAREST)) {
      assertNearest(neighbours, arrays);
    }
  }

  private static EmbeddingTile tile(Npz arrays, String vectors, String labels, long firstId) {
    int[] classes = LongStream.of(arrays.longs(labels)).mapToInt(Math::toIntExact).toArray();
    return EmbeddingTile.of(
        LongStream.range(firstId, firstId + classes.length).toArray(),
        classes,
        arrays.floats(vectors),
        Math.toIntExact(arrays.shape(vectors)[1]));
  }

  private static List<Integer> recallAt(JsonNode oracle) {
    List<Integer> recallAt = new ArrayList<>();
    oracle
        .fieldNames()
        .forEachRemaining(
            field -> {
              if (field.startsWith("R@")) {
                recallAt.add(Integer.valueOf(field.substring(2)));
              }
            });
    assertThat(recallAt).isNotEmpty();
    return recallAt;
  }

  private static Map<String, RetrievalMetric> metrics(
      List<Neighbours> neighbours, List<Integer> recallAt, QueriesWithoutRelevant rule) {
    RetrievalMetrics metrics =
        RetrievalMetrics.of(RetrievalMetrics.standard(recallAt, List.of()), rule);
    neighbours.forEach(metrics::add);
    Map<String, RetrievalMetric> results = new LinkedHashMap<>();
    metrics.results().forEach(metric -> results.put(metric.getName(), metric));
    return results;
  }

  private static void assertPerQuery(
      RankMetric metric, List<Neighbours> neighbours, Npz arrays, String array) {
    float[] expected = arrays.floats(array + "_per_query_index_order");
    assertThat(expected).hasSameSizeAs(neighbours);
    for (int query = 0; query < expected.length; query++) {
      RankedRelevance relevance = RankedRelevance.of(neighbours.get(query));
      if (Float.isNaN(expected[query])) {
        assertThat(relevance.relevant()).as("query %d", query).isZero();
      } else {
        assertThat(metric.value(relevance))
            .as("%s of query %d", array, query)
            .isCloseTo(expected[query], within(TOLERANCE));
      }
    }
  }

  private static int depth(Npz arrays) {
    return arrays.has(NEAREST) ? Math.toIntExact(arrays.shape(NEAREST)[1]) : 1;
  }

  private static void assertNearest(List<Neighbours> neighbours, Npz arrays) {
    long[] expected = arrays.longs(NEAREST);
    int depth = depth(arrays);
    for (int query = 0; query < neighbours.size(); query++) {
      Neighbours found = neighbours.get(query);
      assertThat(IntStream.range(0, depth).mapToLong(i -> found.getNeighbours().get(i).getId()))
          .as("query %d", query)
          .containsExactly(
              Arrays.stream(expected, query * depth, (query + 1) * depth)
                  .boxed()
                  .toArray(Long[]::new));
    }
  }
}
