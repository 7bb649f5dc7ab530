package org.contexture.retrieval.rerank;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.contexture.record.Neighbour;
import org.contexture.record.Neighbours;
import org.junit.jupiter.api.Test;

class RerankedNeighboursTest {
  private static final int CLASS = 7;

  /** Images 100, 101, ... of the given classes, in this order, of which some are kept. */
  private static Neighbours ranking(List<Integer> labels, int kept) {
    return Neighbours.newBuilder()
        .setQueryId(1)
        .setQueryLabel(CLASS)
        .setRanks(ranks(labels))
        .setNeighbours(
            IntStream.range(0, Math.min(kept, labels.size()))
                .mapToObj(i -> new Neighbour(100L + i, labels.get(i), 1f - i / 1000f))
                .toList())
        .build();
  }

  private static List<Integer> ranks(List<Integer> labels) {
    return IntStream.range(0, labels.size())
        .filter(i -> labels.get(i) == CLASS)
        .mapToObj(i -> i + 1)
        .toList();
  }

  @Test
  void theRanksOfWhoIsFartherStay() {
    Neighbours ranking = ranking(List.of(0, 0, CLASS, CLASS, 0, CLASS), 4);
    Reranker reversed = (query, candidates) -> new double[] {1, 2, 3};

    Neighbours actual = RerankedNeighbours.of(ranking, 3, reversed);

    assertThat(actual.getNeighbours())
        .extracting(Neighbour::getId)
        .containsExactly(102L, 101L, 100L);
    assertThat(actual.getRanks()).containsExactly(1, 4, 6);
    assertThat(actual.getQueryId()).isEqualTo(1);
    assertThat(actual.getQueryLabel()).isEqualTo(CLASS);
  }

  @Test
  void equalSimilaritiesLeaveTheOrder() {
    Neighbours ranking = ranking(List.of(0, CLASS, 0, CLASS), 4);

    assertThat(RerankedNeighbours.of(ranking, 10, (query, candidates) -> new double[4]))
        .isEqualTo(ranking);
  }

  @Property(tries = 200)
  void isAPermutationWithTheRanksThatFollow(
      @ForAll @IntRange(max = 40) int gallery,
      @ForAll @IntRange(max = 40) int kept,
      @ForAll @IntRange(min = 1, max = 45) int depth,
      @ForAll long seed) {
    Random random = new Random(seed);
    List<Integer> labels =
        IntStream.range(0, gallery).mapToObj(i -> CLASS + random.nextInt(3)).toList();
    Neighbours ranking = ranking(labels, kept);
    double[] scores = IntStream.range(0, gallery).mapToDouble(i -> random.nextInt(5)).toArray();

    Neighbours actual =
        RerankedNeighbours.of(
            ranking,
            depth,
            (query, candidates) -> {
              double[] some = new double[candidates.length];
              for (int i = 0; i < some.length; i++) {
                some[i] = scores[(int) (candidates[i] - 100)];
              }
              return some;
            });

    int count = Math.min(depth, Math.min(kept, gallery));
    List<Integer> order = new ArrayList<>(IntStream.range(0, count).boxed().toList());
    order.sort((a, b) -> scores[a] != scores[b] ? Double.compare(scores[b], scores[a]) : a - b);
    assertThat(actual.getNeighbours())
        .isEqualTo(order.stream().map(ranking.getNeighbours()::get).toList());
    List<Integer> whole = new ArrayList<>(order.stream().map(labels::get).toList());
    whole.addAll(labels.subList(count, gallery));
    assertThat(actual.getRanks()).isEqualTo(ranks(whole));
  }
}
