package org.contexture.sampling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.contexture.failure.Failure;

/**
 * Batches of P classes with K images each. An epoch walks through all classes once, in a new order:
 * ceil(C / P) batches, the last one filled up with other classes. Within a batch the classes are
 * distinct and stand one after the other.
 *
 * <p>The K images of a class are drawn without replacement, or with replacement when the class has
 * fewer than K. (The published RandomSampler draws the same few groups of classes several times an
 * epoch and leaves the remaining classes out; this one reaches every class.)
 */
public final class ClassBalancedSampler implements BatchSampler {
  private final int[][] examplesByClass;
  private final int classesPerBatch;
  private final int imagesPerClass;
  private final long seed;

  private ClassBalancedSampler(
      int[][] examplesByClass, int classesPerBatch, int imagesPerClass, long seed) {
    this.examplesByClass = examplesByClass;
    this.classesPerBatch = classesPerBatch;
    this.imagesPerClass = imagesPerClass;
    this.seed = seed;
  }

  /**
   * A sampler.
   *
   * @param labels the class of each training example
   * @param classesPerBatch P, at least 1
   * @param imagesPerClass K, at least 1
   * @param seed what all choices are drawn from
   * @throws Failure when the examples have fewer than P classes
   */
  public static ClassBalancedSampler of(
      int[] labels, int classesPerBatch, int imagesPerClass, long seed) {
    if (classesPerBatch < 1 || imagesPerClass < 1) {
      throw new IllegalArgumentException(
          "Batches of %d classes with %d images".formatted(classesPerBatch, imagesPerClass));
    }
    int[][] examplesByClass = examplesByClass(labels);
    if (examplesByClass.length < classesPerBatch) {
      throw Failure.usage(
          "A batch is to hold %d classes, but the training examples have only %d. Ask for at most"
              + " %d classes a batch.",
          classesPerBatch, examplesByClass.length, examplesByClass.length);
    }
    return new ClassBalancedSampler(examplesByClass, classesPerBatch, imagesPerClass, seed);
  }

  @Override
  public int batchesPerEpoch() {
    return (examplesByClass.length + classesPerBatch - 1) / classesPerBatch;
  }

  /** How many images each batch has: P times K. */
  public int batchSize() {
    return Math.multiplyExact(classesPerBatch, imagesPerClass);
  }

  @Override
  public List<int[]> epoch(int epoch) {
    if (epoch < 0) {
      throw new IllegalArgumentException("Epoch " + epoch);
    }
    SplittableRandom random = EpochRandom.of(seed, epoch);
    int[] classes = classOrder(random);
    List<int[]> batches = new ArrayList<>();
    for (int first = 0; first < classes.length; first += classesPerBatch) {
      batches.add(batch(classes, first, random));
    }
    return batches;
  }

  /**
   * Every class once in random order, then as many classes again as the last batch lacks: from the
   * earlier batches, so that none is in the last one twice.
   */
  private int[] classOrder(SplittableRandom random) {
    int count = examplesByClass.length;
    int[] order = new int[count];
    Arrays.setAll(order, i -> i);
    choose(order, count, random);
    int missing = batchesPerEpoch() * classesPerBatch - count;
    int[] earlier = Arrays.copyOf(order, count - count % classesPerBatch);
    choose(earlier, missing, random);
    int[] filled = Arrays.copyOf(order, count + missing);
    System.arraycopy(earlier, 0, filled, count, missing);
    return filled;
  }

  private int[] batch(int[] classes, int first, SplittableRandom random) {
    int[] batch = new int[batchSize()];
    int position = 0;
    for (int i = first; i < first + classesPerBatch; i++) {
      int[] examples = examplesByClass[classes[i]].clone();
      if (examples.length < imagesPerClass) {
        for (int draw = 0; draw < imagesPerClass; draw++) {
          batch[position++] = examples[random.nextInt(examples.length)];
        }
      } else {
        choose(examples, imagesPerClass, random);
        System.arraycopy(examples, 0, batch, position, imagesPerClass);
        position += imagesPerClass;
      }
    }
    return batch;
  }

  /** Moves {@code count} values, drawn without replacement, to the front (Fisher and Yates). */
  private static void choose(int[] values, int count, SplittableRandom random) {
    for (int i = 0; i < count; i++) {
      int chosen = random.nextInt(i, values.length);
      int value = values[chosen];
      values[chosen] = values[i];
      values[i] = value;
    }
  }

  /** The positions of the examples of each class, classes in ascending order of their label. */
  private static int[][] examplesByClass(int[] labels) {
    SortedMap<Integer, List<Integer>> positions = new TreeMap<>();
    for (int i = 0; i < labels.length; i++) {
      positions.computeIfAbsent(labels[i], label -> new ArrayList<>()).add(i);
    }
    return positions.values().stream()
        .map(examples -> examples.stream().mapToInt(Integer::intValue).toArray())
        .toArray(int[][]::new);
  }
}
