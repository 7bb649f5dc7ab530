package org.contexture.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class ClassBalancedSamplerPropertyTest {

  /** A sampler with what it was made from. */
  record Sampled(List<Integer> labels, int classesPerBatch, int imagesPerClass, long seed) {
    ClassBalancedSampler sampler() {
      return ClassBalancedSampler.of(labelArray(), classesPerBatch, imagesPerClass, seed);
    }

    int[] labelArray() {
      return labels.stream().mapToInt(Integer::intValue).toArray();
    }

    Set<Integer> classes() {
      return Set.copyOf(labels);
    }

    Map<Integer, Long> counts(int[] batch) {
      return Arrays.stream(batch)
          .mapToObj(labels::get)
          .collect(Collectors.groupingBy(label -> label, Collectors.counting()));
    }
  }

  @Provide
  Arbitrary<Sampled> samplers() {
    Arbitrary<List<Integer>> labels =
        Arbitraries.integers().between(-3, 30).list().ofMinSize(1).ofMaxSize(150);
    return Combinators.combine(
            labels,
            Arbitraries.integers().between(1, 31),
            Arbitraries.integers().between(1, 6),
            Arbitraries.longs())
        .as(
            (values, classes, images, seed) ->
                new Sampled(values, Math.min(classes, Set.copyOf(values).size()), images, seed));
  }

  @Property(tries = 300)
  void everyBatchHasDistinctClassesWithTheSameNumberOfImages(
      @ForAll("samplers") Sampled sampled, @ForAll @IntRange(max = 1000) int epoch) {
    assertThat(sampled.sampler().epoch(epoch))
        .allSatisfy(
            batch -> {
              assertThat(batch).hasSize(sampled.sampler().batchSize());
              assertThat(sampled.counts(batch)).hasSize(sampled.classesPerBatch());
              assertThat(sampled.counts(batch).values())
                  .containsOnly((long) sampled.imagesPerClass());
            });
  }

  @Property(tries = 300)
  void everyClassIsReachedInEveryEpoch(
      @ForAll("samplers") Sampled sampled, @ForAll @IntRange(max = 1000) int epoch) {
    Set<Integer> reached =
        sampled.sampler().epoch(epoch).stream()
            .flatMapToInt(Arrays::stream)
            .mapToObj(sampled.labels()::get)
            .collect(Collectors.toSet());
    assertThat(reached).isEqualTo(sampled.classes());
  }

  @Property(tries = 300)
  void anEpochHasAsFewBatchesAsReachEveryClass(
      @ForAll("samplers") Sampled sampled, @ForAll @IntRange(max = 1000) int epoch) {
    int batches = sampled.sampler().batchesPerEpoch();
    assertThat(batches * sampled.classesPerBatch())
        .isBetween(
            sampled.classes().size(), sampled.classes().size() + sampled.classesPerBatch() - 1);
    assertThat(sampled.sampler().epoch(epoch)).hasSize(batches);
  }

  @Property(tries = 300)
  void anImageIsRepeatedInABatchOnlyWhenItsClassIsTooSmall(
      @ForAll("samplers") Sampled sampled, @ForAll @IntRange(max = 1000) int epoch) {
    Map<Integer, Long> sizes =
        sampled.counts(IntStream.range(0, sampled.labels().size()).toArray());
    assertThat(sampled.sampler().epoch(epoch))
        .allSatisfy(
            batch -> {
              int[] ofLargeClasses =
                  Arrays.stream(batch)
                      .filter(
                          image ->
                              sizes.get(sampled.labels().get(image)) >= sampled.imagesPerClass())
                      .toArray();
              assertThat(ofLargeClasses).doesNotHaveDuplicates();
            });
  }

  @Property(tries = 100)
  void anEpochDependsOnNothingButTheArguments(
      @ForAll("samplers") Sampled sampled, @ForAll @IntRange(max = 1000) int epoch) {
    ClassBalancedSampler used = sampled.sampler();
    used.epoch(epoch + 1);
    assertThat(used.epoch(epoch).toArray(int[][]::new))
        .isDeepEqualTo(sampled.sampler().epoch(epoch).toArray(int[][]::new));
  }
}
