package org.contexture.experiment;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.contexture.experiment.keys.EffectiveSetting;
import org.contexture.report.ComparedFact;

/** The settings that differ between experiments, except what they are called. */
final class ComparedSettings {
  private static final String NAME = "name";

  private ComparedSettings() {}

  /** Every key whose value is not the same in all, in the order of the declaration. */
  static List<ComparedFact> differing(List<List<EffectiveSetting>> experiments) {
    List<Map<String, String>> values = new ArrayList<>();
    Set<String> keys = new LinkedHashSet<>();
    for (List<EffectiveSetting> settings : experiments) {
      values.add(
          settings.stream()
              .collect(Collectors.toMap(EffectiveSetting::key, EffectiveSetting::value)));
      settings.forEach(setting -> keys.add(setting.key()));
    }
    keys.remove(NAME);
    return keys.stream()
        .map(
            key ->
                new ComparedFact(key, values.stream().map(of -> of.getOrDefault(key, "")).toList()))
        .filter(fact -> fact.values().stream().distinct().count() > 1)
        .toList();
  }
}
