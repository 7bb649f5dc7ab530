package org.contexture.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The settings of a stage that change its result, in canonical form: sorted keys, defaults written
 * out. Equal settings have equal text, and the text goes into the fingerprint.
 */
public final class Settings {
  private final SortedMap<String, JsonNode> values;

  private Settings(SortedMap<String, JsonNode> values) {
    this.values = Collections.unmodifiableSortedMap(values);
  }

  public static Builder builder() {
    return new Builder();
  }

  static Settings of(JsonNode json) {
    SortedMap<String, JsonNode> values = new TreeMap<>();
    json.fields().forEachRemaining(field -> values.put(field.getKey(), field.getValue()));
    return new Settings(values);
  }

  /** Collects settings, each under a key of its own. */
  public static final class Builder {
    private final SortedMap<String, JsonNode> values = new TreeMap<>();

    private Builder() {}

    public Builder put(String key, String value) {
      return putNode(key, JsonNodeFactory.instance.textNode(value));
    }

    public Builder put(String key, long value) {
      return putNode(key, JsonNodeFactory.instance.numberNode(value));
    }

    public Builder put(String key, boolean value) {
      return putNode(key, JsonNodeFactory.instance.booleanNode(value));
    }

    public Builder put(String key, double value) {
      return putNode(key, JsonNodeFactory.instance.numberNode(value));
    }

    public Builder put(String key, List<Integer> values) {
      var array = JsonNodeFactory.instance.arrayNode();
      values.forEach(array::add);
      return putNode(key, array);
    }

    /** Puts settings below a key. */
    public Builder put(String key, Settings nested) {
      return putNode(key, nested.json());
    }

    private Builder putNode(String key, JsonNode value) {
      if (values.put(key, value) != null) {
        throw new IllegalArgumentException("setting " + key + " is there twice");
      }
      return this;
    }

    public Settings build() {
      return new Settings(new TreeMap<>(values));
    }
  }

  /** The settings as JSON, keys sorted at every level. */
  public ObjectNode json() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    values.forEach(node::set);
    return node;
  }

  /** Every single setting by its dotted path, as text. */
  public SortedMap<String, String> flat() {
    SortedMap<String, String> flat = new TreeMap<>();
    flatten("", json(), flat);
    return flat;
  }

  private static void flatten(String prefix, JsonNode node, Map<String, String> flat) {
    if (node.isObject()) {
      node.fields()
          .forEachRemaining(
              field ->
                  flatten(
                      prefix.isEmpty() ? field.getKey() : prefix + "." + field.getKey(),
                      field.getValue(),
                      flat));
    } else {
      flat.put(prefix, node.isTextual() ? node.textValue() : node.toString());
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Settings settings && toString().equals(settings.toString());
  }

  @Override
  public int hashCode() {
    return toString().hashCode();
  }

  /** The canonical text. */
  @Override
  public String toString() {
    return json().toString();
  }
}
