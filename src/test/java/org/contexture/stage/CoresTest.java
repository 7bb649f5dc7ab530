package org.contexture.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.contexture.thread.InOrder;
import org.junit.jupiter.api.Test;

class CoresTest {
  private static final long GIBIBYTE = 1L << 30;

  @Test
  void thereIsOneForEachProcessorIfTheHeapHoldsTheLargestPictureForEach() {
    assertThat(Cores.number(8, 4 * GIBIBYTE)).isEqualTo(8);
    assertThat(Cores.number(32, 2 * GIBIBYTE)).isEqualTo(5);
    assertThat(Cores.number(4, GIBIBYTE / 8)).isEqualTo(1);
  }

  private static Iterator<Supplier<Integer>> numbers(int count) {
    return IntStream.range(0, count).<Supplier<Integer>>mapToObj(i -> () -> i).iterator();
  }

  @Test
  void tasksThatShareThemEachHaveTheirResultsInOrder() {
    List<Integer> expected = IntStream.range(0, 1000).boxed().toList();
    List<Integer> ofOne = new ArrayList<>();
    List<Integer> ofOther = new ArrayList<>();
    try (Cores cores = new Cores();
        Cores.Share one = cores.share();
        Cores.Share other = cores.share();
        InOrder<Integer> first = one.inOrder(numbers(1000));
        InOrder<Integer> second = other.inOrder(numbers(1000))) {
      while (first.hasNext()) {
        ofOne.add(first.next());
        ofOther.add(second.next());
      }
    }

    assertThat(ofOne).isEqualTo(expected);
    assertThat(ofOther).isEqualTo(expected);
  }
}
