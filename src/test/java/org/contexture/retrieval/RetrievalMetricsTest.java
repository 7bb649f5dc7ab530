package org.contexture.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import org.assertj.core.groups.Tuple;
import org.contexture.failure.Failure;
import org.contexture.record.RetrievalMetric;
import org.junit.jupiter.api.Test;

class RetrievalMetricsTest {
  private static final List<RankMetric> METRICS =
      RetrievalMetrics.standard(List.of(1, 2), List.of());

  @Test
  void meansLeaveOutQueriesWithNothingToFindAndCountThem() {
    assertThat(means(QueriesWithoutRelevant.EXCLUDED))
        .containsExactly(
            metric("recall@1", 0.5, 2, 1),
            metric("recall@2", 1, 2, 1),
            metric("map@r", 0.625, 2, 1),
            metric("r-precision", 0.75, 2, 1),
            metric("map", 0.75, 2, 1),
            metric("mrr", 0.75, 2, 1));
  }

  @Test
  void meansCountThemAsMissesForRecallOnlyAsTheReferenceDoes() {
    assertThat(means(QueriesWithoutRelevant.REFERENCE))
        .containsExactly(
            metric("recall@1", 1.0 / 3, 3, 0),
            metric("recall@2", 2.0 / 3, 3, 0),
            metric("map@r", 0.625, 2, 1),
            metric("r-precision", 0.75, 2, 1),
            metric("map", 0.75, 2, 1),
            metric("mrr", 0.5, 3, 0));
  }

  @Test
  void meansLieInTheirIntervals() {
    assertThat(threeQueries(QueriesWithoutRelevant.EXCLUDED).results())
        .allSatisfy(
            metric -> assertThat(metric.getValue()).isBetween(metric.getLow(), metric.getHigh()));
  }

  @Test
  void refuseAMeanOverNothing() {
    RetrievalMetrics metrics = RetrievalMetrics.of(METRICS, QueriesWithoutRelevant.EXCLUDED);
    metrics.add(Ranked.at());

    assertThatThrownBy(metrics::results)
        .isInstanceOf(Failure.class)
        .hasMessageContaining("There is no recall@1: none of the 1 queries");
  }

  @Test
  void refuseRanksThatCannotBeAndCountNothingOfThem() {
    RetrievalMetrics metrics = threeQueries(QueriesWithoutRelevant.EXCLUDED);
    List<RetrievalMetric> before = metrics.results();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> metrics.add(Ranked.at(5, 3)))
        .withMessageContaining("do not ascend");
    assertThat(metrics.results()).isEqualTo(before);
  }

  @Test
  void mergeOnlyWithTheSameMetricsAndRule() {
    RetrievalMetrics metrics = RetrievalMetrics.of(METRICS, QueriesWithoutRelevant.EXCLUDED);

    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> metrics.merge(RetrievalMetrics.of(METRICS, QueriesWithoutRelevant.REFERENCE)))
        .withMessageContaining("do not merge");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                metrics.merge(
                    RetrievalMetrics.of(
                        List.of(new RecallAtK(1)), QueriesWithoutRelevant.EXCLUDED)))
        .withMessageContaining("do not merge");
  }

  @Test
  void refuseAMetricTwice() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                RetrievalMetrics.of(
                    RetrievalMetrics.standard(List.of(1, 1), List.of()),
                    QueriesWithoutRelevant.EXCLUDED))
        .withMessageContaining("each once");
  }

  @Test
  void haveNamesByWhatIsAskedFor() {
    assertThat(RetrievalMetrics.standard(List.of(1, 10), List.of(5)))
        .extracting(RankMetric::name)
        .containsExactly(
            "recall@1",
            "recall@10",
            "map@r",
            "r-precision",
            "map",
            "mrr",
            "precision@5",
            "map@5",
            "map-by-hits@5",
            "ndcg@5");
  }

  @Test
  void surviveJavaSerialization() throws IOException, ClassNotFoundException {
    RetrievalMetrics metrics = threeQueries(QueriesWithoutRelevant.EXCLUDED);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new ObjectOutputStream(bytes).writeObject(metrics);

    RetrievalMetrics copy =
        (RetrievalMetrics)
            new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();

    assertThat(copy.results()).isEqualTo(metrics.results());
  }

  private static RetrievalMetrics threeQueries(QueriesWithoutRelevant rule) {
    RetrievalMetrics metrics = RetrievalMetrics.of(METRICS, rule);
    metrics.add(Ranked.at(1));
    metrics.add(Ranked.at(2, 4));
    metrics.add(Ranked.at());
    return metrics;
  }

  private static List<Tuple> means(QueriesWithoutRelevant rule) {
    return threeQueries(rule).results().stream()
        .map(of -> tuple(of.getName(), of.getValue(), of.getQueries(), of.getExcluded()))
        .toList();
  }

  private static Tuple metric(String name, double value, long queries, long excluded) {
    return tuple(name, value, queries, excluded);
  }
}
