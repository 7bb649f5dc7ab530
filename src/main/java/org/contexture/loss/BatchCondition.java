package org.contexture.loss;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * Why a batch teaches little or nothing, although its loss is finite. A trainer asks after a step:
 *
 * <pre>{@code
 * LossValue value = loss.evaluate(batch);
 * gradients.backward(value.total());
 * BatchCondition.of(batch).forEach(condition -> warn(condition.sentence()));
 * }</pre>
 */
public enum BatchCondition {
  /** No two images are of different classes. */
  ONE_CLASS(
      "All images of the batch are of one class, so there is nothing to push apart: a batch needs"
          + " images of at least two classes."),
  /** No two images are of one class. */
  NO_PAIRS(
      "No two images of the batch are of one class, so there is nothing to pull together: a batch"
          + " needs at least two images of a class."),
  /** The mean cosine of two images is above 0.999. */
  COLLAPSED(
      "All embeddings of the batch point the same way: the network has collapsed and will hardly"
          + " recover. A lower learning rate, a longer warm-up or the similarity regulariser can"
          + " keep it from collapsing.");

  private static final double COLLAPSED_COSINE = 0.999;
  private static final int[] IMAGES = {0};

  private final String sentence;

  BatchCondition(String sentence) {
    this.sentence = sentence;
  }

  /** What is the matter, for a warning. */
  public String sentence() {
    return sentence;
  }

  /**
   * What is the matter with a batch; empty when nothing is. Reads one number from native memory. To
   * be asked before the manager of the embeddings is closed.
   */
  public static Set<BatchCondition> of(LossBatch batch) {
    Set<BatchCondition> conditions = EnumSet.noneOf(BatchCondition.class);
    long classes = Arrays.stream(batch.classes()).distinct().count();
    if (classes == 1) {
      conditions.add(ONE_CLASS);
    }
    if (classes == batch.size()) {
      conditions.add(NO_PAIRS);
    }
    if (batch.size() > 1 && meanCosine(batch) > COLLAPSED_COSINE) {
      conditions.add(COLLAPSED);
    }
    return Collections.unmodifiableSet(conditions);
  }

  /** Of two different images: the mean over all pairs is the squared length of the mean vector. */
  private static double meanCosine(LossBatch batch) {
    NDArray mean = batch.unitEmbeddings().stopGradient().mean(IMAGES);
    double ofAllPairs = mean.square().sum().getFloat();
    return (ofAllPairs * batch.size() - 1) / (batch.size() - 1);
  }
}
