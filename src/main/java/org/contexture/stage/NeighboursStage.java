package org.contexture.stage;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.CustomCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
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
import org.contexture.retrieval.TopNeighbours;
import org.contexture.shard.Shards;

/**
 * Exact nearest neighbours: of every test image among all others, or of queries in their gallery.
 * Tasks search one tile of queries in one tile of the gallery; what they find is merged query by
 * query.
 */
public final class NeighboursStage implements Stage<Neighbours> {
  private static final int TILE = 4096;

  private final NeighboursConfig config;
  private final Dataset<Embedding> embeddings;

  /** The stage for embeddings, whose splits say which are asked and which are searched. */
  public NeighboursStage(NeighboursConfig config, Dataset<Embedding> embeddings) {
    this.config = config;
    this.embeddings = embeddings;
  }

  @Override
  public String name() {
    return "neighbours";
  }

  @Override
  public int version() {
    return 2;
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
    int tiles = Math.toIntExact((stored.size() + TILE - 1) / TILE);
    int depth = Math.max(config.minimumDepth(), largestClass(stored));
    PCollection<KV<Integer, TopNeighbours>> found =
        pipeline
            .apply(
                "Pairs of tiles",
                Create.of(
                        IntStream.range(0, tiles * tiles).mapToObj(pair -> KV.of(pair, 0)).toList())
                    .withCoder(KvCoder.of(VarIntCoder.of(), VarIntCoder.of())))
            .apply("Spread", GroupByKey.create())
            .apply("Search", ParDo.of(new Search(stored, tiles, depth)))
            .setCoder(KvCoder.of(VarIntCoder.of(), new TopNeighboursCoder()));
    context.write(found, Math.max(1, tiles), new Merge());
  }

  private static int largestClass(StoredDataset<Embedding> embeddings) {
    Map<Integer, Integer> sizes = new HashMap<>();
    Shards<EmbeddingLabel> labels = embeddings.openAs(EmbeddingLabel.class);
    for (long record = 0; record < labels.size(); record++) {
      sizes.merge(labels.project(record).getLabel(), 1, Integer::sum);
    }
    return sizes.values().stream().mapToInt(Integer::intValue).max().orElse(1);
  }

  private static final class Search
      extends DoFn<KV<Integer, Iterable<Integer>>, KV<Integer, TopNeighbours>> {
    private static final long serialVersionUID = 1L;

    private final StoredDataset<Embedding> embeddings;
    private final int tiles;
    private final int depth;

    Search(StoredDataset<Embedding> embeddings, int tiles, int depth) {
      this.embeddings = embeddings;
      this.tiles = tiles;
      this.depth = depth;
    }

    @ProcessElement
    public void process(
        @Element KV<Integer, Iterable<Integer>> pair,
        OutputReceiver<KV<Integer, TopNeighbours>> output) {
      int queryTile = pair.getKey() / tiles;
      Shards<Embedding> all = embeddings.open();
      EmbeddingTile queries = tile(all, queryTile, Split.GALLERY);
      EmbeddingTile gallery = tile(all, pair.getKey() % tiles, Split.QUERY);
      for (TopNeighbours found : NeighbourSearch.of(queries, gallery, depth)) {
        output.output(KV.of(queryTile, found));
      }
    }

    private static EmbeddingTile tile(Shards<Embedding> all, int number, Split without) {
      long from = (long) number * TILE;
      List<Embedding> records =
          LongStream.range(from, Math.min(all.size(), from + TILE)).mapToObj(all::read).toList();
      return EmbeddingTile.of(
          records.stream().filter(record -> record.getSplit() != without).toList(),
          records.get(0).getVector().remaining() / Float.BYTES);
    }
  }

  private record Merge() implements ShardBody<TopNeighbours, Neighbours> {

    @Override
    public void write(List<TopNeighbours> parts, ShardOutput<Neighbours> output)
        throws IOException {
      SortedMap<Long, TopNeighbours> whole = new TreeMap<>();
      for (TopNeighbours part : parts) {
        whole.merge(part.queryId(), part, TopNeighbours::merge);
      }
      for (TopNeighbours neighbours : whole.values()) {
        output.add(neighbours.toRecord());
      }
    }
  }

  private static final class TopNeighboursCoder extends CustomCoder<TopNeighbours> {
    private static final long serialVersionUID = 1L;

    @Override
    public void encode(TopNeighbours value, OutputStream out) throws IOException {
      value.writeTo(new DataOutputStream(out));
    }

    @Override
    public TopNeighbours decode(InputStream in) throws IOException {
      return TopNeighbours.readFrom(new DataInputStream(in));
    }

    @Override
    public void verifyDeterministic() {}
  }
}
