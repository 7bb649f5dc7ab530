package org.contexture.sampling;

/** What batches are put together from. */
public final class SamplerInput {
  private final int[] labels;
  private final int[] superLabels;
  private final int classesPerBatch;
  private final int imagesPerClass;
  private final long seed;
  private final NearestExamples nearest;

  /**
   * An input.
   *
   * @param labels the class of each training example
   * @param superLabels the super class of each training example
   * @param classesPerBatch classes in a batch
   * @param imagesPerClass images of each class in a batch
   * @param seed what all choices are drawn from
   * @param nearest asked by samplers that look at the network, at the beginning of an epoch
   */
  public SamplerInput(
      int[] labels,
      int[] superLabels,
      int classesPerBatch,
      int imagesPerClass,
      long seed,
      NearestExamples nearest) {
    this.labels = labels.clone();
    this.superLabels = superLabels.clone();
    this.classesPerBatch = classesPerBatch;
    this.imagesPerClass = imagesPerClass;
    this.seed = seed;
    this.nearest = nearest;
  }

  int[] labels() {
    return labels.clone();
  }

  int[] superLabels() {
    return superLabels.clone();
  }

  int classesPerBatch() {
    return classesPerBatch;
  }

  int imagesPerClass() {
    return imagesPerClass;
  }

  int batchSize() {
    return Math.multiplyExact(classesPerBatch, imagesPerClass);
  }

  long seed() {
    return seed;
  }

  NearestExamples nearest() {
    return nearest;
  }
}
