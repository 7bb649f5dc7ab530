package org.contexture.pipeline;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificData;

/**
 * What a run will do, stage by stage, and why; known from manifests alone, before anything runs.
 */
public final class Plan {
  private final List<Step> steps;

  private Plan(List<Step> steps) {
    this.steps = List.copyOf(steps);
  }

  /** What happens to a dataset. */
  public enum Decision {
    /** It exists and is used as it is. */
    REUSE,
    /** It has to be made. */
    RUN
  }

  /**
   * One stage of a plan.
   *
   * @param dataset the dataset
   * @param decision whether it is reused or made
   * @param reason why, in a few words
   * @param existing its manifest, where it exists
   */
  public record Step(
      Dataset<?> dataset, Decision decision, String reason, Optional<Manifest> existing) {}

  /**
   * Plans a run.
   *
   * @param rebuilt datasets to make again although they may exist
   */
  public static Plan of(StageGraph graph, Store store, Set<Dataset<?>> rebuilt) {
    return of(graph.datasets(), store, rebuilt);
  }

  /** Plans several graphs as one: what they have in common is there once, in the first of them. */
  public static Plan of(List<StageGraph> graphs, Store store) {
    Map<DatasetId, Dataset<?>> datasets = new LinkedHashMap<>();
    for (StageGraph graph : graphs) {
      graph.datasets().forEach(dataset -> datasets.putIfAbsent(dataset.id(), dataset));
    }
    return of(datasets.values(), store, Set.of());
  }

  private static Plan of(Collection<Dataset<?>> datasets, Store store, Set<Dataset<?>> rebuilt) {
    Listing listing = store.listed();
    List<Step> steps = new ArrayList<>();
    for (Dataset<?> dataset : datasets) {
      Optional<Manifest> existing = store.findWhole(dataset.id());
      List<DatasetId> missing = store.missingBeside(dataset);
      if (existing.isPresent() && missing.isEmpty() && !rebuilt.contains(dataset)) {
        String made = "made " + existing.get().started();
        steps.add(new Step(dataset, Decision.REUSE, made, existing));
      } else {
        String reason;
        if (existing.isEmpty()) {
          reason = reason(dataset, listing);
        } else {
          reason = missing.isEmpty() ? "to be rebuilt" : missing.get(0) + " is missing";
        }
        steps.add(new Step(dataset, Decision.RUN, reason, existing));
      }
    }
    return new Plan(steps);
  }

  /** The stages in order. */
  public List<Step> steps() {
    return steps;
  }

  /** Why a dataset does not exist yet: what differs from the nearest earlier one of its stage. */
  private static String reason(Dataset<?> dataset, Listing listing) {
    if (listing.damaged().containsKey(dataset.id())) {
      return "its manifest is damaged";
    }
    return listing.manifests().stream()
        .filter(manifest -> manifest.stage().equals(dataset.stage().name()))
        .map(manifest -> new Comparison(manifest, differences(dataset, manifest)))
        .min(
            Comparator.comparingInt((Comparison comparison) -> comparison.differences().size())
                .thenComparing(
                    comparison -> comparison.manifest().started(), Comparator.reverseOrder()))
        .map(
            nearest ->
                "%s (nearest: %s)"
                    .formatted(
                        nearest.differences().isEmpty()
                            ? "same settings, other fingerprint"
                            : nearest.differences().get(0),
                        nearest.manifest().id()))
        .orElse("not made yet");
  }

  private record Comparison(Manifest manifest, List<String> differences) {}

  private static List<String> differences(Dataset<?> dataset, Manifest manifest) {
    Stage<?> stage = dataset.stage();
    List<String> differences = new ArrayList<>();
    if (stage.version() != manifest.version()) {
      differences.add("version %d → %d".formatted(manifest.version(), stage.version()));
    }
    SortedMap<String, String> now = stage.config().settings().flat();
    SortedMap<String, String> then = Settings.of(manifest.settings()).flat();
    Set<String> keys = new TreeSet<>(now.keySet());
    keys.addAll(then.keySet());
    for (String key : keys) {
      String before = then.getOrDefault(key, "unset");
      String after = now.getOrDefault(key, "unset");
      if (!before.equals(after)) {
        differences.add("setting %s: %s → %s".formatted(key, before, after));
      }
    }
    Set<String> parts = new LinkedHashSet<>(stage.inputs().keySet());
    parts.addAll(manifest.inputs().keySet());
    for (String part : parts) {
      Dataset<?> after = stage.inputs().get(part);
      DatasetId before = manifest.inputs().get(part);
      if (after == null || !after.id().equals(before)) {
        differences.add(
            "input %s: %s → %s"
                .formatted(
                    part, before == null ? "none" : before, after == null ? "none" : after.id()));
      }
    }
    if (!Fingerprint.ofSchema(SpecificData.get().getSchema(stage.recordType()))
        .equals(manifest.schema())) {
      differences.add("schema of " + manifest.recordType());
    }
    return differences;
  }
}
