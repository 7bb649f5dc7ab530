package org.contexture.loss;

import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import org.contexture.failure.Failure;

/** Makes the loss that an experiment asks for. */
public final class LossFactory {

  private LossFactory() {}

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
    return switch (config.name()) {
      case HYBRID -> hybrid(config);
      case CONTEXTUAL -> contextual(config);
      case CONTRASTIVE -> contrastive(config);
      case MULTI_SIMILARITY ->
          new MultiSimilarityLoss(
              config.option("alpha"), config.option("beta"), config.option("base"));
      case NORMALIZED_SOFTMAX ->
          new NormalizedSoftmaxLoss(
              NormalizedSoftmaxLoss.randomProxies(dimensions, classes, seed, manager),
              config.option("temperature"));
    };
  }

  private static Loss hybrid(LossConfig config) {
    List<WeightedSum.Part> parts = new ArrayList<>();
    add(parts, config.option("weights.contextual"), contextual(config));
    add(parts, config.option("weights.contrastive"), contrastive(config));
    add(
        parts,
        config.option("weights.regulariser"),
        new SimilarityRegulariser(config.option("target_similarity")));
    if (parts.isEmpty()) {
      throw Failure.usage(
          "All weights of the hybrid loss are 0, so there is nothing to learn from. Set at least"
              + " one of weights.contextual, weights.contrastive and weights.regulariser.");
    }
    return new WeightedSum(parts);
  }

  private static void add(List<WeightedSum.Part> parts, double weight, Loss loss) {
    if (weight != 0) {
      parts.add(new WeightedSum.Part(weight, loss));
    }
  }

  private static Loss contextual(LossConfig config) {
    double k = config.option("k");
    if (k != Math.rint(k)) {
      throw Failure.usage(
          "Option k of the loss %s is %s. It counts images: give a whole number.",
          config.name().key(), k);
    }
    return new ContextualLoss((int) k, config.option("eps"));
  }

  private static Loss contrastive(LossConfig config) {
    return new ContrastiveLoss(config.option("positive_margin"), config.option("negative_margin"));
  }
}
