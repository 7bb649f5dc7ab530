package org.contexture.loss;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.contexture.model.Gradients;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A garbage collection between forward and backward changes no gradient. */
class CollectedMemoryTest {
  private static final int SIZE = 8;
  private static final int DIMENSIONS = 5;
  private static final int OVERWRITES = 2000;

  @ParameterizedTest
  @EnumSource(LossName.class)
  void gradientIsThatOfTheNumbersGiven(LossName name) throws InterruptedException {
    assertUnchanged(
        manager -> LossFactory.create(LossConfig.of(name, Map.of()), 4, DIMENSIONS, 0, manager));
  }

  @Test
  void soIsThatOfTheLossOfTheGuide() throws InterruptedException {
    assertUnchanged(manager -> new BinomialDevianceLoss(0.5, 2));
  }

  private static void assertUnchanged(Function<NDManager, Loss> create)
      throws InterruptedException {
    assertThat(gradient(create, Collection.BETWEEN)).isEqualTo(gradient(create, Collection.NONE));
  }

  private enum Collection {
    NONE,
    BETWEEN
  }

  private static float[] gradient(Function<NDManager, Loss> create, Collection collection)
      throws InterruptedException {
    Random random = new Random(1);
    float[] values = new float[SIZE * DIMENSIONS];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    try (NDManager manager = NDManager.newBaseManager();
        Gradients gradients = Gradients.record()) {
      Loss loss = create.apply(manager);
      NDArray embeddings = manager.create(values, new Shape(SIZE, DIMENSIONS));
      embeddings.setRequiresGradient(true);
      LossValue value =
          loss.evaluate(LossBatch.of(embeddings, new int[] {0, 0, 1, 1, 2, 2, 3, 3}, 0));
      if (collection == Collection.BETWEEN) {
        overwriteFreedMemory();
      }
      gradients.backward(value.total());
      return embeddings.getGradient().toFloatArray();
    }
  }

  /** What was freed is soon used again, for other numbers. */
  private static void overwriteFreedMemory() throws InterruptedException {
    System.gc();
    Thread.sleep(50);
    for (int i = 0; i < OVERWRITES; i++) {
      ByteBuffer.allocateDirect(Float.BYTES).order(ByteOrder.nativeOrder()).putFloat(0, 7f);
    }
  }
}
