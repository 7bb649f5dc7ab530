package org.contexture.sampling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.contexture.failure.Failure;

/**
 * The published {@code BalancedSampler} of the 224 track: 96 classes at a time, some images of each
 * out of the class's pool, which is filled again when it has too few left; what was left in it is
 * lost. Batches are cut from the sequence that this gives.
 */
public final class PooledSampler implements BatchSampler {
  private static final int CLASSES_AT_A_TIME = 96;

  private final ClassMembers members;
  private final int examples;
  private final int classesPerBatch;
  private final int imagesPerClass;
  private final long seed;

  /**
   * A sampler.
   *
   * @param labels the class of each training example
   * @param classesPerBatch classes in a batch; 96 should be a multiple
   * @param imagesPerClass images of each class in a batch
   * @param seed what all choices are drawn from
   * @throws Failure when there are fewer than 96 classes, or a class has too few images
   */
  public PooledSampler(int[] labels, int classesPerBatch, int imagesPerClass, long seed) {
    this.members = ClassMembers.of(labels);
    this.examples = labels.length;
    this.classesPerBatch = classesPerBatch;
    this.imagesPerClass = imagesPerClass;
    this.seed = seed;
    if (members.classes() < CLASSES_AT_A_TIME) {
      throw Failure.usage(
          "The sampler of the 224 track draws %d classes at a time, but there are only %d to train"
              + " on. Choose another sampler.name for this stage.",
          CLASSES_AT_A_TIME, members.classes());
    }
    for (int label = 0; label < members.classes(); label++) {
      if (members.size(label) < imagesPerClass) {
        throw Failure.usage(
            "A batch is to hold %d images of each class, but class %d has only %d. Lower"
                + " images_per_class of this stage, or choose another sampler.name for it.",
            imagesPerClass, members.label(label), members.size(label));
      }
    }
  }

  @Override
  public List<int[]> epoch(int epoch) {
    SplittableRandom random = EpochRandom.of(seed, epoch);
    int[][] pools = new int[members.classes()][0];
    int[] sequence = new int[rounds() * CLASSES_AT_A_TIME * imagesPerClass];
    int position = 0;
    for (int round = 0; round < rounds(); round++) {
      int[] order = Draw.order(members.classes(), random);
      for (int label : Arrays.copyOf(order, CLASSES_AT_A_TIME)) {
        if (pools[label].length < imagesPerClass) {
          pools[label] = members.draw(label, members.size(label), random);
        }
        System.arraycopy(pools[label], 0, sequence, position, imagesPerClass);
        pools[label] = Arrays.copyOfRange(pools[label], imagesPerClass, pools[label].length);
        position += imagesPerClass;
      }
    }
    List<int[]> batches = new ArrayList<>();
    for (int batch = 0; batch < batchesPerEpoch(); batch++) {
      batches.add(Arrays.copyOfRange(sequence, batch * batchSize(), (batch + 1) * batchSize()));
    }
    return batches;
  }

  /** How often 96 classes are drawn: until there are as many batches as the examples would fill. */
  private int rounds() {
    int wanted = examples / batchSize();
    int perRound = Math.max(1, CLASSES_AT_A_TIME / classesPerBatch);
    return (wanted + perRound - 1) / perRound;
  }

  @Override
  public int batchesPerEpoch() {
    return rounds() * CLASSES_AT_A_TIME * imagesPerClass / batchSize();
  }

  @Override
  public int batchSize() {
    return Math.multiplyExact(classesPerBatch, imagesPerClass);
  }
}
