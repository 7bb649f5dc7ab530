package org.contexture.loss;

import java.util.ArrayList;
import java.util.List;

/**
 * The losses an experiment file can name, each with its options and their published values.
 *
 * <p>Every loss is a sum of weighed terms, one of them the similarity regulariser. With the weights
 * 1 - γ and γ it is added as the 256 track's {@code main_reg_sim.py} does, with 1 and γ as the 224
 * track does.
 */
public enum LossName {
  /** Contextual similarity, contrastive and regulariser together: the 256 track's hybrid. */
  HYBRID(
      "hybrid",
      List.of(
          LossOption.weight(ContextualLoss.TERM, 0.4, "Weight of the contextual term."),
          contrastiveWeight(0.5),
          regulariserWeight(0.1)),
      neighbourhood(),
      slack(),
      ablation(),
      positiveMargin(0.75),
      negativeMargin()),
  /** The contextual loss alone. */
  CONTEXTUAL("contextual", neighbourhood(), slack(), ablation()),
  /** Margin contrastive loss on cosine similarities. */
  CONTRASTIVE("contrastive", positiveMargin(0.9), negativeMargin()),
  /** Multi-similarity loss over all pairs, without its miner. */
  MULTI_SIMILARITY("multi_similarity", positiveSharpness(), negativeSharpness(), base()),
  /** Multi-similarity loss over the pairs that its miner keeps. */
  MULTI_SIMILARITY_MINER(
      "multi_similarity_miner",
      positiveSharpness(),
      negativeSharpness(),
      base(),
      option("slack", 0.1, 0, 2, "How much easier than the hardest of the others a pair may be.")),
  /** Triplet margin loss on Euclidean distances, negatives drawn by the distance-weighted miner. */
  TRIPLET(
      "triplet",
      option("margin", 0.05, 0, 2, "How much farther than positives negatives should be."),
      option("cutoff", 0.5, 0.01, 2, "Distances below it count as it when negatives are drawn."),
      option("farthest", 1.4, 0.01, 2, "Negatives at this distance or more are not drawn.")),
  /** SupAP and contrastive together: ROADMAP. */
  ROADMAP(
      "roadmap",
      List.of(
          LossOption.weight(SmoothedAveragePrecisionLoss.SUP_AP, 0.5, "Weight of SupAP."),
          contrastiveWeight(0.5),
          regulariserWeight(0)),
      differenceTemperature(),
      option("delta", 0.05, 0, 2, "Difference from which on a negative's bound is a line."),
      option("slope", 100, 0, 10_000, "Slope of that line."),
      option("offset", 1.44, -100, 100, "Height of that line at 0."),
      positiveMargin(0.9),
      negativeMargin()),
  /** Smooth-AP, alone unless the contrastive term is given a weight. */
  SMOOTH_AP(
      "smooth_ap",
      List.of(
          LossOption.weight(SmoothedAveragePrecisionLoss.SMOOTH_AP, 1, "Weight of Smooth-AP."),
          contrastiveWeight(0),
          regulariserWeight(0)),
      differenceTemperature(),
      positiveMargin(0.9),
      negativeMargin()),
  /** Average precision of a histogram of similarities, alone unless contrastive has a weight. */
  SOFT_BIN_AP(
      "soft_bin_ap",
      List.of(
          LossOption.weight(SoftBinApLoss.TERM, 1, "Weight of the average precision."),
          contrastiveWeight(0),
          regulariserWeight(0)),
      whole("bins", 20, 2, 1000, "Bins of the histogram."),
      positiveMargin(0.9),
      negativeMargin()),
  /** Recall among the first k, k the powers of two up to a largest, smoothed. */
  RS_AT_K(
      "rs_at_k",
      whole("largest_k", 16, 1, 4096, "The largest k; k are the powers of two up to it."),
      option("rank_temperature", 1, 0.001, 1000, "What the distance of a rank to k is divided by."),
      differenceTemperature()),
  /** True average precision, with a gradient from moved similarities. */
  BLACKBOX_AP(
      "blackbox_ap",
      option(
          "interpolation", 4, 0.001, 10_000, "How far similarities are moved: the paper's lambda."),
      option("margin", 0.02, 0, 2, "How much nearer than negatives positives have to be.")),
  /** Average precision of a histogram of squared distances. */
  FAST_AP("fast_ap", whole("intervals", 10, 1, 1000, "Intervals of the histogram.")),
  /** Similarities weighed by how far they are off their optimum. */
  CIRCLE(
      "circle",
      option("margin", 0.4, -1, 1, "How far off 1 and 0 similarities may be."),
      option("scale", 80, 0.001, 10_000, "Sharpness.")),
  /** Cross entropy of each positive against the anchor's negatives. */
  NT_XENT(
      "nt_xent", option("temperature", 0.07, 0.001, 10, "What the similarities are divided by.")),
  /** Cross entropy that tells the partner of an image from those of other classes. */
  N_PAIRS(
      "n_pairs",
      whole("normalised", 1, 0, 1, "1 for cosines, 0 for dot products of the network's output.")),
  /** One learned vector per class is the anchor of all images. */
  PROXY_ANCHOR(
      "proxy_anchor",
      option("alpha", 32, 0.001, 1000, "Sharpness."),
      option("margin", 0.1, -1, 1, "Similarity that positives should be above.")),
  /** Cross entropy over squared distances to one learned vector per class. */
  PROXY_NCA(
      "proxy_nca",
      option("scale", 10, 0.001, 1000, "What the distances are multiplied by."),
      smoothing()),
  /** Cross entropy over cosine similarities to one learned vector per class. */
  NORMALIZED_SOFTMAX(
      "normalized_softmax",
      option("temperature", 0.05, 0.001, 10, "What the cosines are divided by."),
      smoothing()),
  /** Normalised softmax with a margin on the own class's cosine. */
  COSFACE(
      "cosface",
      option("margin", 0.35, 0, 2, "What is taken from the own class's cosine."),
      option("scale", 64, 0.001, 1000, "What the cosines are multiplied by."),
      smoothing());

