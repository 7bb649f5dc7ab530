package org.contexture.experiment.reference;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A loss of the 256 track (reference specification, section 1.5). */
enum Loss256 {
  HYBRID("hybrid", "hybrid_256", Map.of()),
  ROADMAP("roadmap", "roadmap", Map.of("sup_ap", "0.5", "contrastive", "0.5")),
  TRIPLET("triplet", "triplet"),
  MULTISIMILARITY("multisimilarity", "multi_similarity"),
  SMOOTHAP("smoothap", "smooth_ap"),
  FASTAP("fastap", "fast_ap"),
  CONTRASTIVE("contrastive", "contrastive"),
  NTXENT("ntxent", "nt_xent"),
  PROXYNCA("proxynca", "proxy_nca"),
  NORMSOFTMAX("normsoftmax", "normalized_softmax");

  private final String word;
  private final String key;

  @SuppressWarnings("ImmutableEnumChecker") // made by Map.of, of words
  private final Map<String, String> weights;

  Loss256(String word, String key, Map<String, String> weights) {
    this.word = word;
    this.key = key;
    this.weights = weights;
  }

  /** A loss of one term, whose weight has the name of the loss. */
  Loss256(String word, String key) {
    this(word, key, Map.of(key, "1"));
  }

  static List<String> words() {
    return Arrays.stream(values()).map(loss -> loss.word).toList();
  }

  static Loss256 of(String word) {
    return Arrays.stream(values()).filter(loss -> loss.word.equals(word)).findFirst().orElseThrow();
  }

  /** The name in experiment files. */
  String key() {
    return key;
  }

  /** Whether it learns a vector for each class. */
  boolean hasProxies() {
    return this == PROXYNCA || this == NORMSOFTMAX;
  }

  /** Whether {@code main_reg_sim.py} adds the similarity regulariser to it. */
  boolean isRegularised() {
    return !hasProxies() && this != HYBRID;
  }

  /** Writes the loss as {@code main.py} has it. */
  void write(Flags flags, ExperimentText experiment) {
    experiment.set("train.loss.name", key);
    switch (this) {
      case HYBRID -> {
        experiment.set("train.loss.lambda", flags.number("--lam"));
        experiment.set("train.loss.gamma", flags.number("--gamma"));
        experiment.set("train.loss.k", 4);
        experiment.set("train.loss.eps", flags.number("--eps"));
        experiment.set("train.loss.positive_margin", flags.number("--pos_margins"));
        experiment.set("train.loss.negative_margin", flags.number("--neg_margins"));
        experiment.set("train.loss.target_similarity", flags.number("--reg_sim"));
      }
      case PROXYNCA -> experiment.set("train.loss.scale", 10);
      case NORMSOFTMAX -> experiment.set("train.loss.temperature", new BigDecimal("0.05"));
      default -> {}
    }
  }

  /** Writes it with weights 1 - γ for the loss and γ for the regulariser. */
  void writeRegularised(Flags flags, ExperimentText experiment) {
    BigDecimal gamma = flags.number("--gamma");
    experiment.set("train.loss.name", key);
    new TreeMap<>(weights)
        .forEach(
            (term, weight) ->
                experiment.set(
                    "train.loss.weights." + term,
                    new BigDecimal(weight).multiply(BigDecimal.ONE.subtract(gamma))));
    experiment.set("train.loss.weights.regulariser", gamma);
    experiment.set("train.loss.target_similarity", flags.number("--reg_sim"));
  }
}
