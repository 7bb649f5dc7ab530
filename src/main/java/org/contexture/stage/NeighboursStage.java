package org.contexture.stage;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.CustomCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.contexture.pipeline.Dataset;
import org.contexture.pipeline.ShardBody;
import org.contexture.pipeline.ShardOutput;
import org.contexture.pipeline.Stage;
import org.contexture.pipeline.StageConfig;
import org.contexture.pipeline.StageContext;
import org.contexture.pipeline.StoredDataset;
import org.contexture.record.Embedding;
import org.contexture.record.EmbeddingLabel;
import org.contexture.record.Neighbours;
import org.contexture.record.Split;
import org.contexture.retrieval.EmbeddingTile;
import org.contexture.retrieval.NeighbourSearch;
import org.contexture.retrieval.Retrieved;
import org.contexture.retrieval.Roles;
import org.contexture.shard.Shards;

/**
 * Exact retrieval: of every test image among all others, or of queries, and perhaps of the gallery
 * itself, in the gallery. Tasks search one tile of queries in one stripe of the gallery, tile by
 * tile; what they find is merged query by query.
 */
public final class NeighboursStage implements Stage<Neighbours> {
  /** Queries whose results make a shard. */
  private static final int SHARD = 4096;

  /** Images of the gallery that are in memory at a time. */
  private static final int GALLERY_TILE = 4096;

  /** Images of the gallery that a task searches: enough for it to be worth what it reads first. */
  private static final int STRIPE = 32 * GALLERY_TILE;

  private final NeighboursConfig config;
  private final Dataset<Embedding> embeddings;
  private final long memory;

  /**
   * The stage for embeddings, whose splits say which are asked, if not all, and which are searched.
   *
   * @param memory about how many bytes a task may take; it changes no result
   */
  public NeighboursStage(NeighboursConfig config, Dataset<Embedding> embeddings, long memory) {
    this.config = config;
    this.embeddings = embeddings;
    this.memory = memory;
  }

  @Override
  public String name() {
    return "neighbours";
  }

  @Override
  public int version() {
    return 3;
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
    return new TreeMap<>(Map.of("embeddings", embeddings));
  }

  @Override
  public void expand(Pipeline pipeline, StageContext<Neighbours> context) {
    StoredDataset<Embedding> stored = context.input(embeddings);
    Search search = new Search(stored, config, memory);
    PCollection<KV<Integer, Retrieved>> found =
        context
            .spread(pipeline, search.tasks())
            .apply("Search", ParDo.of(search))
            .setCoder(KvCoder.of(VarIntCoder.of(), new RetrievedCoder()));
    int shards = Math.toIntExact((stored.size() + SHARD - 1) / SHARD);
    context.write(found, Math.max(1, shards), new Merge());
  }

