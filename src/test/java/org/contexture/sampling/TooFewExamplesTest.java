package org.contexture.sampling;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.contexture.failure.Failure;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What samplers say of examples that fill no batch: keys go by their names in any stage. */
class TooFewExamplesTest {
  private static final int CLASSES = 96;

  static Arguments[] mistakes() {
    return new Arguments[] {
      Arguments.of(
          new SamplerConfig.Pooled(),
          95,
          2,
          "The sampler of the 224 track draws 96 classes at a time, but there are only 95 to train"
              + " on. Choose another sampler.name for this stage."),
      Arguments.of(
          new SamplerConfig.Pooled(),
          CLASSES,
          1,
          "A batch is to hold 2 images of each class, but class 0 has only 1. Lower"
              + " images_per_class of this stage, or choose another sampler.name for it."),
      Arguments.of(
          new SamplerConfig.Shuffled(),
          3,
          2,
          "A batch is to hold 8 images, but there are only 6 to train on. Lower classes_per_batch"
              + " or images_per_class of this stage, whose product it is."),
      Arguments.of(
          new SamplerConfig.SuperClassHalves(0, 1, 1),
          CLASSES,
          2,
          "The half batches of the 2 super classes are [0, 0]: there are no two of different ones"
              + " to make a batch of. Raise sampler.multiplier of this stage, or choose another"
              + " sampler.name for it."),
      Arguments.of(
          new SamplerConfig.SuperClassPairs(1),
          3,
          2,
          "Half a batch is 2 classes of one super class, but super class 1 has only 1. Lower"
              + " classes_per_batch of this stage, or choose another sampler.name for it."),
    };
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void areAUsersMistake(SamplerConfig config, int classes, int images, String sentence) {
    int[] labels = IntStream.range(0, classes * images).map(i -> i / images).toArray();
    int[] superLabels = IntStream.of(labels).map(label -> label % 2).toArray();
    SamplerInput input =
        new SamplerInput(labels, superLabels, 4, 2, 1, count -> new int[labels.length][]);

    assertThatThrownBy(() -> config.create(input)).isInstanceOf(Failure.class).hasMessage(sentence);
  }
}
