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
   * @param labels the class of each training example
   * @param superLabels the super class of each training example
   * @param classesPerBatch classes in a batch
   * @param imagesPerClass images of each class in a batch
   * @param seed what all choices are drawn from
   * @throws org.contexture.failure.Failure when the examples cannot fill batches
   */
  BatchSampler create(
      int[] labels, int[] superLabels, int classesPerBatch, int imagesPerClass, long seed);

  /** See {@link ClassBalancedSampler}. */
  record ClassBalanced() implements SamplerConfig {
    @Override
    public String key() {
      return "class_balanced";
    }

    @Override
    public BatchSampler create(
        int[] labels, int[] superLabels, int classesPerBatch, int imagesPerClass, long seed) {
      return ClassBalancedSampler.of(labels, classesPerBatch, imagesPerClass, seed);
    }
  }

  /** See {@link ShuffledSampler}. */
  record Shuffled() implements SamplerConfig {
    @Override
    public String key() {
      return "shuffled";
    }

    @Override
    public BatchSampler create(
        int[] labels, int[] superLabels, int classesPerBatch, int imagesPerClass, long seed) {
      return new ShuffledSampler(labels.length, classesPerBatch * imagesPerClass, seed);
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
    public BatchSampler create(
        int[] labels, int[] superLabels, int classesPerBatch, int imagesPerClass, long seed) {
      return new RepeatedGroupsSampler(
          labels, classesPerBatch, imagesPerClass, mostBatches, repeats, seed);
    }
  }

  /** See {@link PooledSampler}. */
  record Pooled() implements SamplerConfig {
    @Override
    public String key() {
      return "pooled";
    }

    @Override
    public BatchSampler create(
        int[] labels, int[] superLabels, int classesPerBatch, int imagesPerClass, long seed) {
      return new PooledSampler(labels, classesPerBatch, imagesPerClass, seed);
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
    public BatchSampler create(
        int[] labels, int[] superLabels, int classesPerBatch, int imagesPerClass, long seed) {
      return new SuperClassPairsSampler(
          labels, superLabels, classesPerBatch, imagesPerClass, batchesPerPair, seed);
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
    public BatchSampler create(
        int[] labels, int[] superLabels, int classesPerBatch, int imagesPerClass, long seed) {
      return new SuperClassHalvesSampler(
          labels,
          superLabels,
          classesPerBatch,
          imagesPerClass,
          batchesPerPair,
          multiplier,
          mostBatches,
          seed);
    }
  }
}
