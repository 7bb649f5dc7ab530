package org.contexture.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GradientNormTest {
  private final NDManager manager = NDManager.newBaseManager();
  private final NDArray first = manager.create(new float[] {3, 0});
  private final NDArray second = manager.create(new float[] {0, -4});
  private final GradientNorm norm = new GradientNorm(manager);

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void isThatOfAllGradientsAsOneVector() {
    assertThat(norm.of(List.of(first, second))).isEqualTo(5);

    assertThat(first.toFloatArray()).containsExactly(3, 0);
  }

  @Test
  void longGradientsAreShortenedTogether() {
    assertThat(norm.clip(List.of(first, second), 2.5)).isEqualTo(5);

    assertThat(first.toFloatArray()).containsExactly(new float[] {1.5f, 0}, within(1e-5f));
    assertThat(second.toFloatArray()).containsExactly(new float[] {0, -2}, within(1e-5f));
  }

  @Test
  void shortOnesStayAsTheyAre() {
    assertThat(norm.clip(List.of(first, second), 6)).isEqualTo(5);

    assertThat(first.toFloatArray()).containsExactly(3, 0);
    assertThat(second.toFloatArray()).containsExactly(0, -4);
  }

  @Test
  void nothingIsLeftBehind() {
    int before = manager.getManagedArrays().size();

    norm.clip(List.of(first, second), 1);

    assertThat(manager.getManagedArrays()).hasSize(before);
  }
}
