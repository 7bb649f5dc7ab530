package org.contexture.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import org.contexture.failure.Failure;
import org.contexture.record.RetrievalMetric;
import org.junit.jupiter.api.Test;

class RetrievalMetricsTest {
  private static final List<RankMetric> METRICS = RetrievalMetrics.standard(List.of(1, 2));

  @Test
  void meansLeaveOutQueriesWithNothingToFindAndCountThem() {
    assertThat(threeQueries(QueriesWithoutRelevant.EXCLUDED).results())
        .containsExactly(
            metric("recall@1", 0.5, 2, 1),
            metric("recall@2", 1, 2, 1),
            metric("map@r", 0.625, 2, 1),
            metric("r-precision", 0.75, 2, 1));
  }

  @Test
  void meansCountThemAsMissesForRecallOnlyAsTheReferenceDoes() {
    assertThat(threeQueries(QueriesWithoutRelevant.REFERENCE).results())
        .containsExactly(
            metric("recall@1", 1.0 / 3, 3, 0),
            metric("recall@2", 2.0 / 3, 3, 0),
            metric("map@r", 0.625, 2, 1),
            metric("r-precision", 0.75, 2, 1));
  }

  @Test
  void refuseAMeanOverNothing() {
    RetrievalMetrics metrics = RetrievalMetrics.of(METRICS, QueriesWithoutRelevant.EXCLUDED);
    metrics.add(Ranked.list(0, 5));

    assertThatThrownBy(metrics::results)
        .isInstanceOf(Failure.class)
        .hasMessageContaining("There is no recall@1: none of the 1 queries");
  }

  @Test
  void refuseAListTooShortAndCountNothingOfIt() {
    RetrievalMetrics metrics = threeQueries(QueriesWithoutRelevant.EXCLUDED);
    List<RetrievalMetric> before = metrics.results();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> metrics.add(Ranked.list(5, 3, 1)))
        .withMessageContaining("where 5 neighbours are needed");
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
                    RetrievalMetrics.standard(List.of(1, 1)), QueriesWithoutRelevant.EXCLUDED))
        .withMessageContaining("each once");
  }

  @Test
  void sayHowDeepToSearch() {
    assertThat(RetrievalMetrics.depth(METRICS, 30)).isEqualTo(30);
    assertThat(RetrievalMetrics.depth(METRICS, 1)).isEqualTo(2);
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
    metrics.add(Ranked.list(1, 3, 1));
    metrics.add(Ranked.list(2, 3, 2));
    metrics.add(Ranked.list(0, 3));
    return metrics;
  }

  private static RetrievalMetric metric(String name, double value, long queries, long excluded) {
    return RetrievalMetric.newBuilder()
        .setName(name)
        .setValue(value)
        .setQueries(queries)
        .setExcluded(excluded)
        .build();
  }
}
