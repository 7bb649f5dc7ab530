package org.contexture.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RepeatedGroupsSamplerTest {

  @Test
  void theBatchesOfAnEpochAreNoMoreThanAskedForHoweverOftenGroupsMayRepeat() {
    int[] labels = {0, 1, 2, 3, 4, 5};

    assertThat(new RepeatedGroupsSampler(labels, 1, 1, 42, 1_000_000_000, 1).batchesPerEpoch())
        .isEqualTo(42);
  }

  /** As of the classes of In-Shop that have fewer images than a batch wants of them. */
  @Test
  void aClassWithTooFewImagesIsDrawnWithReplacement() {
    int[] labels = {0, 0, 1, 1, 1, 1, 1};
    RepeatedGroupsSampler sampler = new RepeatedGroupsSampler(labels, 2, 4, 3, 10, 1);

    assertThat(sampler.epoch(0))
        .hasSize(3)
        .allSatisfy(
            batch -> {
              Set<Integer> images = new HashSet<>();
              Arrays.stream(batch).forEach(images::add);
              assertThat(Arrays.stream(batch).filter(image -> labels[image] == 0)).hasSize(4);
              assertThat(images.stream().filter(image -> labels[image] == 1)).hasSize(4);
            });
  }
}
