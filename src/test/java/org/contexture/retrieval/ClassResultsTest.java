package org.contexture.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.contexture.record.ClassResult;
import org.contexture.record.Confusion;
import org.contexture.record.Neighbour;
import org.contexture.record.Neighbours;
import org.junit.jupiter.api.Test;

class ClassResultsTest {
  private static final List<Neighbours> QUERIES =
      List.of(
          query(7, 7, 1, 2),
          query(7, 3, 2, 3),
          query(7, 5, 2, 5),
          query(7, 5, 3, 4),
          query(3, 7, 4),
          query(9, 3));

  /** A query of a class, the class of its nearest neighbour, and the ranks of its own. */
  private static Neighbours query(int label, int nearest, Integer... ranks) {
    return Neighbours.newBuilder()
        .setQueryId(0)
        .setQueryLabel(label)
        .setRanks(Arrays.asList(ranks))
        .setNeighbours(List.of(new Neighbour(1L, nearest, 0.5f)))
        .build();
  }

  @Test
  void areTheMeansOfEachClassAndWhatItIsTakenFor() {
    assertThat(of(QUERIES).results())
        .containsExactly(
            new ClassResult(3, 1L, 0.0, 0.0, List.of(new Confusion(7, 1L))),
            new ClassResult(
                7,
                4L,
                0.25,
                (1 + 0.25 + 0.25) / 4,
                List.of(new Confusion(5, 2L), new Confusion(3, 1L))));
  }

  @Test
  void areTheSameHoweverQueriesAreDealtOut() {
    ClassResults parts = of(QUERIES.subList(3, 6));
    parts.merge(of(QUERIES.subList(0, 3)));

    assertThat(parts.results()).isEqualTo(of(QUERIES).results());
  }

  private static ClassResults of(List<Neighbours> queries) {
    ClassResults results = new ClassResults();
    queries.forEach(results::add);
    return results;
  }
}
