package org.contexture.experiment;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.contexture.benchmark.BenchmarkOutline;
import org.contexture.benchmark.PublishedBenchmark;
import org.contexture.record.Selection;
import org.contexture.sampling.BatchSampler;
import org.contexture.sampling.SamplerInput;
import org.contexture.training.TrainingDataConfig;

/**
 * How much an experiment asks of its network: of a published benchmark, whose size is known without
 * its files. Images that samplers embed to look for near ones are left out, and so is all that
 * comes before training and after embedding.
 *
 * @param trained images that the network learns from, each as often as it does
 * @param embedded images that it embeds, to choose an epoch and to be measured
 * @param inputSize the side of its input, in pixels
 */
public record RunCost(long trained, long embedded, int inputSize) {
  private static final double MEASURED_SIZE = 224;

  /**
   * That of an experiment as it is published.
   *
   * @return empty for images that are not of a published benchmark, and without given weights
   * @throws org.contexture.failure.Failure (usage) if its batches cannot be made
   */
  public static Optional<RunCost> of(ExperimentSettings settings) {
    if (!BenchmarkSettings.Name.PUBLISHED.contains(settings.benchmark().name())
        || settings.model().weights().isEmpty()) {
      return Optional.empty();
    }
    BenchmarkOutline outline = ((PublishedBenchmark) Experiment.benchmark(settings)).outline();
    TrainingSettings training = settings.train();
    BatchSampler sampler = sampler(outline, training, settings.benchmark().validationShare());
    long trained = (long) training.epochs() * sampler.batchesPerEpoch() * sampler.batchSize();
    int measurements =
        (training.epochs() + training.validateEvery() - 1) / training.validateEvery();
    long measured =
        training.select() == Selection.TEST
            ? outline.testImages()
            : Math.round(outline.trainingImages() * settings.benchmark().validationShare());
    int trainings = settings.control() ? 2 : 1;
    long networks = trainings + 1L;
    return Optional.of(
        new RunCost(
            trainings * trained,
            measurements * measured * trainings + networks * outline.testImages(),
            settings.images().size()));
  }

  private static BatchSampler sampler(
      BenchmarkOutline outline, TrainingSettings training, double validationShare) {
    TrainingDataConfig data = training.data();
    int[] labels = outline.labels();
    int[] superLabels = outline.superLabels();
    int classes = labels[labels.length - 1] + 1;
    int[] seen =
        IntStream.range(0, labels.length)
            .filter(
                image -> kept(labels[image], classes, (1 - validationShare) * data.keptClasses()))
            .filter(image -> kept(image, labels.length, data.keptImages()))
            .toArray();
    return training
        .sampler()
        .create(
            new SamplerInput(
                Arrays.stream(seen).map(image -> labels[image]).toArray(),
                Arrays.stream(seen).map(image -> superLabels[image]).toArray(),
                training.classesPerBatch(),
                training.imagesPerClass(),
                0,
                count -> {
                  throw new IllegalStateException("no network has been trained");
                }));
  }

  /** Keeps a share of so many things, evenly. */
  private static boolean kept(int number, int count, double share) {
    long all = Math.round(share * count);
    return (number + 1) * all / count > number * all / count;
  }

  /**
   * How long a machine needs for it.
   *
   * @param trainedPerSecond images of 224 × 224 pixels that it trains the network on in a second
   * @param embeddedPerSecond images of that size that it embeds in a second
   */
  public Duration on(double trainedPerSecond, double embeddedPerSecond) {
    double pixels = Math.pow(inputSize / MEASURED_SIZE, 2);
    return Duration.ofMillis(
        Math.round(1_000 * pixels * (trained / trainedPerSecond + embedded / embeddedPerSecond)));
  }
}
