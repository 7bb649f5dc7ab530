package org.contexture.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.contexture.experiment.keys.Key;
import org.contexture.experiment.keys.Range;
import org.contexture.experiment.keys.Section;
import org.contexture.experiment.keys.Values;
import org.contexture.loss.LossConfig;
import org.contexture.loss.LossName;
import org.contexture.loss.LossOption;

/**
 * The section that names a loss and sets its options, which are what {@link LossName} says they
 * are. A dot in an option's key is a section of its own.
 */
final class LossKeys {
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
    Key<LossName> name =
        Key.choice("name", List.of(LossName.values()), LossName::key, "The loss that is minimised.")
            .or(fallback);
    Map<LossName, LossKeys> keys = new LinkedHashMap<>();
    Section.Declaration declaration = Section.of(name);
    for (LossName loss : LossName.values()) {
      keys.put(loss, new LossKeys(loss.options()));
      declaration.when(name, loss, keys.get(loss).keys());
    }
    return declaration.as(
        values -> LossConfig.of(values.of(name), keys.get(values.of(name)).options(values)));
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
