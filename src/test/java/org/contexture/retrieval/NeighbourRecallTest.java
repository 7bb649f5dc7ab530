package org.contexture.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import org.contexture.record.RetrievalMetric;
import org.junit.jupiter.api.Test;

class NeighbourRecallTest {
  private static final EmbeddingTile QUERIES = Tiles.random(1000, 2, 4, 2, 1);
  private static final EmbeddingTile GALLERY = Tiles.random(0, 6, 4, 2, 2);

  private static TopNeighbours nearest(int query, EmbeddingTile gallery, int depth) {
    return NeighbourSearch.nearest(QUERIES.rows(query, query + 1), gallery, depth).get(0);
  }

  @Test
  void isTheMeanShareOfTheNearestThatWereFound() {
    NeighbourRecall recall = new NeighbourRecall(6);
    recall.add(nearest(0, GALLERY, 6), nearest(0, GALLERY, 6));
    recall.add(nearest(1, GALLERY, 6), nearest(1, GALLERY.rows(2, 4), 6));

    RetrievalMetric result = recall.result();
    assertThat(result.getName()).isEqualTo("neighbour-recall@6");
    assertThat(result.getValue()).isCloseTo((1 + 2.0 / 6) / 2, within(1e-15));
    assertThat(result.getLow()).isCloseTo(2.0 / 6, within(1e-6));
    assertThat(result.getHigh()).isEqualTo(1);
    assertThat(result.getQueries()).isEqualTo(2);
    assertThat(result.getExcluded()).isZero();
  }

  @Test
  void whoHasNoNeighboursIsLeftOut() {
    NeighbourRecall recall = new NeighbourRecall(3);
    recall.add(nearest(0, GALLERY.rows(0, 0), 3), nearest(0, GALLERY.rows(0, 0), 3));
    assertThat(recall.queries()).isZero();
    assertThatIllegalStateException().isThrownBy(recall::result);

    recall.add(nearest(1, GALLERY.rows(0, 2), 3), nearest(1, GALLERY.rows(0, 1), 3));
    assertThat(recall.result().getValue()).isEqualTo(0.5);
    assertThat(recall.result().getExcluded()).isEqualTo(1);
  }

  @Test
  void searchesThatDoNotBelongTogetherAreRefused() {
    NeighbourRecall recall = new NeighbourRecall(3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> recall.add(nearest(0, GALLERY, 3), nearest(1, GALLERY, 3)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> recall.add(nearest(0, GALLERY, 3), nearest(0, GALLERY, 4)));
  }
}
