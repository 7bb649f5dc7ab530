package org.contexture.sampling;

import java.io.Serializable;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A way to put batches together, with its options; the published ones have published defaults. */
public sealed interface SamplerConfig extends Serializable {

  /** The name in experiment files and settings. */
  String key();

  /** The options by the names they have there; none for most. */
  default SortedMap<String, Integer> options() {
    return Collections.emptySortedMap();
  }

  /**
   * The sampler.
   *
   * @throws org.contexture.failure.Failure when the examples cannot fill batches
   */
  BatchSampler create(SamplerInput input);

  /** See {@link ClassBalancedSampler}. */
  record ClassBalanced() implements SamplerConfig {
    @Override
    public String key() {
      return "class_balanced";
    }

    @Override
    public BatchSampler create(SamplerInput input) {
      return ClassBalancedSampler.of(
          input.labels(), input.classesPerBatch(), input.imagesPerClass(), input.seed());
    }
  }

  /** See {@link ShuffledSampler}. */
  record Shuffled() implements SamplerConfig {
    @Override
    public String key() {
      return "shuffled";
    }

    @Override
    public BatchSampler create(SamplerInput input) {
      return new ShuffledSampler(input.labels().length, input.batchSize(), input.seed());
    }
  }

  /** See {@link RepeatedGroupsSampler}. */
  record RepeatedGroups(int mostBatches, int repeats) implements SamplerConfig {
    @Override
    public String key() {
      return "repeated_groups";
    }

    @Override
    public SortedMap<String, Integer> options() {
      return new TreeMap<>(Map.of("most_batches", mostBatches, "repeats", repeats));
    }

    @Override
    public BatchSampler create(SamplerInput input) {
      return new RepeatedGroupsSampler(
          input.labels(),
          input.classesPerBatch(),
          input.imagesPerClass(),
          mostBatches,
          repeats,
          input.seed());
    }
  }

  /** See {@link PooledSampler}. */
  record Pooled() implements SamplerConfig {
    @Override
    public String key() {
      return "pooled";
    }

    @Override
    public BatchSampler create(SamplerInput input) {
      return new PooledSampler(
          input.labels(), input.classesPerBatch(), input.imagesPerClass(), input.seed());
    }
  }

  /** See {@link SuperClassPairsSampler}. */
  record SuperClassPairs(int batchesPerPair) implements SamplerConfig {
    @Override
    public String key() {
      return "super_class_pairs";
    }

    @Override
    public SortedMap<String, Integer> options() {
      return new TreeMap<>(Map.of("batches_per_pair", batchesPerPair));
    }

    @Override
    public BatchSampler create(SamplerInput input) {
      return new SuperClassPairsSampler(
          input.labels(),
          input.superLabels(),
          input.classesPerBatch(),
          input.imagesPerClass(),
          batchesPerPair,
          input.seed());
    }
  }

  /** See {@link SuperClassHalvesSampler}. */
  record SuperClassHalves(int batchesPerPair, int multiplier, int mostBatches)
      implements SamplerConfig {
    @Override
    public String key() {
      return "super_class_halves";
    }

    @Override
    public SortedMap<String, Integer> options() {
      return new TreeMap<>(
          Map.of(
              "batches_per_pair",
              batchesPerPair,
              "multiplier",
              multiplier,
              "most_batches",
              mostBatches));
    }

    @Override
    public BatchSampler create(SamplerInput input) {
      return new SuperClassHalvesSampler(
          input.labels(),
          input.superLabels(),
          input.classesPerBatch(),
          input.imagesPerClass(),
          batchesPerPair,
          multiplier,
          mostBatches,
          input.seed());
    }
  }

  /** See {@link SuperClassBalancedSampler}. */
  record SuperClassBalanced() implements SamplerConfig {
    @Override
    public String key() {
      return "super_class_balanced";
    }

    @Override
    public BatchSampler create(SamplerInput input) {
      return new SuperClassBalancedSampler(input);
    }
  }

  /** See {@link NearestImagesSampler}. */
  record NearestImages(int neighbours) implements SamplerConfig {
    @Override
    public String key() {
      return "nearest_images";
    }

    @Override
    public SortedMap<String, Integer> options() {
      return new TreeMap<>(Map.of("neighbours", neighbours));
    }

    @Override
    public BatchSampler create(SamplerInput input) {
      return new NearestImagesSampler(input, neighbours);
    }
  }

  /** See {@link NearestClassesSampler}. */
  record NearestClasses(int neighbours) implements SamplerConfig {
    @Override
    public String key() {
      return "nearest_classes";
    }

    @Override
    public SortedMap<String, Integer> options() {
      return new TreeMap<>(Map.of("neighbours", neighbours));
    }

    @Override
    public BatchSampler create(SamplerInput input) {
      return new NearestClassesSampler(input, neighbours);
    }
  }
}
