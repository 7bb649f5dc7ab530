package org.contexture.stage;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.beam.sdk.Pipeline;
import org.contexture.pipeline.Dataset;
import org.contexture.pipeline.ShardBody;
import org.contexture.pipeline.ShardOutput;
import org.contexture.pipeline.Stage;
import org.contexture.pipeline.StageConfig;
import org.contexture.pipeline.StageContext;
import org.contexture.pipeline.StoredDataset;
import org.contexture.record.Embedding;
import org.contexture.record.Neighbours;
import org.contexture.record.Split;
import org.contexture.retrieval.Roles;
import org.contexture.retrieval.rerank.GraphWithQuery;
import org.contexture.retrieval.rerank.RerankedNeighbours;
import org.contexture.retrieval.rerank.Reranker;
import org.contexture.shard.Shards;

/**
 * Puts the nearest images of every query into another order, by what they have near them: one task
 * for each shard of neighbours. The neighbours in the result are in the new order, with their
 * cosines.
 */
public final class RerankStage implements Stage<Neighbours> {
  private final RerankConfig config;
  private final Dataset<Neighbours> neighbours;
  private final Dataset<Embedding> embeddings;

  /**
   * The stage for a ranking.
   *
   * @param neighbours of every image, be it a query or not, as many as {@link
   *     RerankConfig#searched} says
   * @param embeddings what they were found by
   */
  public RerankStage(
      RerankConfig config, Dataset<Neighbours> neighbours, Dataset<Embedding> embeddings) {
    this.config = config;
    this.neighbours = neighbours;
    this.embeddings = embeddings;
  }

  @Override
  public String name() {
    return "rerank";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public Class<Neighbours> recordType() {
    return Neighbours.class;
  }

  @Override
  public StageConfig config() {
    return config;
  }

  @Override
  public SortedMap<String, Dataset<?>> inputs() {
    return new TreeMap<>(Map.of("neighbours", neighbours, "embeddings", embeddings));
  }

  @Override
  public void expand(Pipeline pipeline, StageContext<Neighbours> context) {
    StoredDataset<Neighbours> stored = context.input(neighbours);
    NumberedTasks.expand(
        pipeline,
        context,
        stored.shardCount(),
        new Rerank(stored, context.input(embeddings), config));
  }

  private record Rerank(
      StoredDataset<Neighbours> neighbours,
      StoredDataset<Embedding> embeddings,
      RerankConfig config)
      implements ShardBody<Integer, Neighbours> {

    @Override
    public void write(List<Integer> elements, ShardOutput<Neighbours> output) throws IOException {
      StoredNeighbourGraph gallery =
          new StoredNeighbourGraph(embeddings, neighbours, config.searched());
      Reranker withinGallery = config.method().over(gallery);
      Shards<Neighbours> rankings = neighbours.openShard(elements.get(0));
      for (long record = 0; record < rankings.size(); record++) {
        Neighbours ranking = rankings.read(record);
        long query = ranking.getQueryId();
        Split split = gallery.split(query);
        if (Roles.isAsked(split)) {
          Reranker reranker =
              Roles.isSearched(split)
                  ? withinGallery
                  : config.method().over(new GraphWithQuery(gallery, query));
          output.add(RerankedNeighbours.of(ranking, config.depth(), reranker));
        }
        output.progress(record + 1, rankings.size(), "");
      }
    }
  }
}
