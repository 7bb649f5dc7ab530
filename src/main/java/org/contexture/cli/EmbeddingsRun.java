package org.contexture.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.contexture.benchmark.FileDigests;
import org.contexture.experiment.EmbeddingsEvaluation;
import org.contexture.experiment.keys.Reading;
import org.contexture.failure.Failure;
import org.contexture.pipeline.Dataset;
import org.contexture.pipeline.Plan;
import org.contexture.pipeline.Store;
import org.contexture.record.EmbeddingStatistic;
import org.contexture.record.RetrievalMetric;

/**
 * Measures a file of embeddings.
 *
 * @param file the embeddings
 * @param overrides of the settings
 * @param command the command line that does the same again
 */
record EmbeddingsRun(Path file, List<String> overrides, String command) {

  /**
   * Measures and prints.
   *
   * @return the exit code
   */
  int call(Store store, ExecutionOptions execution, PrintWriter out) throws IOException {
    requireFile();
    Reading<EmbeddingsEvaluation.Settings> reading = EmbeddingsEvaluation.settings(overrides);
    store.requireWritable();
    FileDigests digests = StoreOption.digests(store);
    EmbeddingsEvaluation evaluation = new EmbeddingsEvaluation(file, reading.settings(), digests);
    digests.save();
    store.remember(
        file.getFileName().toString(),
        evaluation.graph().datasets().stream().map(Dataset::id).toList());
    Plan plan = Plan.of(evaluation.graph(), store, Set.of());
    if (!new ResumableWork(command, execution, out)
        .isDone(() -> execution.executor(store, ExecutionOptions.progress(out)).run(plan))) {
      return Farewell.EXIT_CODE;
    }
    print(evaluation, store, out);
    return 0;
  }

  private void requireFile() {
    String name = file.toString();
    if (!name.endsWith(".npz") && !name.endsWith(".avro")) {
      throw Failure.usage("--embeddings: %s ends with neither .npz nor .avro.", file);
    }
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw Failure.usage("--embeddings: there is no file %s that can be read.", file);
    }
  }

  private static void print(EmbeddingsEvaluation evaluation, Store store, PrintWriter out) {
    Table metrics = new Table("embeddings", "metric", "%", "95 %", "queries", "left out");
    for (EmbeddingsEvaluation.Figure figure : evaluation.figures(store)) {
      RetrievalMetric metric = figure.metric();
      metrics.row(
          figure.model(),
          metric.getName(),
          percent(metric.getValue()),
          "%s to %s".formatted(percent(metric.getLow()), percent(metric.getHigh())),
          Long.toString(metric.getQueries()),
          Long.toString(metric.getExcluded()));
    }
    Table statistics = new Table("statistic", "value", "images");
    for (EmbeddingStatistic statistic : evaluation.statistics(store)) {
      statistics.row(
          statistic.getName(),
          String.format(Locale.ROOT, "%.4f", statistic.getValue()),
          Long.toString(statistic.getImages()));
    }
    out.println();
    metrics.print(out);
    out.println();
    statistics.print(out);
  }

  private static String percent(double fraction) {
    return String.format(Locale.ROOT, "%.2f", 100 * fraction);
  }
}
