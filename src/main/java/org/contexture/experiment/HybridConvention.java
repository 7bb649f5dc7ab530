package org.contexture.experiment;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.contexture.loss.LossConfig;
import org.contexture.loss.LossName;
import org.contexture.loss.LossOption;

/**
 * The two published ways of giving the hybrid loss its weights, by λ and γ. They are ways of
 * writing only: the loss is {@link LossName#HYBRID}, and equal weights are the same loss however
 * they are written. So they are computed in decimal, as they are written.
 */
enum HybridConvention {
  /** The 256 track's: λ weighs the contextual term, and the contrastive one has what is left. */
  HYBRID_256(
      "hybrid_256",
      lambda(0.4, "Weight of the contextual term; the contrastive one has 1 - lambda - gamma."),
      0.25) {
    @Override
    Map<String, BigDecimal> weights(BigDecimal lambda, BigDecimal gamma) {
      return Map.of(
          "weights.contextual",
          lambda,
          "weights.contrastive",
          BigDecimal.ONE.subtract(lambda).subtract(gamma));
    }
  },
  /** The 224 track's: λ weighs the contrastive term. */
  HYBRID_224(
      "hybrid_224",
      lambda(0.5, "Weight of the contrastive term; the contextual one has 1 - lambda."),
      0.3) {
    @Override
    Map<String, BigDecimal> weights(BigDecimal lambda, BigDecimal gamma) {
      return Map.of(
          "weights.contextual", BigDecimal.ONE.subtract(lambda), "weights.contrastive", lambda);
    }
  };

  static final String LAMBDA = "lambda";
  static final String GAMMA = "gamma";

  private final String key;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.copyOf, of records
  private final List<LossOption> options;

  HybridConvention(String key, LossOption lambda, double targetSimilarity) {
    this.key = key;
    List<LossOption> all = new ArrayList<>();
    all.add(lambda);
    all.add(
        new LossOption(
            GAMMA, LossOption.Kind.NUMBER, 0.1, 0, 1, "Weight of the similarity regulariser."));
    for (LossOption option : LossName.HYBRID.options()) {
      if (option.key().equals("target_similarity")) {
        all.add(option.or(targetSimilarity));
      } else if (option.weighed().isEmpty()) {
        all.add(option);
      }
    }
    options = List.copyOf(all);
  }

  private static LossOption lambda(double defaultValue, String description) {
    return new LossOption(LAMBDA, LossOption.Kind.NUMBER, defaultValue, 0, 1, description);
  }

  /** The weights of the contextual and the contrastive term. */
  abstract Map<String, BigDecimal> weights(BigDecimal lambda, BigDecimal gamma);

  /** The name in experiment files. */
  String key() {
    return key;
  }

  /** λ, γ and what else the hybrid loss has options for. */
  List<LossOption> options() {
    return options;
  }

  /** What is wrong with a λ and a γ that each are allowed; empty when nothing is. */
  Optional<String> violation(double lambda, double gamma) {
    return weights(BigDecimal.valueOf(lambda), BigDecimal.valueOf(gamma)).values().stream()
        .filter(weight -> weight.signum() < 0)
        .findFirst()
        .map(
            weight ->
                ("leaves a weight of %s for the contrastive term; allowed: lambda and gamma that are"
                        + " 1 together at most")
                    .formatted(weight.toPlainString()));
  }

  /** The hybrid loss with these options. */
  LossConfig loss(SortedMap<String, Double> given) {
    SortedMap<String, Double> options = new TreeMap<>(given);
    double lambda = options.remove(LAMBDA);
    double gamma = options.remove(GAMMA);
    options.put("weights.regulariser", gamma);
    weights(BigDecimal.valueOf(lambda), BigDecimal.valueOf(gamma))
        .forEach((weight, value) -> options.put(weight, value.doubleValue()));
    return LossConfig.of(LossName.HYBRID, options);
  }
}
