package org.contexture.loss;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The losses an experiment file can name, each with its options and their published values. */
public enum LossName {
  /** Contextual similarity, contrastive and regulariser together: the 256 track's hybrid. */
  HYBRID(
      "hybrid",
      option("weights.contextual", 0.4, 0, 1, "Weight of the contextual term."),
      option("weights.contrastive", 0.5, 0, 1, "Weight of the contrastive term."),
      option("weights.regulariser", 0.1, 0, 1, "Weight of the similarity regulariser."),
      option("k", 4, 1, 4096, "Size of a neighbourhood, the image itself included."),
      option("eps", 0.05, 0, 4, "Slack of the neighbourhood test, in squared distance."),
      option("positive_margin", 0.75, -1, 1, "Similarity below which positives are pulled."),
      option("negative_margin", 0.6, -1, 1, "Similarity above which negatives are pushed."),
      option("target_similarity", 0.25, -1, 1, "Mean similarity that the regulariser aims at.")),
  /** The contextual loss alone. */
  CONTEXTUAL(
      "contextual",
      option("k", 4, 1, 4096, "Size of a neighbourhood, the image itself included."),
      option("eps", 0.05, 0, 4, "Slack of the neighbourhood test, in squared distance.")),
  /** Margin contrastive loss on cosine similarities. */
  CONTRASTIVE(
      "contrastive",
      option("positive_margin", 0.9, -1, 1, "Similarity below which positives are pulled."),
      option("negative_margin", 0.6, -1, 1, "Similarity above which negatives are pushed.")),
  /** Multi-similarity loss over all pairs, without its miner. */
  MULTI_SIMILARITY(
      "multi_similarity",
      option("alpha", 2, 0.001, 1000, "Sharpness on positives."),
      option("beta", 50, 0.001, 1000, "Sharpness on negatives."),
      option("base", 0.5, -1, 1, "Similarity that parts easy pairs from hard ones.")),
  /** Cross entropy over cosine similarities to one learned vector per class. */
  NORMALIZED_SOFTMAX(
      "normalized_softmax",
      option("temperature", 0.05, 0.001, 10, "What the cosines are divided by."));

  private final String key;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of, of records
  private final List<LossOption> options;

  LossName(String key, LossOption... options) {
    this.key = key;
    this.options = List.of(options);
  }

  /** The name in experiment files. */
  public String key() {
    return key;
  }

  /** Every option of this loss, in the order the documentation shows them. */
  public List<LossOption> options() {
    return options;
  }

  /** The loss that an experiment file calls {@code key}. */
  public static Optional<LossName> ofKey(String key) {
    return Arrays.stream(values()).filter(name -> name.key.equals(key)).findFirst();
  }

  /** All names, for messages: {@code hybrid, contextual, …}. */
  public static String keys() {
    return Arrays.stream(values()).map(LossName::key).collect(joining(", "));
  }

  private static LossOption option(
      String key, double defaultValue, double minimum, double maximum, String description) {
    return new LossOption(key, defaultValue, minimum, maximum, description);
  }
}
