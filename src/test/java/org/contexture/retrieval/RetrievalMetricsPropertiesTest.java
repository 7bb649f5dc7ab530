package org.contexture.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.contexture.record.Neighbours;

/** However queries are dealt out to accumulators and these merged: the same bits. */
class RetrievalMetricsPropertiesTest {
  private static final List<RankMetric> METRICS =
      RetrievalMetrics.standard(List.of(1, 4, 10), List.of(5));

  @Property(tries = 100)
  void resultsDoNotDependOnTheOrderOfAddingAndMerging(
      @ForAll @IntRange(min = 2, max = 60) int size,
      @ForAll @IntRange(min = 1, max = 6) int parts,
      @ForAll long seed) {
    EmbeddingTile tile = Tiles.random(0, size, 3, size / 2, seed);
    List<Neighbours> queries =
        new ArrayList<>(
            NeighbourSearch.retrieved(tile, tile, 1).stream().map(Retrieved::toRecord).toList());
    queries.add(Ranked.at(3));
    RetrievalMetrics whole = RetrievalMetrics.of(METRICS, QueriesWithoutRelevant.EXCLUDED);
    queries.forEach(whole::add);

    Random random = new Random(seed);
    Collections.shuffle(queries, random);
    List<RetrievalMetrics> accumulators = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      accumulators.add(RetrievalMetrics.of(METRICS, QueriesWithoutRelevant.EXCLUDED));
    }
    queries.forEach(query -> accumulators.get(random.nextInt(parts)).add(query));
    while (accumulators.size() > 1) {
      RetrievalMetrics taken = accumulators.remove(random.nextInt(accumulators.size()));
      accumulators.get(random.nextInt(accumulators.size())).merge(taken);
    }

    assertThat(accumulators.get(0).results()).isEqualTo(whole.results());
  }
}
