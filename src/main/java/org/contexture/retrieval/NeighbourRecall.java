package org.contexture.retrieval;

import java.util.HashSet;
import java.util.Set;
import org.contexture.record.RetrievalMetric;

/**
 * Which share of the exact nearest neighbours an approximate search finds: what the literature on
 * approximate search calls recall@k. It says nothing of classes, as {@link RecallAtK} does.
 */
public final class NeighbourRecall {
  private final int depth;
  private final UnitIntervalSum sum = new UnitIntervalSum();
  private final BootstrapSums samples = new BootstrapSums();
  private long queries;
  private long excluded;

  /**
   * No queries yet.
   *
   * @param depth how many nearest neighbours count
   */
  public NeighbourRecall(int depth) {
    this.depth = depth;
  }

  /**
   * Adds a query; one with an empty gallery is left out.
   *
   * @param exact its nearest neighbours
   * @param found what the approximate search found, to the same depth
   * @throws IllegalArgumentException if they are of another query or depth
   */
  public void add(TopNeighbours exact, TopNeighbours found) {
    if (exact.queryId() != found.queryId() || exact.depth() != depth || found.depth() != depth) {
      throw new IllegalArgumentException(
          "%s and %s, instead of two searches for %d neighbours of one query"
              .formatted(exact, found, depth));
    }
    if (exact.size() == 0) {
      excluded++;
      return;
    }
    Set<Long> wanted = new HashSet<>();
    for (int position = 0; position < exact.size(); position++) {
      wanted.add(exact.id(position));
    }
    int hits = 0;
    for (int position = 0; position < found.size(); position++) {
      hits += wanted.contains(found.id(position)) ? 1 : 0;
    }
    double share = (double) hits / exact.size();
    sum.add(share);
    samples.add(share, BootstrapSums.drawn(exact.queryId()));
    queries++;
  }

  /** How many queries were added and not left out. */
  public long queries() {
    return queries;
  }

  /**
   * The mean over the queries, with its 95 % interval, called {@code neighbour-recall@k}.
   *
   * @throws IllegalStateException if there was no query
   */
  public RetrievalMetric result() {
    if (queries == 0) {
      throw new IllegalStateException("no query");
    }
    return RetrievalMetric.newBuilder()
        .setName("neighbour-recall@" + depth)
        .setValue(sum.dividedBy(queries))
        .setLow(samples.low())
        .setHigh(samples.high())
        .setQueries(queries)
        .setExcluded(excluded)
        .build();
  }
}
