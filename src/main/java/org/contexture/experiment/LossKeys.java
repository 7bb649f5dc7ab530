package org.contexture.experiment;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.contexture.experiment.keys.Key;
import org.contexture.experiment.keys.Range;
import org.contexture.experiment.keys.Section;
import org.contexture.experiment.keys.Values;
import org.contexture.loss.LossConfig;
import org.contexture.loss.LossName;
import org.contexture.loss.LossOption;

/**
 * The section that names a loss and sets its options, which are what {@link LossName} or {@link
 * HybridConvention} says they are. A dot in an option's key is a section of its own.
 */
final class LossKeys {
  private static final int MOST_IN_TRIPLES = 1024;

  private final List<Key<? extends Number>> numbers = new ArrayList<>();
  private final List<Key<SortedMap<String, Double>>> groups = new ArrayList<>();

  private LossKeys(List<LossOption> options) {
    Map<String, List<LossOption>> grouped = new LinkedHashMap<>();
    for (LossOption option : options) {
      int dot = option.key().indexOf('.');
      if (dot < 0) {
        switch (option.kind()) {
          case NUMBER -> {
            Range range = Range.of(option.minimum(), option.maximum());
            numbers.add(
                Key.number(option.key(), range, option.description()).or(option.defaultValue()));
          }
          case WHOLE ->
              numbers.add(
                  Key.whole(
                          option.key(),
                          (int) option.minimum(),
                          (int) option.maximum(),
                          option.description())
                      .or((int) option.defaultValue()));
        }
      } else {
        grouped
            .computeIfAbsent(option.key().substring(0, dot), group -> new ArrayList<>())
            .add(
                new LossOption(
                    option.key().substring(dot + 1),
                    option.kind(),
                    option.defaultValue(),
                    option.minimum(),
                    option.maximum(),
                    option.description()));
      }
    }
    grouped.forEach((name, below) -> groups.add(group(name, new LossKeys(below))));
  }

  private static Key<SortedMap<String, Double>> group(String name, LossKeys below) {
    return Key.section(name, Section.of(below.keys()).as(below::options), "The " + name + ".");
  }

  /** A section whose default is the published form of {@code fallback}. */
  static Section<LossConfig> section(LossName fallback) {
    List<String> names = new ArrayList<>();
    EnumSet.allOf(LossName.class).forEach(loss -> names.add(loss.key()));
    EnumSet.allOf(HybridConvention.class).forEach(hybrid -> names.add(hybrid.key()));
    Key<String> name =
        Key.choice("name", names, Function.identity(), "The loss that is minimised.")
            .or(fallback.key());
    Section.Declaration declaration = Section.of(name);
    Map<String, Function<Values, LossConfig>> losses = new HashMap<>();
    for (LossName loss : LossName.values()) {
      LossKeys keys = new LossKeys(loss.options());
      declaration.when(name, loss.key(), keys.keys());
      if (loss == LossName.TRIPLET) {
        Key<? extends Number> cutoff = keys.number("cutoff");
        Key<? extends Number> farthest = keys.number("farthest");
        declaration.rule(
            List.of(cutoff, farthest),
            values ->
                values.of(name).equals(loss.key())
                    ? nothingDrawn(
                        values.of(cutoff).doubleValue(), values.of(farthest).doubleValue())
                    : Optional.empty());
      }
      losses.put(loss.key(), values -> LossConfig.of(loss, keys.options(values)));
    }
    for (HybridConvention hybrid : HybridConvention.values()) {
      LossKeys keys = new LossKeys(hybrid.options());
      Key<? extends Number> lambda = keys.number(HybridConvention.LAMBDA);
      Key<? extends Number> gamma = keys.number(HybridConvention.GAMMA);
      declaration
          .when(name, hybrid.key(), keys.keys())
          .rule(
              List.of(lambda, gamma),
              values ->
                  values.of(name).equals(hybrid.key())
                      ? hybrid.violation(
                          values.of(lambda).doubleValue(), values.of(gamma).doubleValue())
                      : Optional.empty());
      losses.put(hybrid.key(), values -> hybrid.loss(keys.options(values)));
    }
    return declaration.as(values -> losses.get(values.of(name)).apply(values));
  }

  /**
   * Why a loss has no memory for so many embeddings at once, if it has not: their number and what
   * is needed and allowed, to be put into a sentence.
   *
   * @param things what they are of, in the plural
   */
  static Optional<String> tooManyAtOnce(LossConfig loss, long count, String things) {
    return !loss.comparesTriples() || count <= MOST_IN_TRIPLES
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "%d %s, and the loss %s as it is set compares every three of them in arrays of"
                    + " %.1f GiB each, of which it needs several at once; allowed with this loss:"
                    + " up to %d %s",
                count,
                things,
                loss.name().key(),
                (double) count * count * count * Float.BYTES / (1L << 30),
                MOST_IN_TRIPLES,
                things));
  }

  private static Optional<String> nothingDrawn(double cutoff, double farthest) {
    return cutoff < farthest
        ? Optional.empty()
        : Optional.of(
            ("no negative is drawn where distances below %s count as it and those of %s or more are"
                    + " left out; allowed: a cutoff below farthest")
                .formatted(cutoff, farthest));
  }

  private Key<? extends Number> number(String name) {
    return numbers.stream().filter(key -> key.name().equals(name)).findFirst().orElseThrow();
  }

  private Key<?>[] keys() {
    List<Key<?>> keys = new ArrayList<>(groups);
    keys.addAll(numbers);
    return keys.toArray(Key<?>[]::new);
  }

  private SortedMap<String, Double> options(Values values) {
    SortedMap<String, Double> options = new TreeMap<>();
    numbers.forEach(key -> options.put(key.name(), values.of(key).doubleValue()));
    for (Key<SortedMap<String, Double>> group : groups) {
      values.of(group).forEach((key, value) -> options.put(group.name() + "." + key, value));
    }
    return options;
  }
}