  /** Searches a tile of queries, which is a part of a shard, in a stripe of the gallery. */
  private static final class Search
      extends DoFn<KV<Integer, Iterable<Integer>>, KV<Integer, Retrieved>> {
    private static final long serialVersionUID = 1L;

    private final StoredDataset<Embedding> embeddings;
    private final int depth;
    private final NeighboursConfig.Asked asked;
    private final int queryTile;
    private final int queryTiles;
    private final int stripes;

    Search(StoredDataset<Embedding> embeddings, NeighboursConfig config, long memory) {
      this.embeddings = embeddings;
      depth = config.depth();
      asked = config.asked();
      queryTile = queryTile(embeddings, depth, memory);
      queryTiles = Math.toIntExact((embeddings.size() + queryTile - 1) / queryTile);
      stripes = Math.toIntExact((embeddings.size() + STRIPE - 1) / STRIPE);
    }

    /** The most queries, up to a shard and a power of two less, whose search fits into memory. */
    private static int queryTile(StoredDataset<Embedding> embeddings, int depth, long memory) {
      if (embeddings.size() == 0) {
        return SHARD;
      }
      long vector = embeddings.open().read(0).getVector().remaining();
      long largestClass = largestClass(embeddings);
      int tile = SHARD;
      while (tile > 1) {
        // Each vector is there as a record and as a row of its tile.
        long vectors = GALLERY_TILE + tile + Math.min(embeddings.size(), tile * largestClass);
        long found = 20L * tile * (depth + largestClass);
        if (2 * vector * vectors + found <= memory) {
          break;
        }
        tile /= 2;
      }
      return tile;
    }

    private static long largestClass(StoredDataset<Embedding> embeddings) {
      Map<Integer, Integer> sizes = new HashMap<>();
      Shards<EmbeddingLabel> labels = embeddings.openAs(EmbeddingLabel.class);
      for (long record = 0; record < labels.size(); record++) {
        sizes.merge(labels.project(record).getLabel(), 1, Integer::sum);
      }
      return sizes.values().stream().mapToInt(Integer::intValue).max().orElse(1);
    }

    int tasks() {
      return Math.multiplyExact(queryTiles, stripes);
    }

    @ProcessElement
    public void process(
        @Element KV<Integer, Iterable<Integer>> tasks,
        OutputReceiver<KV<Integer, Retrieved>> output) {
      for (int task : tasks.getValue()) {
        search(task, output);
      }
    }

    private void search(int task, OutputReceiver<KV<Integer, Retrieved>> output) {
      long firstQuery = (long) (task / stripes) * queryTile;
      long firstImage = (long) (task % stripes) * STRIPE;
      Shards<Embedding> all = embeddings.open();
      List<Embedding> queries = records(all, firstQuery, queryTile, asked::includes);
      if (queries.isEmpty()) {
        return;
      }
      EmbeddingTile asking = EmbeddingTile.of(queries);
      int dimensions = asking.dimensions();
      NeighbourSearch search =
          NeighbourSearch.ofRanked(
              asking, depth, EmbeddingTile.of(relevant(all, queries), dimensions));
      long end = Math.min(all.size(), firstImage + STRIPE);
      for (long image = firstImage; image < end; image += GALLERY_TILE) {
        search.add(
            EmbeddingTile.of(records(all, image, GALLERY_TILE, Roles::isSearched), dimensions));
      }
      int shard = Math.toIntExact(firstQuery / SHARD);
      for (Retrieved found : search.retrieved()) {
        output.output(KV.of(shard, found));
      }
    }

    private static List<Embedding> records(
        Shards<Embedding> all, long first, int count, Predicate<Split> wanted) {
      return LongStream.range(first, Math.min(all.size(), first + count))
          .mapToObj(all::read)
          .filter(record -> wanted.test(record.getSplit()))
          .toList();
    }

    /** The images of the whole gallery that have the class of a query. */
    private List<Embedding> relevant(Shards<Embedding> all, List<Embedding> queries) {
      Set<Integer> classes = new HashSet<>();
      queries.forEach(query -> classes.add(query.getLabel()));
      Shards<EmbeddingLabel> labels = embeddings.openAs(EmbeddingLabel.class);
      List<Embedding> relevant = new ArrayList<>();
      for (long record = 0; record < labels.size(); record++) {
        EmbeddingLabel label = labels.project(record);
        if (Roles.isSearched(label.getSplit()) && classes.contains(label.getLabel())) {
          relevant.add(all.read(record));
        }
      }
      return relevant;
    }
  }

  private record Merge() implements ShardBody<Retrieved, Neighbours> {

    @Override
    public void write(List<Retrieved> parts, ShardOutput<Neighbours> output) throws IOException {
      SortedMap<Long, Retrieved> whole = new TreeMap<>();
      for (Retrieved part : parts) {
        whole.merge(part.nearest().queryId(), part, Retrieved::merge);
      }
      for (Retrieved found : whole.values()) {
        output.add(found.toRecord());
      }
    }
  }

  private static final class RetrievedCoder extends CustomCoder<Retrieved> {
    private static final long serialVersionUID = 1L;

    @Override
    public void encode(Retrieved value, OutputStream out) throws IOException {
      value.writeTo(new DataOutputStream(out));
    }

    @Override
    public Retrieved decode(InputStream in) throws IOException {
      return Retrieved.readFrom(new DataInputStream(in));
    }

    @Override
    public void verifyDeterministic() {}
  }
}
