package org.contexture.loss;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BatchConditionTest {
  private static final float[] APART = {1, 0, 0, 1, -1, 0, 0, -1};
  private static final int[] PAIRS = {0, 0, 1, 1};

  private final NDManager manager = NDManager.newBaseManager();

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void nothingIsTheMatterWithPairsOfClassesThatPointManyWays() {
    assertThat(of(APART, PAIRS)).isEmpty();
    assertThat(of(new float[] {1, 0, 1, 0.01f, 0, 1, 0.01f, 1}, PAIRS)).isEmpty();
  }

  @Test
  void theClassesOfABatchMayBeTooFewOrTooMany() {
    assertThat(of(APART, new int[4])).containsExactly(BatchCondition.ONE_CLASS);
    assertThat(of(APART, new int[] {3, 1, 0, 2})).containsExactly(BatchCondition.NO_PAIRS);
    assertThat(of(new float[] {1, 2}, new int[] {0}))
        .containsExactly(BatchCondition.ONE_CLASS, BatchCondition.NO_PAIRS);
  }

  @Test
  void embeddingsThatPointTheSameWayHaveCollapsedWhateverTheirLength() {
    assertThat(of(new float[] {1, 1, 2, 2.02f, 0.5f, 0.5f, 7, 7.01f}, PAIRS))
        .containsExactly(BatchCondition.COLLAPSED);
    // Only just not: one in four is 5 degrees off, a mean cosine of 0.998.
    assertThat(of(new float[] {1, 0, 1, 0, 1, 0, 1, 0.0875f}, PAIRS)).isEmpty();
  }

  @Test
  void askingLeavesTheGradientAsItIs() {
    assertThat(gradient(true)).isEqualTo(gradient(false));
  }

  private Set<BatchCondition> of(float[] embeddings, int[] labels) {
    NDArray array = manager.create(embeddings, new Shape(labels.length, 2));
    return BatchCondition.of(LossBatch.of(array, labels, 0));
  }

  private static float[] gradient(boolean asked) {
    return Evaluation.of(
            created ->
                batch -> {
                  LossValue value = new ContrastiveLoss(1, 0).evaluate(batch);
                  if (asked) {
                    BatchCondition.of(batch);
                  }
                  return value;
                },
            APART,
            new Shape(4, 2),
            PAIRS)
        .gradient();
  }
}
