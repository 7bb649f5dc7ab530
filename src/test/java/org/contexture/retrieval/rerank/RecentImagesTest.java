package org.contexture.retrieval.rerank;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentImagesTest {
  @Test
  void forgetsWhatWasAskedForLongestAgo() {
    List<Long> foundOut = new ArrayList<>();
    RecentImages<String> recent =
        new RecentImages<>(
            2,
            image -> {
              foundOut.add(image);
              return "image " + image;
            });

    for (long image : new long[] {1, 2, 1, 3, 1, 2}) {
      assertThat(recent.of(image)).isEqualTo("image " + image);
    }

    assertThat(foundOut).containsExactly(1L, 2L, 3L, 2L);
  }
}
