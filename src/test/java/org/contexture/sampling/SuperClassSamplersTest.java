package org.contexture.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.contexture.failure.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the published samplers of super classes refuse. */
class SuperClassSamplersTest {
  /** Labels 100, 101, …, four images each; the first two are of super class 7, the others of 9. */
  private static final int[] LABELS = IntStream.range(0, 24).map(i -> 100 + i / 4).toArray();

  private static final int[] SUPER_LABELS =
      IntStream.range(0, 24).map(i -> i < 8 ? 7 : 9).toArray();

  private static final int[] ONE_SUPER_LABEL = IntStream.range(0, 24).map(i -> 7).toArray();

  static SamplerConfig[] samplers() {
    return new SamplerConfig[] {
      new SamplerConfig.SuperClassPairs(10), new SamplerConfig.SuperClassHalves(10, 66, 1000)
    };
  }

  private static BatchSampler sampler(
      SamplerConfig config, int[] superLabels, int classesPerBatch) {
    return config.create(
        new SamplerInput(
            LABELS,
            superLabels,
            classesPerBatch,
            2,
            1,
            count -> {
              throw new AssertionError();
            }));
  }

  @ParameterizedTest
  @MethodSource("samplers")
  void batchesAreAsLargeAsTheySay(SamplerConfig config) {
    BatchSampler sampler = sampler(config, SUPER_LABELS, 4);

    assertThat(sampler.epoch(0))
        .hasSize(sampler.batchesPerEpoch())
        .allSatisfy(batch -> assertThat(batch).hasSize(sampler.batchSize()));
  }

  @ParameterizedTest
  @MethodSource("samplers")
  void oneSuperClassIsTooFew(SamplerConfig config) {
    assertThatThrownBy(() -> sampler(config, ONE_SUPER_LABEL, 4))
        .isInstanceOf(Failure.class)
        .hasMessage(
            "Batches are halves of two super classes, but the training examples are all of super"
                + " class 7. Choose another sampler.name for this stage.");
  }

  @ParameterizedTest
  @MethodSource("samplers")
  void anOddNumberOfClassesCannotBeHalved(SamplerConfig config) {
    for (int classes : new int[] {1, 5}) {
      assertThatThrownBy(() -> sampler(config, SUPER_LABELS, classes))
          .isInstanceOf(Failure.class)
          .hasMessageEndingWith(
              classes
                  + " classes a batch cannot be halved. Set classes_per_batch of this stage to an"
                  + " even number.");
    }
  }

  @Test
  void aSuperClassWithTooFewClassesIsNamed() {
    assertThatThrownBy(() -> sampler(new SamplerConfig.SuperClassPairs(10), SUPER_LABELS, 6))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("Half a batch is 3 classes of one super class, but super class 7 has")
        .hasMessageContaining("only 2.");
  }

  @Test
  void moreBatchesThanCanBeCountedAreRefused() {
    int[] superLabels = IntStream.range(0, 24).map(i -> i / 4).toArray();

    assertThatThrownBy(
            () -> sampler(new SamplerConfig.SuperClassPairs(1_000_000_000), superLabels, 2))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("Lower sampler.batches_per_pair of this stage.");
  }

  @Test
  void superClassesWithoutHalfABatchMakeNoEpoch() {
    int[] superLabels = IntStream.range(0, 24).map(i -> i < 1 ? 7 : 9).toArray();

    assertThatThrownBy(
            () -> sampler(new SamplerConfig.SuperClassHalves(1, 1, 1000), superLabels, 2))
        .isInstanceOf(Failure.class)
        .hasMessageStartingWith("The half batches of the 2 super classes are [0, 2]");
  }
}
