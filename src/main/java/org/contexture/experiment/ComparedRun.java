package org.contexture.experiment;

import java.util.List;
import org.contexture.experiment.keys.EffectiveSetting;

/**
 * An experiment to compare with others.
 *
 * @param name what tells it from the others
 * @param experiment its stages, whose datasets are in the store
 * @param settings every setting that holds in it
 * @param command the command that makes its datasets
 */
public record ComparedRun(
    String name, Experiment experiment, List<EffectiveSetting> settings, String command) {
  public ComparedRun {
    settings = List.copyOf(settings);
  }
}
