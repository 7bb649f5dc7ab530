package org.contexture.experiment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.contexture.experiment.keys.Fragment;
import org.contexture.experiment.keys.Quoted;
import org.contexture.experiment.keys.SettingsVersions;

/**
 * A key that a sweep varies. Each value has to make an experiment of its own, for which it stands
 * in the results.
 *
 * @param part of the sweep file that varies it
 * @param key the dotted key
 * @param values what it is given, in turn
 */
record VariedKey(String part, String key, List<Fragment> values) {

  VariedKey {
    values = List.copyOf(values);
  }

  /** The keys of a part of the file. */
  static List<VariedKey> of(String part, Map<String, List<Fragment>> alternatives) {
    return alternatives.entrySet().stream()
        .map(key -> new VariedKey(part, key.getKey(), key.getValue()))
        .toList();
  }

  /** Reports keys that something else gives a value too: another part, or {@code --set}. */
  static void reportOverridden(List<VariedKey> all, SettingsVersions<?> versions) {
    Map<String, String> parts = new HashMap<>();
    for (VariedKey varied : all) {
      String first = parts.putIfAbsent(varied.key, varied.part);
      if (first != null) {
        versions.refuse(
            varied.values.get(0),
            varied.path(),
            "is varied by %s too; allowed: one of grid, repeat and tune".formatted(first));
      } else {
        versions.refuseOverride(
            varied.key,
            "is varied by %s, whose values would all be this one; take it out of either"
                .formatted(varied.part));
      }
    }
  }

  /** Reports values that make the same experiments as one before them does. */
  void reportEqual(Map<Sweep.Cell, ExperimentSettings> cells, SettingsVersions<?> versions) {
    Map<String, List<ExperimentSettings>> made = new HashMap<>();
    cells.forEach(
        (cell, settings) ->
            made.computeIfAbsent(valueIn(cell), value -> new ArrayList<>()).add(settings));
    Map<List<ExperimentSettings>, Fragment> firsts = new HashMap<>();
    for (Fragment value : values) {
      Optional.ofNullable(firsts.putIfAbsent(made.get(value.text()), value))
          .ifPresent(
              first ->
                  versions.refuse(
                      value,
                      path(),
                      "is %s, which makes the same settings as %s; allowed: different values"
                          .formatted(Quoted.of(value.text()), Quoted.of(first.text()))));
    }
  }

  private String valueIn(Sweep.Cell cell) {
    return Stream.of(cell.grid(), cell.repeat(), cell.tuned())
        .map(variation -> variation.values().get(key))
        .flatMap(Stream::ofNullable)
        .findFirst()
        .orElseThrow();
  }

  private String path() {
    return part + "." + key;
  }
}
