package org.contexture.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.contexture.failure.Failure;
import org.junit.jupiter.api.Test;

class NearestSamplersTest {
  private static final int CLASSES = 6;
  private static final int IMAGES = 4;
  private static final int[] LABELS =
      IntStream.range(0, CLASSES * IMAGES).map(image -> image / IMAGES).toArray();

  /** Classes 0 and 3, 1 and 4, 2 and 5 are mixed up: images of one lie near those of the other. */
  private static int[][] nearest(int count) {
    return IntStream.range(0, LABELS.length)
        .mapToObj(
            image ->
                IntStream.concat(
                        IntStream.of(image, (image + LABELS.length / 2) % LABELS.length),
                        IntStream.range(0, LABELS.length)
                            .filter(other -> LABELS[other] == LABELS[image] && other != image))
                    .limit(count)
                    .toArray())
        .toArray(int[][]::new);
  }

  private static SamplerInput input(int classesPerBatch, int imagesPerClass) {
    return new SamplerInput(
        LABELS, LABELS, classesPerBatch, imagesPerClass, 7, NearestSamplersTest::nearest);
  }

  @Test
  void classesThatAreMixedUpMeet() {
    List<int[]> batches = new NearestClassesSampler(input(2, 2), 5).epoch(3);

    assertThat(batches)
        .hasSize(3)
        .allSatisfy(
            batch -> {
              int[] classes = Arrays.stream(batch).map(image -> LABELS[image]).distinct().toArray();
              assertThat(classes).hasSize(2);
              assertThat(Math.abs(classes[0] - classes[1])).isEqualTo(CLASSES / 2);
            });
  }

  @Test
  void imagesOfABatchAreNeighboursOfSeedsWhateverTheirClasses() {
    BatchSampler sampler = new NearestImagesSampler(input(3, 2), 2);

    List<int[]> batches = sampler.epoch(0);

    assertThat(batches).hasSize(LABELS.length / 6).hasSize(sampler.batchesPerEpoch());
    for (int[] batch : batches) {
      assertThat(batch).hasSize(sampler.batchSize());
      for (int pair = 0; pair < batch.length; pair += 2) {
        // Two of the two nearest: the seed and its one neighbour, which is of another class.
        assertThat(Math.abs(batch[pair] - batch[pair + 1])).isEqualTo(LABELS.length / 2);
      }
    }
  }

  @Test
  void seedsOfABatchAreDifferent() {
    for (int[] batch : new NearestImagesSampler(input(6, 1), 5).epoch(0)) {
      assertThat(batch).hasSize(6);
    }
    Set<Integer> images = new HashSet<>();
    for (int epoch = 0; epoch < 5; epoch++) {
      new NearestImagesSampler(input(6, 1), 1)
          .epoch(epoch)
          .forEach(batch -> assertThat(batch).doesNotHaveDuplicates());
      new NearestImagesSampler(input(6, 1), 1)
          .epoch(epoch)
          .forEach(batch -> Arrays.stream(batch).forEach(images::add));
    }
    assertThat(images).hasSizeGreaterThan(LABELS.length / 2);
  }

  @Test
  void whatCannotBeIsRefused() {
    assertThatThrownBy(() -> new NearestImagesSampler(input(2, 4), 3))
        .isInstanceOf(Failure.class)
        .hasMessage(
            "4 images are to be drawn among 3 nearest ones. Raise sampler.neighbours of this"
                + " stage to at least its images_per_class.");
    assertThatThrownBy(() -> new NearestImagesSampler(input(7, 4), 8))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("there are only 24 to train on");
    assertThatThrownBy(() -> new NearestClassesSampler(input(7, 1), 3))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("have only 6");
    assertThatThrownBy(() -> new SuperClassBalancedSampler(input(3, 1)))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("3 classes a batch cannot be halved");
  }
}
