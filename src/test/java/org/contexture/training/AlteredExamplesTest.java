package org.contexture.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.contexture.record.ExampleLabel;
import org.contexture.record.Split;
import org.contexture.training.TrainingDataConfig.NoiseWithin;
import org.junit.jupiter.api.Test;

class AlteredExamplesTest {
  private static final int CLASSES = 20;
  private static final int IMAGES = 10;
  private static final int SUPER_CLASSES = 4;

  /** Training classes 0 to 19 of ten images, in four super classes, and one validation class. */
  private static final class Grid implements TrainingExamples {
    @Override
    public int size() {
      return (CLASSES + 1) * IMAGES;
    }

    @Override
    public ExampleLabel label(int number) {
      int label = number / IMAGES;
      return ExampleLabel.newBuilder()
          .setId(7L * number)
          .setLabel(label)
          .setSuperLabel(label % SUPER_CLASSES)
          .setSplit(label < CLASSES ? Split.TRAIN : Split.VALIDATION)
          .build();
    }

    @Override
    public byte[] image(int number) {
      return new byte[] {(byte) number};
    }
  }

  private static TrainingExamples altered(
      double noise, NoiseWithin within, double classes, double images, long seed) {
    return new TrainingDataConfig(noise, within, classes, images).of(new Grid(), seed);
  }

  private static Set<Integer> changed(TrainingExamples examples) {
    Grid grid = new Grid();
    return IntStream.range(0, grid.size())
        .filter(number -> !examples.label(number).equals(grid.label(number)))
        .boxed()
        .collect(Collectors.toSet());
  }

  @Test
  void everythingIsTheExamplesThemselves() {
    Grid grid = new Grid();

    assertThat(TrainingDataConfig.everything().of(grid, 1)).isSameAs(grid);
  }

  @Test
  void noiseReplacesExactlyItsShareOfTheTrainingLabels() {
    TrainingExamples noisy = altered(0.3, NoiseWithin.ALL, 1, 1, 1);

    assertThat(changed(noisy)).hasSize(60).allMatch(number -> number < CLASSES * IMAGES);
    assertThat(changed(noisy))
        .allSatisfy(
            number -> {
              ExampleLabel label = noisy.label(number);
              assertThat(label.getLabel()).isNotEqualTo(number / IMAGES).isBetween(0, CLASSES - 1);
              assertThat(label.getSuperLabel()).isEqualTo(label.getLabel() % SUPER_CLASSES);
              assertThat(label.getSplit()).isEqualTo(Split.TRAIN);
              assertThat(label.getId()).isEqualTo(7L * number);
            });
    assertThat(noisy.image(3)).containsExactly(3);
  }

  @Test
  void noiseWithinSuperClassesStaysThere() {
    TrainingExamples noisy = altered(0.5, NoiseWithin.SUPER_CLASS, 1, 1, 1);

    assertThat(changed(noisy))
        .hasSize(100)
        .allMatch(
            number ->
                noisy.label(number).getLabel() % SUPER_CLASSES == number / IMAGES % SUPER_CLASSES);
  }

  @Test
  void everyOtherClassIsAsLikely() {
    int[] counts = new int[CLASSES];
    for (int seed = 0; seed < 200; seed++) {
      TrainingExamples noisy = altered(0.5, NoiseWithin.ALL, 1, 1, seed);
      for (int number = 0; number < IMAGES; number++) {
        counts[noisy.label(number).getLabel()]++;
      }
    }

    // 1,000 replacements on average, each of 19 classes expected 52.6 times.
    for (int label = 1; label < CLASSES; label++) {
      assertThat(counts[label]).as("class %d", label).isBetween(20, 90);
    }
  }

  @Test
  void withheldClassesAndImagesAreInNoTraining() {
    TrainingExamples fewer = altered(0, NoiseWithin.ALL, 0.5, 0.3, 1);

    Map<Integer, Long> seen =
        IntStream.range(0, fewer.size())
            .mapToObj(fewer::label)
            .filter(label -> label.getSplit() == Split.TRAIN)
            .collect(Collectors.groupingBy(ExampleLabel::getLabel, Collectors.counting()));
    assertThat(seen).hasSize(10).allSatisfy((label, count) -> assertThat(count).isEqualTo(3));
    assertThat(fewer.size()).isEqualTo(30 + IMAGES);
    assertThat(IntStream.range(0, fewer.size()))
        .allSatisfy(
            number ->
                assertThat(fewer.image(number))
                    .containsExactly((byte) (fewer.label(number).getId() / 7)));
    assertThat(IntStream.range(0, fewer.size()).mapToObj(fewer::label))
        .filteredOn(label -> label.getSplit() == Split.VALIDATION)
        .hasSize(IMAGES);
  }

  @Test
  void noiseComesFromTheClassesThatAreSeen() {
    TrainingExamples examples = altered(0.5, NoiseWithin.ALL, 0.5, 1, 1);

    Set<Integer> kept = new HashSet<>();
    Set<Integer> labels = new HashSet<>();
    for (int number = 0; number < examples.size(); number++) {
      ExampleLabel label = examples.label(number);
      if (label.getSplit() == Split.TRAIN) {
        kept.add(Math.toIntExact(label.getId() / 7 / IMAGES));
        labels.add(label.getLabel());
      }
    }
    assertThat(kept).hasSize(10).isEqualTo(labels);
  }

  @Test
  void theSeedDecides() {
    assertThat(changed(altered(0.3, NoiseWithin.ALL, 1, 1, 1)))
        .isEqualTo(changed(altered(0.3, NoiseWithin.ALL, 1, 1, 1)))
        .isNotEqualTo(changed(altered(0.3, NoiseWithin.ALL, 1, 1, 2)));
  }

  @Test
  void sharesOutOfRangeAreRefused() {
    assertThatThrownBy(() -> new TrainingDataConfig(1, NoiseWithin.ALL, 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new TrainingDataConfig(0, NoiseWithin.ALL, 0, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