  private final String key;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.copyOf, of records
  private final List<LossOption> options;

  /** A loss of a single term besides the regulariser. */
  LossName(String key, LossOption... options) {
    this(
        key,
        List.of(LossOption.weight(key, 1, "Weight of the loss itself."), regulariserWeight(0)),
        options);
  }

  LossName(String key, List<LossOption> weights, LossOption... options) {
    this.key = key;
    List<LossOption> all = new ArrayList<>(weights);
    all.addAll(List.of(options));
    all.add(
        option("target_similarity", 0.25, -1, 1, "Mean similarity that the regulariser aims at."));
    this.options = List.copyOf(all);
  }

  /** The name in experiment files. */
  public String key() {
    return key;
  }

  /** Every option of this loss, in the order the documentation shows them. */
  public List<LossOption> options() {
    return options;
  }

  private static LossOption neighbourhood() {
    return whole("k", 4, 1, 4096, "Size of a neighbourhood, the image itself included.");
  }

  private static LossOption slack() {
    return option("eps", 0.05, 0, 4, "Slack of the neighbourhood test, in squared distance.");
  }

  private static LossOption ablation() {
    return whole(
        "ablation",
        AblatedSimilarity.NONE,
        AblatedSimilarity.NONE,
        AblatedSimilarity.LAST,
        "Which of the paper's ablations is made of the contextual similarity; 0 for none.");
  }

  private static LossOption contrastiveWeight(double weight) {
    return LossOption.weight(ContrastiveLoss.TERM, weight, "Weight of the contrastive term.");
  }

  private static LossOption regulariserWeight(double weight) {
    return LossOption.weight(
        SimilarityRegulariser.TERM, weight, "Weight of the similarity regulariser.");
  }

  private static LossOption positiveMargin(double margin) {
    return option("positive_margin", margin, -1, 1, "Similarity below which positives are pulled.");
  }

  private static LossOption negativeMargin() {
    return option("negative_margin", 0.6, -1, 1, "Similarity above which negatives are pushed.");
  }

  private static LossOption positiveSharpness() {
    return option("alpha", 2, 0.001, 1000, "Sharpness on positives.");
  }

  private static LossOption negativeSharpness() {
    return option("beta", 50, 0.001, 1000, "Sharpness on negatives.");
  }

  private static LossOption base() {
    return option("base", 0.5, -1, 1, "Similarity that parts easy pairs from hard ones.");
  }

  private static LossOption differenceTemperature() {
    return option(
        "temperature", 0.01, 0.0001, 10, "What differences of similarities are divided by.");
  }

  private static LossOption smoothing() {
    return option(
        "smoothing", 0, 0, 1, "Share of the target that is spread evenly over all classes.");
  }

  private static LossOption option(
      String key, double defaultValue, double minimum, double maximum, String description) {
    return new LossOption(key, LossOption.Kind.NUMBER, defaultValue, minimum, maximum, description);
  }

  private static LossOption whole(
      String key, double defaultValue, double minimum, double maximum, String description) {
    return new LossOption(key, LossOption.Kind.WHOLE, defaultValue, minimum, maximum, description);
  }
}
