package org.contexture.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.contexture.experiment.Sweep;
import org.contexture.experiment.SweepExecution;
import org.contexture.experiment.Variation;
import org.contexture.pipeline.Dataset;
import org.contexture.pipeline.DatasetId;

/** Tells a person how a sweep goes, and which experiment a stage is of. */
final class SweepAnnouncements implements SweepExecution.Listener {
  private final PrintWriter out;
  private final Map<DatasetId, Sweep.Cell> owners = new ConcurrentHashMap<>();

  SweepAnnouncements(PrintWriter out) {
    this.out = out;
  }

  /** The experiment that a dataset is made for; empty where it is of several. */
  String owner(Dataset<?> dataset) {
    return Optional.ofNullable(owners.get(dataset.id())).map(Sweep.Cell::toString).orElse("");
  }

  @Override
  public void started(
      SweepExecution.Part part, int experiments, long missing, Map<DatasetId, Sweep.Cell> alone) {
    owners.clear();
    owners.putAll(alone);
    out.printf("%s: %d experiments, %d stages to make%n", name(part), experiments, missing);
  }

  @Override
  public void finished(SweepExecution.Part part, Sweep.Cell cell, int number, int count) {
    out.printf("%s %d/%d done: %s%n", name(part), number, count, cell);
  }

  @Override
  public void chosen(String run, Variation variation, double validationRecallAt1) {
    out.printf(
        Locale.ROOT,
        "chosen for %s: %s, validation R@1 %.1f %%%n",
        run,
        variation,
        100 * validationRecallAt1);
  }

  private static String name(SweepExecution.Part part) {
    return part.name().toLowerCase(Locale.ROOT);
  }
}
