package org.contexture.sampling;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.contexture.failure.Failure;

/**
 * The published {@code HierarchicalSampler}: the same number of batches for every pair of super
 * classes, half of each batch from either, so that most negatives are hard ones.
 */
public final class SuperClassPairsSampler implements BatchSampler {
  private final ClassMembers members;
  private final SuperClasses supers;
  private final int classesPerBatch;
  private final int imagesPerClass;
  private final int batchesPerPair;
  private final long seed;

  /**
   * A sampler.
   *
   * @param labels the class of each training example
   * @param superLabels the super class of each training example
   * @param classesPerBatch an even number
   * @param batchesPerPair published: 10
   * @throws Failure when batches have an odd number of classes, there is one super class only, or
   *     one has too few classes for half a batch
   */
  public SuperClassPairsSampler(
      int[] labels,
      int[] superLabels,
      int classesPerBatch,
      int imagesPerClass,
      int batchesPerPair,
      long seed) {
    SuperClasses.requireEven(classesPerBatch);
    this.members = ClassMembers.of(labels);
    this.supers = SuperClasses.of(labels, superLabels);
    supers.requireTwo();
    this.classesPerBatch = classesPerBatch;
    this.imagesPerClass = imagesPerClass;
    this.batchesPerPair = batchesPerPair;
    this.seed = seed;
    for (int superClass = 0; superClass < supers.count(); superClass++) {
      int classes = supers.classes(superClass).length;
      if (classes < classesPerBatch / 2) {
        throw Failure.usage(
            "Half a batch is %d classes of one super class, but super class %d has only %d. Lower"
                + " classes_per_batch of this stage, or choose another sampler.name for it.",
            classesPerBatch / 2, supers.label(superClass), classes);
      }
    }
    if (batches() > Integer.MAX_VALUE) {
      throw Failure.usage(
          "%d batches of each pair of %d super classes are more than an epoch can have. Lower"
              + " sampler.batches_per_pair of this stage.",
          batchesPerPair, supers.count());
    }
  }

  @Override
  public List<int[]> epoch(int epoch) {
    SplittableRandom random = EpochRandom.of(seed, epoch);
    List<int[]> batches = new ArrayList<>();
    for (int first = 0; first < supers.count(); first++) {
      for (int second = first + 1; second < supers.count(); second++) {
        for (int batch = 0; batch < batchesPerPair; batch++) {
          int[] images = IntStream.concat(half(first, random), half(second, random)).toArray();
          batches.add(Draw.some(images, images.length, random));
        }
      }
    }
    Collections.shuffle(batches, new Random(random.nextLong()));
    return batches;
  }

  private IntStream half(int superClass, SplittableRandom random) {
    int[] classes = Draw.some(supers.classes(superClass), classesPerBatch / 2, random);
    return IntStream.of(members.drawEach(classes, imagesPerClass, random));
  }

  private long batches() {
    return (long) supers.count() * (supers.count() - 1) / 2 * batchesPerPair;
  }

  @Override
  public int batchesPerEpoch() {
    return (int) batches();
  }

  @Override
  public int batchSize() {
    return Math.multiplyExact(classesPerBatch, imagesPerClass);
  }
}
