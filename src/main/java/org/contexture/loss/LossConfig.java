package org.contexture.loss;

import java.io.Serializable;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A loss and the value of each of its options.
 *
 * @param name which loss
 * @param options every option of the loss by its key, defaults included
 */
public record LossConfig(LossName name, SortedMap<String, Double> options) implements Serializable {

  /** The terms that learn a vector per class. */
  private static final Set<String> LEARNING =
      Set.of(
          ProxyAnchorLoss.TERM,
          ProxySoftmaxLoss.PROXY_NCA,
          ProxySoftmaxLoss.NORMALIZED_SOFTMAX,
          ProxySoftmaxLoss.COSFACE);

  /** The terms that look at every three images of a batch. */
  private static final Set<String> TRIPLES =
      Set.of(
          SmoothedAveragePrecisionLoss.SUP_AP,
          SmoothedAveragePrecisionLoss.SMOOTH_AP,
          RecallAtKLoss.TERM);

  public LossConfig {
    options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
    for (LossOption option : name.options()) {
      Double value = options.get(option.key());
      if (value == null || !option.allows(value)) {
        throw new IllegalArgumentException(
            "%s.%s is %s; allowed is %s%s to %s"
                .formatted(
                    name.key(),
                    option.key(),
                    value,
                    option.kind() == LossOption.Kind.WHOLE ? "a whole number of " : "",
                    option.minimum(),
                    option.maximum()));
      }
    }
    if (options.size() != name.options().size()) {
      throw new IllegalArgumentException(
          "%s has no such options among %s".formatted(name.key(), options.keySet()));
    }
  }

  /** The loss with its published options, except those given. */
  public static LossConfig of(LossName name, Map<String, Double> given) {
    SortedMap<String, Double> options = new TreeMap<>();
    name.options().forEach(option -> options.put(option.key(), option.defaultValue()));
    options.putAll(given);
    return new LossConfig(name, options);
  }

  /** Whether the loss itself learns something. */
  public boolean learns() {
    return terms().anyMatch(LEARNING::contains);
  }

  /**
   * Whether it looks at every three images of a batch at once: what it needs of memory grows with
   * the cube of the batch then, and with the square otherwise.
   */
  public boolean comparesTriples() {
    return terms()
        .anyMatch(
            term ->
                TRIPLES.contains(term)
                    || (term.equals(ContextualLoss.TERM)
                        && AblatedSimilarity.comparesTriples((int) option("ablation"))));
  }

  /** The terms that have a weight. */
  private Stream<String> terms() {
    return name.options().stream()
        .filter(option -> option(option.key()) != 0)
        .flatMap(option -> option.weighed().stream());
  }

  /** The value of an option of this loss. */
  public double option(String key) {
    Double value = options.get(key);
    if (value == null) {
      throw new IllegalArgumentException("%s has no option %s".formatted(name.key(), key));
    }
    return value;
  }
}
