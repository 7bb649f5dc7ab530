package org.contexture.experiment;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.contexture.pipeline.Dataset;
import org.contexture.pipeline.DatasetId;
import org.contexture.pipeline.Manifest;
import org.contexture.pipeline.StageGraph;
import org.contexture.pipeline.Store;
import org.contexture.report.StageRun;

/** The stages behind a report. */
public final class StageRuns {
  private StageRuns() {}

  /**
   * The stages of a graph whose datasets are all in the store.
   *
   * @param made the datasets that this run made
   */
  public static List<StageRun> of(StageGraph graph, Store store, Set<DatasetId> made) {
    List<StageRun> stages = new ArrayList<>();
    for (Dataset<?> dataset : graph.datasets()) {
      Manifest manifest = store.find(dataset.id()).orElseThrow();
      stages.add(
          new StageRun(
              dataset.label(),
              dataset.stage().recordType().getSimpleName(),
              dataset.fingerprint().shortened(),
              manifest.records(),
              manifest.rejected(),
              Duration.ofMillis(Math.round(1000 * manifest.seconds())),
              made.contains(dataset.id()) ? StageRun.Origin.RAN : StageRun.Origin.REUSED,
              manifest.inputs().values().stream().map(DatasetId::fingerprint).toList()));
    }
    return stages;
  }
}
