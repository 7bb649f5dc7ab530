package org.contexture.tracking;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.contexture.file.WholeFile;
import org.contexture.record.EpochLog;
import org.contexture.record.NamedValue;
import org.contexture.record.RetrievalMetric;
import org.contexture.record.StepLog;
import org.contexture.record.StepTiming;

/**
 * Keeps histories as tables (RFC 4180, UTF-8): {@code DIRECTORY/EXPERIMENT/LABEL.steps.csv} has a
 * row for each step, {@code LABEL.epochs.csv} one for each epoch, and {@code LABEL.test.csv} one
 * for each metric. Numbers are written with a point and as many digits as tell them apart; what was
 * not measured is empty.
 */
public final class CsvTracker implements TrainingTracker {
  private final Path directory;

  /** Keeps them below a directory. */
  public CsvTracker(Path directory) {
    this.directory = directory;
  }

  @Override
  public String place() {
    return directory.toString();
  }

  @Override
  public void track(TrainingHistory history) throws IOException {
    Path folder = directory.resolve(history.experiment());
    write(folder.resolve(history.label() + ".steps.csv"), steps(history));
    write(folder.resolve(history.label() + ".epochs.csv"), epochs(history));
  }

  @Override
  public void track(TestFigures figures) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("metric", "value", "low", "high", "queries"));
    for (RetrievalMetric metric : figures.metrics()) {
      rows.add(
          List.of(
              metric.getName(),
              number(metric.getValue()),
              number(metric.getLow()),
              number(metric.getHigh()),
              Long.toString(metric.getQueries())));
    }
    String name = "%s.%s.csv".formatted(figures.label(), figures.ranking().key());
    write(directory.resolve(figures.experiment()).resolve(name), rows);
  }

  private static void write(Path file, List<List<String>> rows) throws IOException {
    WholeFile.write(
        file,
        out -> {
          Writer text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
          CSVPrinter printer = new CSVPrinter(text, CSVFormat.RFC4180);
          printer.printRecords(rows);
          printer.flush();
        });
  }

  private static List<List<String>> steps(TrainingHistory history) {
    Set<String> terms = names(history.steps().stream().map(StepLog::getTerms).toList());
    Set<String> groups = names(history.steps().stream().map(StepLog::getLearningRates).toList());
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        row(
            List.of(
                List.of("step", "epoch", "loss"),
                prefixed("term.", terms),
                prefixed("learning_rate.", groups),
                List.of(
                    "gradient_norm",
                    "seconds",
                    "wait_seconds",
                    "utilisation",
                    "images_per_second",
                    "warnings"))));
    for (int i = 0; i < history.steps().size(); i++) {
      StepLog step = history.steps().get(i);
      StepTiming timing = history.timings().get(i);
      rows.add(
          row(
              List.of(
                  List.of(
                      Long.toString(step.getStep()),
                      Integer.toString(step.getEpoch()),
                      number(step.getLoss())),
                  values(step.getTerms(), terms),
                  values(step.getLearningRates(), groups),
                  List.of(
                      number(step.getGradientNorm()),
                      number(timing.getSeconds()),
                      number(timing.getWaitSeconds()),
                      number(TrainingHistory.utilisation(timing)),
                      number(timing.getImagesPerSecond()),
                      String.join(" ", step.getWarnings())))));
    }
    return rows;
  }

  private static List<List<String>> epochs(TrainingHistory history) {
    Set<String> terms = names(history.epochs().stream().map(EpochLog::getTerms).toList());
    Set<String> groups = names(history.epochs().stream().map(EpochLog::getLearningRates).toList());
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        row(
            List.of(
                List.of("epoch", "step", "loss"),
                prefixed("term.", terms),
                prefixed("learning_rate.", groups),
                List.of("selection_recall_at_1"))));
    for (EpochLog epoch : history.epochs()) {
      rows.add(
          row(
              List.of(
                  List.of(
                      Integer.toString(epoch.getEpoch()),
                      Long.toString(epoch.getStep()),
                      number(epoch.getLoss())),
                  values(epoch.getTerms(), terms),
                  values(epoch.getLearningRates(), groups),
                  List.of(number(epoch.getSelectionRecallAt1())))));
    }
    return rows;
  }

  private static List<String> row(List<List<String>> parts) {
    return parts.stream().flatMap(List::stream).toList();
  }

  /** All names, in the order they first come in. */
  private static Set<String> names(List<List<NamedValue>> rows) {
    Set<String> names = new LinkedHashSet<>();
    rows.forEach(row -> row.forEach(value -> names.add(value.getName())));
    return names;
  }

  private static List<String> prefixed(String prefix, Collection<String> names) {
    return names.stream().map(prefix::concat).toList();
  }

  private static List<String> values(List<NamedValue> values, Collection<String> names) {
    return names.stream().map(name -> value(values, name).orElse("")).toList();
  }

  private static Optional<String> value(List<NamedValue> values, String name) {
    return values.stream()
        .filter(value -> value.getName().equals(name))
        .map(value -> number(value.getValue()))
        .findFirst();
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "" : Double.toString(value);
  }
}
