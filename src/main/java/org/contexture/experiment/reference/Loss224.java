package org.contexture.experiment.reference;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;

/** A loss of the 224 track (reference specification, sections 2 and 2.4). */
enum Loss224 {
  HYBRID("Hybrid", "hybrid_224"),
  PROXY_ANCHOR("Proxy_Anchor", "proxy_anchor"),
  PROXY_NCA("Proxy_NCA", "proxy_nca"),
  NORMALIZED_SOFTMAX("NormalizedSoftmax", "normalized_softmax"),
  COSFACE("CosFace", "cosface"),
  MS("MS", "multi_similarity"),
  MS_MINER("MS+miner", "multi_similarity_miner"),
  CONTRASTIVE("Contrastive", "contrastive"),
  ROADMAP("Roadmap", "roadmap"),
  TRIPLET("Triplet", "triplet");

  private final String word;
  private final String key;

  Loss224(String word, String key) {
    this.word = word;
    this.key = key;
  }

  static List<String> words() {
    return Arrays.stream(values()).map(loss -> loss.word).toList();
  }

  static Loss224 of(String word) {
    return Arrays.stream(values()).filter(loss -> loss.word.equals(word)).findFirst().orElseThrow();
  }

  /** As names of experiments have it. */
  String shortName() {
    return this == HYBRID ? "hybrid" : key.replace('_', '-');
  }

  /** Whether it learns a vector for each class. */
  boolean hasProxies() {
    return switch (this) {
      case PROXY_ANCHOR, PROXY_NCA, NORMALIZED_SOFTMAX, COSFACE -> true;
      default -> false;
    };
  }

  /** Whether its proxies have the length of the projector's output, where there is none too. */
  boolean needsProjector() {
    return this == NORMALIZED_SOFTMAX || this == COSFACE;
  }

  /** Writes the loss; the regulariser is added to each, with weight γ. */
  void write(Flags flags, ExperimentText experiment) {
    experiment.set("train.loss.name", key);
    switch (this) {
      case HYBRID -> {
        experiment.set("train.loss.lambda", flags.number("--lam"));
        experiment.set("train.loss.gamma", flags.number("--gamma"));
        experiment.set("train.loss.k", flags.whole("--IPC"));
        experiment.set("train.loss.eps", flags.number("--eps"));
        experiment.set("train.loss.positive_margin", flags.number("--pos_margin"));
        experiment.set("train.loss.negative_margin", flags.number("--neg_margin"));
      }
      case PROXY_ANCHOR -> {
        experiment.set("train.loss.alpha", flags.number("--alpha"));
        experiment.set("train.loss.margin", flags.number("--mrg"));
      }
      case PROXY_NCA -> experiment.set("train.loss.scale", 9);
      case NORMALIZED_SOFTMAX -> experiment.set("train.loss.temperature", new BigDecimal("0.05"));
      default -> {}
    }
    if (this != HYBRID) {
      experiment.set("train.loss.weights.regulariser", flags.number("--gamma"));
    }
    if (flags.number("--gamma").signum() != 0) {
      experiment.set("train.loss.target_similarity", flags.number("--regsim"));
    }
  }
}
