package org.contexture.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What the samplers that group classes promise, for any labels. */
class GroupedSamplersPropertyTest {

  /**
   * Training examples and the batches wanted of them.
   *
   * @param classes for each class its super class and how many images it has
   */
  record Wanted(List<int[]> classes, int classesPerBatch, int imagesPerClass, long seed) {
    private int[] each(int value) {
      return IntStream.range(0, classes.size())
          .flatMap(
              label ->
                  IntStream.range(0, classes.get(label)[1])
                      .map(image -> value < 0 ? label : classes.get(label)[value]))
          .toArray();
    }

    int[] labels() {
      return each(-1);
    }

    SamplerInput input() {
      return new SamplerInput(
          labels(), each(0), classesPerBatch, imagesPerClass, seed, this::nearestByChance);
    }

    private int[][] nearestByChance(int count) {
      SplittableRandom random = new SplittableRandom(seed);
      int images = labels().length;
      int[][] nearest = new int[images][];
      for (int image = 0; image < images; image++) {
        int self = image;
        nearest[image] =
            IntStream.concat(
                    IntStream.of(self),
                    Arrays.stream(Draw.order(images, random)).filter(other -> other != self))
                .limit(count)
                .toArray();
      }
      return nearest;
    }

    Map<Integer, Long> counts(int[] batch) {
      int[] labels = labels();
      return Arrays.stream(batch)
          .mapToObj(position -> labels[position])
          .collect(Collectors.groupingBy(label -> label, Collectors.counting()));
    }
  }

  @Provide
  Arbitrary<Wanted> wanted() {
    Arbitrary<int[]> aClass =
        Combinators.combine(
                Arbitraries.integers().between(0, 4), Arbitraries.integers().between(1, 6))
            .as((superClass, images) -> new int[] {superClass, images});
    return Combinators.combine(
            aClass.list().ofMinSize(2).ofMaxSize(60),
            Arbitraries.integers().between(1, 8),
            Arbitraries.integers().between(1, 4),
            Arbitraries.longs())
        .as(
            (classes, half, images, seed) ->
                new Wanted(classes, 2 * Math.min(half, classes.size() / 2), images, seed));
  }

  private static List<BatchSampler> samplers(Wanted wanted) {
    return List.of(
        new SuperClassBalancedSampler(wanted.input()),
        new NearestClassesSampler(wanted.input(), 5));
  }

  @Property(tries = 200)
  void everyBatchHasDistinctClassesWithTheSameNumberOfImages(
      @ForAll("wanted") Wanted wanted, @ForAll @IntRange(max = 100) int epoch) {
    for (BatchSampler sampler : samplers(wanted)) {
      assertThat(sampler.epoch(epoch))
          .hasSize(sampler.batchesPerEpoch())
          .allSatisfy(
              batch -> {
                assertThat(batch).hasSize(sampler.batchSize());
                assertThat(wanted.counts(batch)).hasSize(wanted.classesPerBatch());
                assertThat(wanted.counts(batch).values())
                    .containsOnly((long) wanted.imagesPerClass());
              });
    }
  }

  @Property(tries = 200)
  void everyClassIsReachedAndNoImageTwiceInABatchWhereThereAreEnough(
      @ForAll("wanted") Wanted wanted, @ForAll @IntRange(max = 100) int epoch) {
    for (BatchSampler sampler : samplers(wanted)) {
      Set<Integer> reached = new HashSet<>();
      for (int[] batch : sampler.epoch(epoch)) {
        reached.addAll(wanted.counts(batch).keySet());
        wanted
            .counts(batch)
            .keySet()
            .forEach(
                label -> {
                  if (wanted.classes().get(label)[1] >= wanted.imagesPerClass()) {
                    int[] labels = wanted.labels();
                    assertThat(Arrays.stream(batch).filter(image -> labels[image] == label))
                        .doesNotHaveDuplicates();
                  }
                });
      }
      assertThat(reached).hasSize(wanted.classes().size());
    }
  }

  @Property(tries = 100)
  void halvesAreOfOneSuperClassWhereverItHasEnoughClasses(@ForAll("wanted") Wanted wanted) {
    int half = wanted.classesPerBatch() / 2;
    long whole =
        wanted.classes().stream()
            .collect(Collectors.groupingBy(own -> own[0], Collectors.counting()))
            .values()
            .stream()
            .mapToLong(classes -> classes / half)
            .sum();
    long pure = 0;
    for (int[] batch : new SuperClassBalancedSampler(wanted.input()).epoch(0)) {
      for (int from : new int[] {0, half}) {
        int[] labels = wanted.labels();
        pure +=
            Arrays.stream(batch)
                        .skip((long) from * wanted.imagesPerClass())
                        .limit((long) half * wanted.imagesPerClass())
                        .map(image -> wanted.classes().get(labels[image])[0])
                        .distinct()
                        .count()
                    == 1
                ? 1
                : 0;
      }
    }
    assertThat(pure).isGreaterThanOrEqualTo(whole);
  }

  @Property(tries = 100)
  void anEpochIsAFunctionOfSeedAndNumber(
      @ForAll("wanted") Wanted wanted, @ForAll @IntRange(max = 100) int epoch) {
    for (int sampler = 0; sampler < samplers(wanted).size(); sampler++) {
      assertThat(samplers(wanted).get(sampler).epoch(epoch))
          .usingRecursiveComparison()
          .isEqualTo(samplers(wanted).get(sampler).epoch(epoch));
    }
  }
}
