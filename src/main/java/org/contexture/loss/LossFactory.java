package org.contexture.loss;

import static java.util.stream.Collectors.joining;

import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.contexture.failure.Failure;
import org.contexture.random.RandomStream;

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
      case MULTI_SIMILARITY -> multiSimilarity(config, OptionalDouble.empty());
      case MULTI_SIMILARITY_MINER ->
          multiSimilarity(config, OptionalDouble.of(config.option("slack")));
      case TRIPLET -> triplet(config, seed);
      case ROADMAP ->
          withContrastive(
              config,
              "sup_ap",
              SmoothedAveragePrecisionLoss.upperBound(
                  config.option("temperature"),
                  config.option("delta"),
                  config.option("slope"),
                  config.option("offset")));
      case SMOOTH_AP ->
          withContrastive(
              config,
              "smooth_ap",
              SmoothedAveragePrecisionLoss.smooth(config.option("temperature")));
      case SOFT_BIN_AP ->
          withContrastive(config, "soft_bin_ap", new SoftBinApLoss((int) config.option("bins")));
      case RS_AT_K ->
          new RecallAtKLoss(
              (int) config.option("largest_k"),
              config.option("rank_temperature"),
              config.option("temperature"));
      case BLACKBOX_AP ->
          new BlackboxApLoss(config.option("interpolation"), config.option("margin"));
      case FAST_AP -> new FastApLoss((int) config.option("intervals"));
      case CIRCLE -> new CircleLoss(config.option("margin"), config.option("scale"));
      case NT_XENT -> new NtXentLoss(config.option("temperature"));
      case N_PAIRS ->
          new NPairsLoss(
              config.option("normalised") == 0 ? NPairsLoss.Vectors.RAW : NPairsLoss.Vectors.UNIT);
      case PROXY_ANCHOR ->
          new ProxyAnchorLoss(
              // Kaiming's for a linear layer from embeddings to classes, fan-out mode.
              Proxies.random(classes, dimensions, Math.sqrt(2.0 / classes), seed, manager),
              config.option("alpha"),
              config.option("margin"));
      case PROXY_NCA ->
          softmax(
              config,
              Proxies.random(classes, dimensions, 1, seed, manager),
              2 * config.option("scale"),
              0);
      case NORMALIZED_SOFTMAX ->
          softmax(
              config,
              Proxies.random(classes, dimensions, 1, seed, manager),
              1 / config.option("temperature"),
              0);
      case COSFACE ->
          softmax(
              config,
              Proxies.random(classes, dimensions, 1, seed, manager),
              config.option("scale"),
              config.option("margin"));
    };
  }

  private static Loss multiSimilarity(LossConfig config, OptionalDouble slack) {
    return new MultiSimilarityLoss(
        config.option("alpha"), config.option("beta"), config.option("base"), slack);
  }

  private static Loss triplet(LossConfig config, long seed) {
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

  private static Loss softmax(LossConfig config, Proxies proxies, double scale, double margin) {
    return new ProxySoftmaxLoss(
        config.name().key(), proxies, scale, margin, config.option("smoothing"));
  }

  private static Loss withContrastive(LossConfig config, String term, Loss loss) {
    List<WeightedSum.Part> parts = new ArrayList<>();
    add(parts, config.option("weights." + term), loss);
    add(parts, config.option("weights.contrastive"), contrastive(config));
    return sum(config, parts);
  }

  private static Loss hybrid(LossConfig config) {
    List<WeightedSum.Part> parts = new ArrayList<>();
    add(parts, config.option("weights.contextual"), contextual(config));
    add(parts, config.option("weights.contrastive"), contrastive(config));
    add(
        parts,
        config.option("weights.regulariser"),
        new SimilarityRegulariser(config.option("target_similarity")));
    return sum(config, parts);
  }

  private static Loss sum(LossConfig config, List<WeightedSum.Part> parts) {
    if (parts.isEmpty()) {
      throw Failure.usage(
          "All weights of the loss %s are 0, so there is nothing to learn from. Set at least one of"
              + " %s.",
          config.name().key(),
          config.options().keySet().stream()
              .filter(key -> key.startsWith("weights."))
              .collect(joining(", ")));
    }
    return new WeightedSum(parts);
  }

  private static void add(List<WeightedSum.Part> parts, double weight, Loss loss) {
    if (weight != 0) {
      parts.add(new WeightedSum.Part(weight, loss));
    }
  }

  private static Loss contextual(LossConfig config) {
    return new ContextualLoss(
        (int) config.option("k"), config.option("eps"), (int) config.option("ablation"));
  }

  private static Loss contrastive(LossConfig config) {
    return new ContrastiveLoss(config.option("positive_margin"), config.option("negative_margin"));
  }
}
