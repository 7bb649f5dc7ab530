package org.contexture.retrieval;

import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.contexture.record.ClassResult;
import org.contexture.record.Confusion;
import org.contexture.record.Neighbours;

/**
 * How the queries of each class are retrieved, and what they are taken for: an accumulator of
 * queries that come one by one, which merges with others. The results are the same bit for bit in
 * whatever order. Queries with nothing to find are left out. Mutable, not thread-safe.
 */
public final class ClassResults implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final RankMetric RECALL = new RecallAtK(1);
  private static final RankMetric PRECISION = new AveragePrecisionAtR();

  private final TreeMap<Integer, OfClass> classes = new TreeMap<>();

  private static final class OfClass implements Serializable {
    private static final long serialVersionUID = 1L;

    private long queries;
    private final UnitIntervalSum recall = new UnitIntervalSum();
    private final UnitIntervalSum precision = new UnitIntervalSum();
    private final TreeMap<Integer, Long> confusions = new TreeMap<>();

    void add(OfClass other) {
      queries += other.queries;
      recall.add(other.recall);
      precision.add(other.precision);
      other.confusions.forEach((label, count) -> confusions.merge(label, count, Long::sum));
    }

    ClassResult result(int label) {
      return ClassResult.newBuilder()
          .setLabel(label)
          .setQueries(queries)
          .setRecallAt1(recall.dividedBy(queries))
          .setMeanAveragePrecisionAtR(precision.dividedBy(queries))
          .setConfusions(
              confusions.entrySet().stream()
                  .map(entry -> new Confusion(entry.getKey(), entry.getValue()))
                  .sorted(Comparator.comparingLong(Confusion::getQueries).reversed())
                  .toList())
          .build();
    }
  }

  /** Adds one query. */
  public void add(Neighbours neighbours) {
    RankedRelevance relevance = RankedRelevance.of(neighbours);
    if (relevance.relevant() == 0) {
      return;
    }
    OfClass result = classes.computeIfAbsent(neighbours.getQueryLabel(), label -> new OfClass());
    result.queries++;
    result.recall.add(RECALL.value(relevance));
    result.precision.add(PRECISION.value(relevance));
    int nearest = neighbours.getNeighbours().get(0).getLabel();
    if (nearest != neighbours.getQueryLabel()) {
      result.confusions.merge(nearest, 1L, Long::sum);
    }
  }

  /** Adds all queries that another accumulator has seen, which is left as it is. */
  public void merge(ClassResults other) {
    other.classes.forEach(
        (label, result) -> classes.computeIfAbsent(label, none -> new OfClass()).add(result));
  }

  /** The result of each class, by ascending label. */
  public List<ClassResult> results() {
    return classes.entrySet().stream()
        .map(entry -> entry.getValue().result(entry.getKey()))
        .toList();
  }
}
