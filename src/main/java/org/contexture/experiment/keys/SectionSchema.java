package org.contexture.experiment.keys;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes sections as JSON Schema. Where a file may extend another, what it leaves out may be said
 * there: then only a file that extends none needs what is required, and keys that go with some
 * choices only are allowed unless the file makes the choice itself.
 */
final class SectionSchema {
  private final boolean mayBeSaidElsewhere;

  private SectionSchema(boolean mayBeSaidElsewhere) {
    this.mayBeSaidElsewhere = mayBeSaidElsewhere;
  }

  static Map<String, Object> of(Section<?> section) {
    Optional<? extends Key<?>> base = section.base();
    if (base.isEmpty()) {
      return new SectionSchema(false).schema(section, section.always());
    }
    List<Key<?>> keys = new ArrayList<>(List.of(base.get()));
    keys.addAll(section.always());
    Map<String, Object> schema = new SectionSchema(true).schema(section, keys);
    schema.put("type", "object");
    schema.putAll(without(base.get().name(), requirements(section)));
    return schema;
  }

  private Map<String, Object> schema(Section<?> section, List<Key<?>> always) {
    Map<String, Object> schema = new LinkedHashMap<>();
    List<String> required = required(always);
    schema.put("type", required.isEmpty() ? List.of("object", "null") : "object");
    schema.put("properties", properties(always));
    if (!required.isEmpty()) {
      schema.put("required", required);
    }
    if (section.variants().isPresent()) {
      schema.put("allOf", conditions(section.variants().get(), always));
    } else {
      schema.put("additionalProperties", false);
    }
    return schema;
  }

  private Map<String, Object> properties(List<Key<?>> keys) {
    Map<String, Object> properties = new LinkedHashMap<>();
    for (Key<?> key : keys) {
      Map<String, Object> property = new LinkedHashMap<>();
      property.put("description", key.description());
      property.putAll(
          key.type() instanceof Section<?> section
              ? schema(section, section.always())
              : key.type().schema());
      key.plainFallback().ifPresent(value -> property.put("default", value));
      properties.put(key.name(), property);
    }
    return properties;
  }

  /** For each value of the governor exactly its keys. */
  private <E> List<Object> conditions(Variants<E> variants, List<Key<?>> always) {
    List<Object> conditions = new ArrayList<>();
    Key<E> governor = variants.governor();
    List<String> others = new ArrayList<>(governor.type().choices());
    variants
        .keys()
        .forEach(
            (value, governed) -> {
              String written = variants.written(value);
              others.remove(written);
              conditions.add(
                  condition(
                      governor,
                      Map.of("const", written),
                      List.of(written),
                      closed(always, governed)));
            });
    if (!others.isEmpty()) {
      conditions.add(
          condition(governor, Map.of("enum", others), others, closed(always, List.of())));
    }
    if (mayBeSaidElsewhere) {
      conditions.add(without(governor.name(), closedToOthers(always, variants.all())));
    }
    return conditions;
  }

  /** Without "required" a condition also holds where the governor is left to its default. */
  private Map<String, Object> condition(
      Key<?> governor,
      Map<String, Object> governorIs,
      List<String> values,
      Map<String, Object> then) {
    Map<String, Object> when = new LinkedHashMap<>();
    when.put("properties", Map.of(governor.name(), governorIs));
    if (mayBeSaidElsewhere || governor.writtenFallback().filter(values::contains).isEmpty()) {
      when.put("required", List.of(governor.name()));
    }
    return implication(when, then);
  }

  private static Map<String, Object> without(String key, Map<String, Object> then) {
    return implication(Map.of("not", Map.of("required", List.of(key))), then);
  }

  private static Map<String, Object> implication(
      Map<String, Object> when, Map<String, Object> then) {
    Map<String, Object> implication = new LinkedHashMap<>();
    implication.put("if", when);
    implication.put("then", then);
    return implication;
  }

  private Map<String, Object> closed(List<Key<?>> always, List<Key<?>> governed) {
    Map<String, Object> properties = new LinkedHashMap<>();
    always.forEach(key -> properties.put(key.name(), true));
    properties.putAll(properties(governed));
    Map<String, Object> closed = new LinkedHashMap<>();
    closed.put("properties", properties);
    if (!required(governed).isEmpty()) {
      closed.put("required", required(governed));
    }
    closed.put("additionalProperties", false);
    return closed;
  }

  private static Map<String, Object> closedToOthers(List<Key<?>> always, List<Key<?>> governed) {
    Map<String, Object> properties = new LinkedHashMap<>();
    always.forEach(key -> properties.put(key.name(), true));
    governed.forEach(key -> properties.put(key.name(), true));
    Map<String, Object> closed = new LinkedHashMap<>();
    closed.put("properties", properties);
    closed.put("additionalProperties", false);
    return closed;
  }

  /** The names that a section has to have, sections with required keys included. */
  private List<String> required(List<Key<?>> keys) {
    return mayBeSaidElsewhere ? List.of() : requiredNames(keys);
  }

  private static List<String> requiredNames(List<Key<?>> keys) {
    return keys.stream().filter(SectionSchema::isRequired).map(Key::name).toList();
  }

  private static boolean isRequired(Key<?> key) {
    return key.type() instanceof Section<?> section
        ? !requiredNames(section.always()).isEmpty()
        : key.fallback().isEmpty();
  }

  /** What is required in a section and all below it. */
  private static Map<String, Object> requirements(Section<?> section) {
    Map<String, Object> below = new LinkedHashMap<>();
    for (Key<?> key : section.always()) {
      if (key.type() instanceof Section<?> inner && isRequired(key)) {
        below.put(key.name(), requirements(inner));
      }
    }
    Map<String, Object> requirements = new LinkedHashMap<>();
    requirements.put("required", requiredNames(section.always()));
    if (!below.isEmpty()) {
      requirements.put("properties", below);
    }
    return requirements;
  }
}
