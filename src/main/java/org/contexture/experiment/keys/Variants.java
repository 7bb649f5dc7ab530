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

  /** JSON Schema conditions: for each value of the governor exactly its keys. */
  List<Object> schemas(List<Key<?>> always) {
    List<Object> conditions = new ArrayList<>();
    List<String> others = new ArrayList<>(governor.type().choices());
    keys.forEach(
        (value, governed) -> {
          String written = written(value);
          others.remove(written);
          conditions.add(
              condition(Map.of("const", written), List.of(written), closed(always, governed)));
        });
    if (!others.isEmpty()) {
      conditions.add(condition(Map.of("enum", others), others, closed(always, List.of())));
    }
    return conditions;
  }

  /** Without "required" a condition also holds where the governor is left to its default. */
  private Map<String, Object> condition(
      Map<String, Object> governorIs, List<String> values, Map<String, Object> then) {
    Map<String, Object> when = new LinkedHashMap<>();
    when.put("properties", Map.of(governor.name(), governorIs));
    if (governor.writtenFallback().filter(values::contains).isEmpty()) {
      when.put("required", List.of(governor.name()));
    }
    Map<String, Object> condition = new LinkedHashMap<>();
    condition.put("if", when);
    condition.put("then", then);
    return condition;
  }

  private static Map<String, Object> closed(List<Key<?>> always, List<Key<?>> governed) {
    Map<String, Object> properties = new LinkedHashMap<>();
    always.forEach(key -> properties.put(key.name(), true));
    properties.putAll(Section.properties(governed));
    Map<String, Object> closed = new LinkedHashMap<>();
    closed.put("properties", properties);
    if (!Section.required(governed).isEmpty()) {
      closed.put("required", Section.required(governed));
    }
    closed.put("additionalProperties", false);
    return closed;
  }
}
