package org.contexture.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.contexture.pipeline.Dataset;
import org.contexture.pipeline.StageGraph;
import org.contexture.record.Embedding;
import org.contexture.record.HnswSegment;
import org.contexture.record.MappedImage;
import org.contexture.record.Neighbours;
import org.contexture.record.RetrievalMetric;
import org.contexture.report.ModelRole;
import org.contexture.stage.HnswConfig;
import org.contexture.stage.HnswRecallConfig;
import org.contexture.stage.HnswRecallStage;
import org.contexture.stage.HnswStage;
import org.contexture.stage.MapConfig;
import org.contexture.stage.MapStage;
import org.contexture.stage.MeasureConfig;
import org.contexture.stage.MeasureStage;
import org.contexture.stage.NeighboursConfig;
import org.contexture.stage.NeighboursStage;
import org.contexture.stage.RerankConfig;
import org.contexture.stage.RerankStage;
import org.contexture.stage.StatisticsConfig;
import org.contexture.stage.StatisticsStage;

/** Adds to a graph what is found out about each network of an experiment. */
final class EvaluationStages {
  /** Of so many images all pairs are looked at. */
  private static final int SAMPLED_IMAGES = 10_000;

  /** As the reference libraries of metric learning have it. */
  private static final int CLUSTERING_ITERATIONS = 20;

  private static final int MAPPED_IMAGES = 2_500;
  private static final double PERPLEXITY = 30;
  private static final int MAP_STEPS = 750;

  /** Nearest neighbours that an approximate index is asked for, and of how many images at most. */
  private static final int RECALL_DEPTH = 10;

  private static final int RECALL_QUERIES = 1000;

  private final StageGraph.Builder graph;
  private final EvaluationSettings settings;
  private final List<Integer> recallAt;
  private final int depth;
  private final long seed;
  private final List<Measured> measured = new ArrayList<>();
  private final List<Experiment.Space> spaces = new ArrayList<>();
  private Optional<Dataset<RetrievalMetric>> indexRecall = Optional.empty();

  /** How a network retrieves: its neighbours, and what they amount to. */
  record Measured(
      ModelRole role, Dataset<Neighbours> neighbours, Dataset<RetrievalMetric> metrics) {}

  /**
   * No stages yet.
   *
   * @param recallAt the K of Recall@K
   * @param depth how many neighbours of each query are kept
   */
  EvaluationStages(
      StageGraph.Builder graph,
      EvaluationSettings settings,
      List<Integer> recallAt,
      int depth,
      long seed) {
    this.graph = graph;
    this.settings = settings;
    this.recallAt = recallAt;
    this.depth = depth;
    this.seed = seed;
  }

  /** Adds the stages for what one network makes of the test images; of the trained one are more. */
  void add(ModelRole role, String suffix, Dataset<Embedding> embeddings) {
    addMeasured(
        role,
        suffix,
        graph.add("neighbours-" + suffix, search(NeighboursConfig.of(depth), embeddings)));
    addSpace(role, suffix, embeddings);
    if (role == ModelRole.TRAINED) {
      settings
          .rerank()
          .ifPresent(
              rerank -> addMeasured(ModelRole.RERANKED, "reranked", reranked(rerank, embeddings)));
      indexRecall = settings.approximateIndex().map(index -> approximate(index, embeddings));
    }
  }

  private NeighboursStage search(NeighboursConfig config, Dataset<Embedding> embeddings) {
    return new NeighboursStage(config, embeddings, (long) settings.memoryMegabytes() << 20);
  }

  private void addMeasured(ModelRole role, String suffix, Dataset<Neighbours> neighbours) {
    MeasureConfig config =
        MeasureConfig.of(recallAt, settings.cutOffs(), settings.withoutRelevant());
    measured.add(
        new Measured(
            role,
            neighbours,
            graph.add("measure-" + suffix, new MeasureStage(config, neighbours))));
  }

  private Dataset<Neighbours> reranked(RerankConfig rerank, Dataset<Embedding> embeddings) {
    Dataset<Neighbours> ofEveryImage =
        graph.add(
            "neighbours-of-every-image",
            search(NeighboursConfig.ofEveryImage(rerank.searched()), embeddings));
    return graph.add("rerank", new RerankStage(rerank, ofEveryImage, embeddings));
  }

  private Dataset<RetrievalMetric> approximate(
      ApproximateIndexSettings index, Dataset<Embedding> embeddings) {
    HnswConfig config =
        new HnswConfig(
            HnswConfig.LARGEST_SEGMENT,
            index.parameters().m(),
            index.parameters().efConstruction());
    Dataset<HnswSegment> segments = graph.add("hnsw", new HnswStage(config, embeddings));
    return graph.add(
        "hnsw-recall",
        new HnswRecallStage(
            new HnswRecallConfig(index.efSearch(), RECALL_DEPTH, RECALL_QUERIES, seed),
            embeddings,
            segments));
  }

  private void addSpace(ModelRole role, String suffix, Dataset<Embedding> embeddings) {
    StatisticsConfig config =
        new StatisticsConfig(SAMPLED_IMAGES, settings.clusters() ? CLUSTERING_ITERATIONS : 0, seed);
    spaces.add(
        new Experiment.Space(
            role, graph.add("statistics-" + suffix, new StatisticsStage(config, embeddings))));
  }

  /** Adds the map of test images, for a report. */
  Dataset<MappedImage> addMap(Dataset<Embedding> embeddings) {
    return graph.add(
        "map", new MapStage(new MapConfig(MAPPED_IMAGES, PERPLEXITY, MAP_STEPS, seed), embeddings));
  }

  /** What was measured, in the order of adding. */
  List<Measured> measured() {
    return List.copyOf(measured);
  }

  /** Their embeddings, in the order of their adding. */
  List<Experiment.Space> spaces() {
    return List.copyOf(spaces);
  }

  /** Which share of the nearest neighbours the approximate index finds, if one is built. */
  Optional<Dataset<RetrievalMetric>> indexRecall() {
    return indexRecall;
  }
}
