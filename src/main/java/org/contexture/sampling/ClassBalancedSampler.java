package org.contexture.sampling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
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
  private final ClassMembers members;
  private final int classesPerBatch;
  private final int imagesPerClass;
  private final long seed;

  private ClassBalancedSampler(
      ClassMembers members, int classesPerBatch, int imagesPerClass, long seed) {
    this.members = members;
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
    ClassMembers members = ClassMembers.of(labels);
    members.requireClasses(classesPerBatch);
    return new ClassBalancedSampler(members, classesPerBatch, imagesPerClass, seed);
  }

  @Override
  public int batchesPerEpoch() {
    return (members.classes() + classesPerBatch - 1) / classesPerBatch;
  }

  @Override
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
      batches.add(
          members.drawEach(
              Arrays.copyOfRange(classes, first, first + classesPerBatch), imagesPerClass, random));
    }
    return batches;
  }

  /**
   * Every class once in random order, then as many classes again as the last batch lacks: from the
   * earlier batches, so that none is in the last one twice.
   */
  private int[] classOrder(SplittableRandom random) {
    int count = members.classes();
    int[] order = Draw.order(count, random);
    int missing = batchesPerEpoch() * classesPerBatch - count;
    int[] earlier = Arrays.copyOf(order, count - count % classesPerBatch);
    int[] filled = Arrays.copyOf(order, count + missing);
    System.arraycopy(Draw.some(earlier, missing, random), 0, filled, count, missing);
    return filled;
  }
}
