package org.contexture.sampling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.contexture.failure.Failure;

/**
 * The published {@code NearestNeighborSampler} of the 224 track, which nothing used: a batch is
 * some images drawn by chance and, of each, some of its nearest neighbours under the network as it
 * is at the beginning of the epoch. Classes are not looked at; {@link NearestClassesSampler} does.
 */
public final class NearestImagesSampler implements BatchSampler {
  private final int images;
  private final SamplerInput input;
  private final int neighbours;

  /**
   * A sampler.
   *
   * @param neighbours among how many nearest images, itself included, those of a batch are drawn;
   *     published: 8
   */
  NearestImagesSampler(SamplerInput input, int neighbours) {
    this.images = input.labels().length;
    this.input = input;
    this.neighbours = neighbours;
    if (images < input.batchSize()) {
      throw Failure.usage(
          "A batch is to hold %d images, but there are only %d to train on. Lower"
              + " classes_per_batch or images_per_class of this stage, whose product it is.",
          input.batchSize(), images);
    }
    if (neighbours < input.imagesPerClass()) {
      throw Failure.usage(
          "%d images are to be drawn among %d nearest ones. Raise sampler.neighbours of this stage"
              + " to at least its images_per_class.",
          input.imagesPerClass(), neighbours);
    }
  }

  @Override
  public List<int[]> epoch(int epoch) {
    SplittableRandom random = EpochRandom.of(input.seed(), epoch);
    int[][] nearest = input.nearest().nearest(neighbours);
    List<int[]> batches = new ArrayList<>();
    for (int batch = 0; batch < batchesPerEpoch(); batch++) {
      int[] seeds = Draw.order(images, random);
      batches.add(
          Arrays.stream(seeds, 0, input.classesPerBatch())
              .flatMap(
                  seed -> Arrays.stream(Draw.some(nearest[seed], input.imagesPerClass(), random)))
              .toArray());
    }
    return batches;
  }

  @Override
  public int batchesPerEpoch() {
    return images / input.batchSize();
  }

  @Override
  public int batchSize() {
    return input.batchSize();
  }
}
