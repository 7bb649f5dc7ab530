package org.contexture.experiment;

import org.contexture.pipeline.Store;

/**
 * What was measured of an experiment.
 *
 * @param run the experiment
 * @param report the values of its own report
 * @param images what it was tested on
 * @param answers what its trained network makes of each query
 */
record MeasuredRun(ComparedRun run, ExperimentReport report, TestImages images, Answers answers) {

  /** An experiment whose datasets are in the store. */
  static MeasuredRun of(ComparedRun run, Store store) {
    return new MeasuredRun(
        run,
        new ExperimentReport(run.experiment(), store),
        TestImages.of(run.experiment(), store),
        new Answers(store.open(run.experiment().trained().neighbours())));
  }

  String name() {
    return run.name();
  }

  /** Whether both were asked the same queries of the same gallery. */
  boolean pairsWith(MeasuredRun other) {
    return images.equals(other.images);
  }
}
