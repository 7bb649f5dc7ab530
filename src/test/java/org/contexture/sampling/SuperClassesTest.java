package org.contexture.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SuperClassesTest {

  /** The paper's code takes the labels of super classes for places in a list. */
  @Test
  void labelsMayHaveGaps() {
    SuperClasses supers =
        SuperClasses.of(new int[] {4, 4, 9, 30, 30, 30}, new int[] {70, 70, -2, 70, 70, 70});

    assertThat(supers.count()).isEqualTo(2);
    assertThat(supers.classes(0)).containsExactly(1);
    assertThat(supers.classes(1)).containsExactly(0, 2);
    assertThat(supers.examples()).containsExactly(1, 5);
  }
}
