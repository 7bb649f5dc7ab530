package org.contexture.experiment.keys;

import static java.util.stream.Collectors.joining;

import java.util.List;

/**
 * What came out of a settings file.
 *
 * @param settings the settings, every default filled in
 * @param notes what a user should know although nothing is wrong, a sentence each
 * @param effective every setting that holds, in the order of the declaration
 */
public record Reading<T>(T settings, List<String> notes, List<EffectiveSetting> effective) {
  public Reading {
    notes = List.copyOf(notes);
    effective = List.copyOf(effective);
  }

  /** Every setting that holds, one a line. */
  public String written() {
    return effective.stream()
        .map(setting -> setting.key() + ": " + setting.value())
        .collect(joining("\n"));
  }
}
