package org.contexture.flink;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.contexture.failure.Failure;
import org.junit.jupiter.api.Test;

class ClusterSizeTest {
  @Test
  void sizesThatCannotBeAreNamedByTheirOptions() {
    assertThatThrownBy(() -> new ClusterSize(2, 0, 512, 0))
        .isInstanceOf(Failure.class)
        .hasMessage("--slots 0: give a number of 1 or more.");
    assertThatThrownBy(() -> new ClusterSize(2, 1, 512, 3))
        .isInstanceOf(Failure.class)
        .hasMessage("--accelerators 3: give a number of workers, from 0 to 2.");
  }
}
