package org.contexture.sampling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.contexture.failure.Failure;

/**
 * The published {@code RandomSampler} of the 256 track: an epoch puts the classes in an order, cuts
 * it into groups of P, and makes a batch of every group several times over, each time with other
 * images. What does not fill a group is left out of the epoch, {@link ClassBalancedSampler} leaves
 * nothing out.
 */
public final class RepeatedGroupsSampler implements BatchSampler {
  private final ClassMembers members;
  private final int classesPerBatch;
  private final int imagesPerClass;
  private final int mostBatches;
  private final int repeats;
  private final long seed;

  /**
   * A sampler.
   *
   * @param labels the class of each training example
   * @param classesPerBatch P
   * @param imagesPerClass images of each class in a batch
   * @param mostBatches of an epoch: 42, for In-Shop 600
   * @param repeats how often each group is used at most: 5 for CUB, else 10
   * @param seed what all choices are drawn from
   * @throws Failure when the examples have fewer than P classes
   */
  public RepeatedGroupsSampler(
      int[] labels,
      int classesPerBatch,
      int imagesPerClass,
      int mostBatches,
      int repeats,
      long seed) {
    this.members = ClassMembers.of(labels);
    this.classesPerBatch = classesPerBatch;
    this.imagesPerClass = imagesPerClass;
    this.mostBatches = mostBatches;
    this.repeats = repeats;
    this.seed = seed;
    members.requireClasses(classesPerBatch);
  }

  @Override
  public List<int[]> epoch(int epoch) {
    SplittableRandom random = EpochRandom.of(seed, epoch);
    int[] classes = Draw.order(members.classes(), random);
    int groups = members.classes() / classesPerBatch;
    List<int[]> batches = new ArrayList<>();
    for (int batch = 0; batch < batchesPerEpoch(); batch++) {
      int first = batch % groups * classesPerBatch;
      batches.add(
          members.drawEach(
              Arrays.copyOfRange(classes, first, first + classesPerBatch), imagesPerClass, random));
    }
    Collections.shuffle(batches, new Random(random.nextLong()));
    return batches;
  }

  @Override
  public int batchesPerEpoch() {
    long groups = members.classes() / classesPerBatch;
    return (int) Math.min(mostBatches, repeats * groups);
  }

  @Override
  public int batchSize() {
    return Math.multiplyExact(classesPerBatch, imagesPerClass);
  }
}
