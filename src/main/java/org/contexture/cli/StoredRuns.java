package org.contexture.cli;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.contexture.benchmark.FileDigests;
import org.contexture.experiment.Experiment;
import org.contexture.experiment.ExperimentSettings;
import org.contexture.failure.Failure;
import org.contexture.pipeline.DatasetId;
import org.contexture.pipeline.Store;
import org.contexture.record.RetrievalMetric;

/**
 * What a store holds of experiments.
 *
 * @param remembered the datasets of those that were begun, by the experiments' names
 * @param digests of the files that experiments start from
 */
record StoredRuns(Store store, Map<String, List<DatasetId>> remembered, FileDigests digests) {
  private static final String RECALL = "recall@1";

  /**
   * Recall@1 of the trained network in percent; where it was not measured, how far the experiment
   * came, in a word.
   */
  String recallAt1(ExperimentSettings settings) {
    Experiment experiment;
    try {
      experiment = Experiment.training(settings, digests);
    } catch (Failure | UncheckedIOException filesAreMissing) {
      return "– (files missing)";
    }
    Experiment.Model trained = experiment.trained();
    if (store.find(trained.metrics()).isPresent()) {
      for (RetrievalMetric metric : store.open(trained.metrics()).open()) {
        if (metric.getName().equals(RECALL)) {
          return String.format(Locale.ROOT, "%.1f", 100 * metric.getValue());
        }
      }
      return "without R@1";
    }
    if (store.find(trained.checkpoint()).isPresent()) {
      return "trained";
    }
    boolean begun =
        remembered.getOrDefault(settings.name(), List.of()).contains(trained.metrics().id());
    return begun ? "begun" : "–";
  }
}
