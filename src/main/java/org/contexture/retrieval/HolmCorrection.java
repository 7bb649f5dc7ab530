package org.contexture.retrieval;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Probabilities of several tests, raised so that the chance that any of them is wrongly below a
 * level is no more than that level, however the tests depend on each other.
 *
 * @see <a href="https://www.jstor.org/stable/4615733">Holm: A simple sequentially rejective
 *     multiple test procedure, 1979</a>
 */
public final class HolmCorrection {
  private HolmCorrection() {}

  /** The corrected probabilities, in the order of those given. */
  public static List<Double> of(List<Double> probabilities) {
    int count = probabilities.size();
    List<Integer> ascending =
        IntStream.range(0, count).boxed().sorted(Comparator.comparing(probabilities::get)).toList();
    List<Double> corrected = new ArrayList<>(probabilities);
    double most = 0;
    for (int rank = 0; rank < count; rank++) {
      int test = ascending.get(rank);
      most = Math.max(most, Math.min(1, (count - rank) * probabilities.get(test)));
      corrected.set(test, most);
    }
    return List.copyOf(corrected);
  }
}
