package org.contexture.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;
import org.contexture.pipeline.Dataset;
import org.contexture.pipeline.DatasetId;

/**
 * A stage behind the figures of two experiments.
 *
 * @param label what they call it
 * @param first the dataset it makes in the first; empty where that has no such stage
 * @param second the dataset it makes in the second; empty where that has no such stage
 * @param settings the settings of the stage itself that differ, in the words of its manifest
 */
public record ComparedStage(
    String label, Optional<DatasetId> first, Optional<DatasetId> second, List<String> settings) {

  public ComparedStage {
    settings = List.copyOf(settings);
  }

  /** The stages up to what was measured of the trained networks. */
  static List<ComparedStage> of(Experiment first, Experiment second) {
    Map<String, Dataset<?>> seconds = lineage(second);
    List<ComparedStage> stages = new ArrayList<>();
    lineage(first)
        .forEach(
            (label, dataset) ->
                stages.add(
                    compared(
                        label, Optional.of(dataset), Optional.ofNullable(seconds.remove(label)))));
    seconds.forEach(
        (label, dataset) -> stages.add(compared(label, Optional.empty(), Optional.of(dataset))));
    return stages;
  }

  private static Map<String, Dataset<?>> lineage(Experiment experiment) {
    Map<String, Dataset<?>> lineage = new LinkedHashMap<>();
    experiment
        .graph()
        .until(experiment.trained().metrics().label())
        .datasets()
        .forEach(dataset -> lineage.put(dataset.label(), dataset));
    return lineage;
  }

  private static ComparedStage compared(
      String label, Optional<Dataset<?>> first, Optional<Dataset<?>> second) {
    return new ComparedStage(
        label,
        first.map(Dataset::id),
        second.map(Dataset::id),
        first.isPresent() && second.isPresent()
            ? differing(settings(first.get()), settings(second.get()))
            : List.of());
  }

  private static SortedMap<String, String> settings(Dataset<?> dataset) {
    return dataset.stage().config().settings().flat();
  }

  private static List<String> differing(
      SortedMap<String, String> first, SortedMap<String, String> second) {
    TreeSet<String> keys = new TreeSet<>(first.keySet());
    keys.addAll(second.keySet());
    keys.removeIf(
        key -> Optional.ofNullable(first.get(key)).equals(Optional.ofNullable(second.get(key))));
    return List.copyOf(keys);
  }

  /** Whether both experiments use the same dataset. */
  public boolean isShared() {
    return first.equals(second);
  }
}
