package org.contexture.experiment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.contexture.benchmark.FileDigests;
import org.contexture.experiment.keys.Reading;
import org.contexture.experiment.keys.Section;
import org.contexture.experiment.keys.SettingsFile;
import org.contexture.pipeline.Dataset;
import org.contexture.pipeline.StageGraph;
import org.contexture.pipeline.Store;
import org.contexture.record.Embedding;
import org.contexture.record.EmbeddingStatistic;
import org.contexture.record.RetrievalMetric;
import org.contexture.report.ModelRole;
import org.contexture.stage.ImportEmbeddingsConfig;
import org.contexture.stage.ImportEmbeddingsStage;

/** The stages that measure embeddings which were made elsewhere. */
public final class EmbeddingsEvaluation {
  private static final List<Integer> RECALL_AT = List.of(1, 2, 4, 8);
  private static final int SHARD_RECORDS = 1 << 16;
  private static final int DEPTH = 8;

  private static final Section<Settings> SECTION =
      Section.of(ExperimentSettings.SEED, ExperimentSettings.EVALUATE)
          .as(
              values ->
                  new Settings(
                      values.of(ExperimentSettings.SEED), values.of(ExperimentSettings.EVALUATE)));

  private final StageGraph graph;
  private final EvaluationStages stages;

  /**
   * How they are measured.
   *
   * @param seed draws samples and starts clusters
   * @param evaluate what is measured
   */
  public record Settings(long seed, EvaluationSettings evaluate) {}

  /**
   * A figure.
   *
   * @param model {@code given}, {@code reranked}, or {@code index} for what an approximate index
   *     finds
   * @param metric its value and interval
   */
  public record Figure(String model, RetrievalMetric metric) {}

  /**
   * Wires the stages.
   *
   * @param file the embeddings, in a form that {@link org.contexture.embedding.LabelledEmbeddings}
   *     reads
   */
  public EmbeddingsEvaluation(Path file, Settings settings, FileDigests digests) {
    StageGraph.Builder builder = StageGraph.builder();
    Dataset<Embedding> embeddings =
        builder.add(
            "import-embeddings",
            new ImportEmbeddingsStage(
                new ImportEmbeddingsConfig(Experiment.digestOf(file, digests), SHARD_RECORDS),
                file));
    stages =
        new EvaluationStages(
            builder,
            settings.evaluate(),
            settings.evaluate().recallAt().orElse(RECALL_AT),
            DEPTH,
            settings.seed());
    stages.add(ModelRole.TRAINED, "given", embeddings);
    graph = builder.build();
  }

  /**
   * The settings that the command line makes: {@code seed} and {@code evaluate} of an experiment.
   *
   * @throws org.contexture.failure.Failure a usage failure that lists every problem
   */
  public static Reading<Settings> settings(List<String> overrides) {
    return SettingsFile.readNone(SECTION, overrides);
  }

  /** All its stages. */
  public StageGraph graph() {
    return graph;
  }

  /** The metrics, once they are in the store. */
  public List<Figure> figures(Store store) {
    List<Figure> figures = new ArrayList<>();
    for (EvaluationStages.Measured measured : stages.measured()) {
      String model =
          measured.role() == ModelRole.TRAINED
              ? "given"
              : measured.role().name().toLowerCase(Locale.ROOT);
      for (RetrievalMetric metric : store.open(measured.metrics()).open()) {
        figures.add(new Figure(model, metric));
      }
    }
    stages
        .indexRecall()
        .ifPresent(
            recall ->
                store
                    .open(recall)
                    .open()
                    .forEach(metric -> figures.add(new Figure("index", metric))));
    return figures;
  }

  /** What the embeddings look like, once that is in the store. */
  public List<EmbeddingStatistic> statistics(Store store) {
    List<EmbeddingStatistic> statistics = new ArrayList<>();
    for (Experiment.Space space : stages.spaces()) {
      store.open(space.statistics()).open().forEach(statistics::add);
    }
    return statistics;
  }
}
