package org.contexture.stage;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.apache.beam.sdk.Pipeline;
import org.contexture.pipeline.Dataset;
import org.contexture.pipeline.ShardBody;
import org.contexture.pipeline.ShardOutput;
import org.contexture.pipeline.Stage;
import org.contexture.pipeline.StageConfig;
import org.contexture.pipeline.StageContext;
import org.contexture.pipeline.StoredDataset;
import org.contexture.record.Embedding;
import org.contexture.record.EmbeddingLabel;
import org.contexture.record.HnswSegment;
import org.contexture.record.RetrievalMetric;
import org.contexture.retrieval.EmbeddingTile;
import org.contexture.retrieval.NeighbourRecall;
import org.contexture.retrieval.NeighbourSearch;
import org.contexture.retrieval.Roles;
import org.contexture.retrieval.TopNeighbours;
import org.contexture.retrieval.hnsw.HnswIndex;
import org.contexture.shard.Shards;

/**
 * How much an approximate index misses: of some queries, the share of the exact nearest neighbours
 * that it finds. Checks every byte of the index first.
 */
public final class HnswRecallStage implements Stage<RetrievalMetric> {
  /** Images of the gallery that are in memory at a time. */
  private static final int TILE = 4096;

  private final HnswRecallConfig config;
  private final Dataset<Embedding> embeddings;
  private final Dataset<HnswSegment> index;

  /**
   * The stage for an index.
   *
   * @param embeddings that the index was built of
   */
  public HnswRecallStage(
      HnswRecallConfig config, Dataset<Embedding> embeddings, Dataset<HnswSegment> index) {
    this.config = config;
    this.embeddings = embeddings;
    this.index = index;
  }

  @Override
  public String name() {
    return "hnsw-recall";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public Class<RetrievalMetric> recordType() {
    return RetrievalMetric.class;
  }

  @Override
  public StageConfig config() {
    return config;
  }

  @Override
  public SortedMap<String, Dataset<?>> inputs() {
    return new TreeMap<>(Map.of("embeddings", embeddings, "index", index));
  }

  @Override
  public void expand(Pipeline pipeline, StageContext<RetrievalMetric> context) {
    NumberedTasks.expand(
        pipeline,
        context,
        1,
        new Compare(
            context.input(embeddings),
            context.input(index),
            config.efSearch(),
            config.depth(),
            config.queries(),
            config.seed()));
  }

  private record Compare(
      StoredDataset<Embedding> embeddings,
      StoredDataset<HnswSegment> index,
      int efSearch,
      int depth,
      int queries,
      long seed)
      implements ShardBody<Integer, RetrievalMetric> {

    @Override
    public void write(List<Integer> elements, ShardOutput<RetrievalMetric> output)
        throws IOException {
      Shards<Embedding> all = embeddings.open();
      List<Embedding> chosen = chosen().stream().map(all::read).toList();
      if (chosen.isEmpty()) {
        return;
      }
      EmbeddingTile asked = EmbeddingTile.of(chosen);
      List<TopNeighbours> exact = exact(asked, all, output);
      NeighbourRecall recall = new NeighbourRecall(depth);
      try (HnswIndex opened = HnswIndex.open(index.open(), index.attachments()::resolve)) {
        opened.verify();
        List<TopNeighbours> found = opened.nearest(asked, depth, efSearch);
        for (int query = 0; query < asked.size(); query++) {
          recall.add(exact.get(query), found.get(query));
        }
      }
      if (recall.queries() > 0) {
        output.add(recall.result());
      }
    }

    /** The numbers of the records that are asked, ascending. */
    private List<Long> chosen() {
      Shards<EmbeddingLabel> labels = embeddings.openAs(EmbeddingLabel.class);
      SplittableRandom random = new SplittableRandom(seed);
      List<Long> chosen = new ArrayList<>();
      long seen = 0;
      for (long record = 0; record < labels.size(); record++) {
        if (Roles.isAsked(labels.project(record).getSplit())) {
          seen++;
          if (chosen.size() < queries) {
            chosen.add(record);
          } else {
            long place = random.nextLong(seen);
            if (place < queries) {
              chosen.set((int) place, record);
            }
          }
        }
      }
      return chosen.stream().sorted().toList();
    }

    private List<TopNeighbours> exact(
        EmbeddingTile asked, Shards<Embedding> all, ShardOutput<RetrievalMetric> output)
        throws IOException {
      NeighbourSearch search = NeighbourSearch.ofNearest(asked, depth);
      for (long first = 0; first < all.size(); first += TILE) {
        List<Embedding> tile =
            LongStream.range(first, Math.min(all.size(), first + TILE))
                .mapToObj(all::read)
                .filter(record -> Roles.isSearched(record.getSplit()))
                .toList();
        search.add(EmbeddingTile.of(tile, asked.dimensions()));
        output.progress(Math.min(all.size(), first + TILE), all.size(), "");
      }
      return search.neighbours();
    }
  }
}
