package org.contexture.experiment.keys;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Which keys apply for which value of the choice that governs them. */
record Variants<E>(Key<E> governor, Map<E, List<Key<?>>> keys) {

  Variants {
    keys = Collections.unmodifiableMap(new LinkedHashMap<>(keys));
  }

  /** These and the keys of one more value of the same governor. */
  <F> Variants<F> with(Key<F> same, F value, List<Key<?>> more) {
    if (!same.equals(governor)) {
      throw new IllegalArgumentException(
          "%s and %s cannot both govern".formatted(governor.name(), same.name()));
    }
    Map<F, List<Key<?>>> grown = new LinkedHashMap<>();
    @SuppressWarnings("unchecked") // the same key, so the same type of value
    Map<F, List<Key<?>>> before = (Map<F, List<Key<?>>>) (Map<?, ?>) keys;
    grown.putAll(before);
    grown.put(value, more);
    return new Variants<>(same, grown);
  }

  /** The keys of every value, value by value. */
  List<Key<?>> all() {
    List<Key<?>> all = new ArrayList<>();
    keys.values().forEach(all::addAll);
    return all;
  }

  /** The keys that apply for a value of the governor. */
  List<Key<?>> of(Object value) {
    return keys.getOrDefault(value, List.of());
  }

  /** The values of the governor for which a key of this name applies. */
  List<String> valuesWith(String name) {
    return valuesWith(key -> key.name().equals(name));
  }

  /** The values of the governor for which a section of this name applies that has this key. */
  List<String> valuesWith(String section, String name) {
    return valuesWith(
        key ->
            key.name().equals(section)
                && key.type() instanceof Section<?> below
                && below.has(name));
  }

  private List<String> valuesWith(Predicate<Key<?>> condition) {
    return keys.entrySet().stream()
        .filter(entry -> entry.getValue().stream().anyMatch(condition))
        .map(entry -> written(entry.getKey()))
        .toList();
  }

  String written(E value) {
    return governor.type().written(value);
  }
}
