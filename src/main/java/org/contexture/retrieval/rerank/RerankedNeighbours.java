package org.contexture.retrieval.rerank;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.contexture.record.Neighbour;
import org.contexture.record.Neighbours;

/** A ranking whose first images stand in another order, and the ranks that follow from it. */
public final class RerankedNeighbours {
  private RerankedNeighbours() {}

  /**
   * A ranking with its nearest images in the order of a re-ranker's similarities, equal ones as
   * they were. The ranks of farther images stay, and so does what a neighbour says: its similarity
   * is the cosine.
   *
   * @param depth how many of the nearest are ordered anew and kept, if there are so many
   */
  public static Neighbours of(Neighbours ranking, int depth, Reranker reranker) {
    List<Neighbour> before = ranking.getNeighbours();
    int count = Math.min(depth, before.size());
    double[] similarities =
        reranker.similarities(
            ranking.getQueryId(),
            before.stream().limit(count).mapToLong(Neighbour::getId).toArray());
    List<Neighbour> after =
        IntStream.range(0, count)
            .boxed()
            .sorted(Comparator.comparingDouble(place -> -similarities[place]))
            .map(before::get)
            .toList();
    return Neighbours.newBuilder(ranking)
        .setNeighbours(after)
        .setRanks(ranks(ranking, after))
        .build();
  }

  private static List<Integer> ranks(Neighbours ranking, List<Neighbour> after) {
    List<Integer> ranks = new ArrayList<>();
    for (int place = 0; place < after.size(); place++) {
      if (after.get(place).getLabel() == ranking.getQueryLabel()) {
        ranks.add(place + 1);
      }
    }
    ranking.getRanks().stream().filter(rank -> rank > after.size()).forEach(ranks::add);
    return ranks;
  }
}
