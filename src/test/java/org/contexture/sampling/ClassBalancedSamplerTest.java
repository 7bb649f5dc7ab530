package org.contexture.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.contexture.failure.Failure;
import org.junit.jupiter.api.Test;

class ClassBalancedSamplerTest {
  private static final int CLASSES = 10;
  private static final int[] LABELS = IntStream.range(0, 200).map(i -> i % CLASSES).toArray();

  @Test
  void epochsAndSeedsDiffer() {
    ClassBalancedSampler sampler = ClassBalancedSampler.of(LABELS, 5, 4, 1);
    Set<String> distinct = new HashSet<>();
    for (int epoch = 0; epoch < 20; epoch++) {
      distinct.add(Arrays.deepToString(sampler.epoch(epoch).toArray()));
      distinct.add(
          Arrays.deepToString(ClassBalancedSampler.of(LABELS, 5, 4, 2 + epoch).epoch(0).toArray()));
    }
    assertThat(distinct).hasSize(40);
  }

  /** A change here means that experiments with the same seed no longer give the same results. */
  @Test
  void theFirstBatchStaysWhatItWas() {
    assertThat(ClassBalancedSampler.of(LABELS, 2, 3, 42).epoch(0).get(0))
        .containsExactly(89, 189, 49, 105, 45, 5);
  }

  @Test
  void allClassesAndImagesAreDrawnEquallyOften() {
    ClassBalancedSampler sampler = ClassBalancedSampler.of(LABELS, 4, 5, 3);
    int[] drawn = new int[LABELS.length];
    int epochs = 2000;
    for (int epoch = 0; epoch < epochs; epoch++) {
      sampler.epoch(epoch).forEach(batch -> Arrays.stream(batch).forEach(i -> drawn[i]++));
    }
    // Three batches of four times five images an epoch, over 200 images.
    double expected = epochs * 60.0 / LABELS.length;
    assertThat(drawn).hasSize(LABELS.length);
    for (int count : drawn) {
      assertThat((double) count).isCloseTo(expected, within(6 * Math.sqrt(expected)));
    }
  }

  @Test
  void classesOfABatchStandOneAfterTheOther() {
    int[] batch = ClassBalancedSampler.of(LABELS, 3, 2, 0).epoch(0).get(0);
    assertThat(LABELS[batch[0]]).isEqualTo(LABELS[batch[1]]);
    assertThat(LABELS[batch[2]]).isEqualTo(LABELS[batch[3]]);
    assertThat(LABELS[batch[4]]).isEqualTo(LABELS[batch[5]]);
  }

  @Test
  void tooFewClassesAreAUsersMistake() {
    assertThatThrownBy(() -> ClassBalancedSampler.of(LABELS, 32, 4, 0))
        .isInstanceOf(Failure.class)
        .hasMessage(
            "A batch is to hold 32 classes, but the training examples have only 10. Set"
                + " classes_per_batch of this stage to at most 10.");
  }

  @Test
  void batchesWithoutImagesAreRefused() {
    assertThatThrownBy(() -> ClassBalancedSampler.of(LABELS, 2, 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Batches of 2 classes with 0 images");
  }
}
