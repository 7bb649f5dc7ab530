package org.contexture.tracking;

import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.contexture.record.RetrievalMetric;

/**
 * What was measured on the test images of the network that a training made.
 *
 * @param experiment the experiment it was measured for
 * @param label what the experiment calls the training: {@code pretrain}, {@code train} or {@code
 *     control}
 * @param training fingerprint of the network, as in {@link TrainingHistory}
 * @param ranking what was measured
 * @param dataset fingerprint of the metrics: equal where nothing differs
 * @param step optimiser steps of the weights that were kept
 * @param time when they were measured
 * @param metrics the metrics, in their order
 */
public record TestFigures(
    String experiment,
    String label,
    String training,
    Ranking ranking,
    String dataset,
    long step,
    Instant time,
    List<RetrievalMetric> metrics) {

  /** Which order of the images was measured. */
  public enum Ranking {
    /** By cosine. */
    PLAIN("test"),
    /** The nearest ones by what they have near them. */
    RERANKED("test_reranked");

    private final String key;

    Ranking(String key) {
      this.key = key;
    }

    /** What names of metrics and files have. */
    String key() {
      return key;
    }
  }

  public TestFigures {
    metrics = List.copyOf(metrics);
  }

  /** The name of the run of its training. */
  String runName() {
    return TrainingHistory.runName(label, training);
  }

  /** The metrics as one moment of the training. */
  Measurements measurements() {
    SortedMap<String, Double> values = new TreeMap<>();
    metrics.forEach(
        metric -> values.put(ranking.key() + "/" + metric.getName(), metric.getValue()));
    return new Measurements(step, time, values);
  }
}
