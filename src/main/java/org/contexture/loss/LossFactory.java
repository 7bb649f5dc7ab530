package org.contexture.loss;

import static java.util.stream.Collectors.joining;

import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.contexture.failure.Failure;
import org.contexture.random.RandomStream;

/** Makes the loss that an experiment asks for: the sum of its terms that have a weight. */
public final class LossFactory {
  private final LossConfig config;
  private final int classes;
  private final int dimensions;
  private final long seed;
  private final NDManager manager;

  private LossFactory(
      LossConfig config, int classes, int dimensions, long seed, NDManager manager) {
    this.config = config;
    this.classes = classes;
    this.dimensions = dimensions;
    this.seed = seed;
    this.manager = manager;
  }

  /**
   * The loss of a configuration.
   *
   * @param config the loss and its options
   * @param classes the number C of training classes; labels of losses with learned arrays are 0 to
   *     C-1
   * @param dimensions the length d of an embedding
   * @param seed what learned arrays are drawn from; every loss with the same arguments is the same
   * @param manager what the learned arrays belong to
   * @throws Failure when the options contradict each other
   */
  public static Loss create(
      LossConfig config, int classes, int dimensions, long seed, NDManager manager) {
    return new LossFactory(config, classes, dimensions, seed, manager).sum();
  }

  private Loss sum() {
    List<WeightedSum.Part> parts = new ArrayList<>();
    for (LossOption option : config.name().options()) {
      double value = config.option(option.key());
      if (option.weighed().isPresent() && value != 0) {
        parts.add(new WeightedSum.Part(value, term(option.weighed().get())));
      }
    }
    if (parts.isEmpty()) {
      throw Failure.usage(
          "All weights of the loss %s are 0, so there is nothing to learn from. Set at least one of"
              + " %s.",
          config.name().key(),
          config.name().options().stream()
              .filter(option -> option.weighed().isPresent())
              .map(LossOption::key)
              .collect(joining(", ")));
    }
    return new WeightedSum(parts);
  }

  /** What an option of this name weighs. */
  private Loss term(String name) {
    return switch (name) {
      case SimilarityRegulariser.TERM ->
          new SimilarityRegulariser(config.option("target_similarity"));
      case ContextualLoss.TERM ->
          new ContextualLoss(whole("k"), config.option("eps"), whole("ablation"));
      case ContrastiveLoss.TERM ->
          new ContrastiveLoss(config.option("positive_margin"), config.option("negative_margin"));
      case MultiSimilarityLoss.TERM -> multiSimilarity(OptionalDouble.empty());
      case MultiSimilarityLoss.MINER -> multiSimilarity(OptionalDouble.of(config.option("slack")));
      case TripletLoss.TERM -> triplet();
      case SmoothedAveragePrecisionLoss.SUP_AP ->
          SmoothedAveragePrecisionLoss.upperBound(
              config.option("temperature"),
              config.option("delta"),
              config.option("slope"),
              config.option("offset"));
      case SmoothedAveragePrecisionLoss.SMOOTH_AP ->
          SmoothedAveragePrecisionLoss.smooth(config.option("temperature"));
      case SoftBinApLoss.TERM -> new SoftBinApLoss(whole("bins"));
      case RecallAtKLoss.TERM ->
          new RecallAtKLoss(
              whole("largest_k"), config.option("rank_temperature"), config.option("temperature"));
      case BlackboxApLoss.TERM ->
          new BlackboxApLoss(config.option("interpolation"), config.option("margin"));
      case FastApLoss.TERM -> new FastApLoss(whole("intervals"));
      case CircleLoss.TERM -> new CircleLoss(config.option("margin"), config.option("scale"));
      case NtXentLoss.TERM -> new NtXentLoss(config.option("temperature"));
      case NPairsLoss.TERM ->
          new NPairsLoss(
              whole("normalised") == 0 ? NPairsLoss.Vectors.RAW : NPairsLoss.Vectors.UNIT);
      case ProxyAnchorLoss.TERM ->
          new ProxyAnchorLoss(
              // Kaiming's for a linear layer from embeddings to classes, fan-out mode.
              proxies(Math.sqrt(2.0 / classes)), config.option("alpha"), config.option("margin"));
      case ProxySoftmaxLoss.PROXY_NCA -> softmax(name, 2 * config.option("scale"), 0);
      case ProxySoftmaxLoss.NORMALIZED_SOFTMAX ->
          softmax(name, 1 / config.option("temperature"), 0);
      case ProxySoftmaxLoss.COSFACE ->
          softmax(name, config.option("scale"), config.option("margin"));
      default -> throw new IllegalArgumentException("A weight of " + name);
    };
  }

  private int whole(String option) {
    return (int) config.option(option);
  }

  private Loss multiSimilarity(OptionalDouble slack) {
    return new MultiSimilarityLoss(
        config.option("alpha"), config.option("beta"), config.option("base"), slack);
  }

  private Loss triplet() {
    DistanceWeightedMiner miner =
        new DistanceWeightedMiner(config.option("cutoff"), config.option("farthest"));
    return new TripletLoss(
        config.option("margin"),
        (batch, distances) ->
            miner.draw(
                distances,
                batch.classes(),
                batch.dimensions(),
                RandomStream.of(seed, batch.number())));
  }

  private Loss softmax(String term, double scale, double margin) {
    return new ProxySoftmaxLoss(term, proxies(1), scale, margin, config.option("smoothing"));
  }

  private Proxies proxies(double deviation) {
    return Proxies.random(classes, dimensions, deviation, seed, manager);
  }
}
