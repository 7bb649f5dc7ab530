package org.contexture.experiment.keys;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The values read for the keys of one section. */
public final class Values {
  private final Map<String, Object> values = new HashMap<>();

  Values() {}

  <T> void put(Key<T> key, T value) {
    values.put(key.name(), value);
  }

  boolean hasAll(Collection<Key<?>> keys) {
    return keys.stream().allMatch(key -> values.containsKey(key.name()));
  }

  /** The value of a key that always applies, or that the section's choice makes apply. */
  public <T> T of(Key<T> key) {
    return when(key)
        .orElseThrow(() -> new IllegalStateException("no value was read for " + key.name()));
  }

  /** The value of a key that applies only for some choices; empty for the others. */
  @SuppressWarnings("unchecked") // put() pairs a name with a value of its key's type
  public <T> Optional<T> when(Key<T> key) {
    return Optional.ofNullable((T) values.get(key.name()));
  }
}
