package org.contexture.stage;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.contexture.pipeline.Dataset;
import org.contexture.pipeline.ShardBody;
import org.contexture.pipeline.ShardOutput;
import org.contexture.pipeline.Stage;
import org.contexture.pipeline.StageConfig;
import org.contexture.pipeline.StageContext;
import org.contexture.pipeline.StoredDataset;
import org.contexture.record.Neighbours;
import org.contexture.record.RetrievalMetric;
import org.contexture.retrieval.QueriesWithoutRelevant;
import org.contexture.retrieval.RetrievalMetrics;

/** Recall@K, mAP@R and R-Precision: sums over shards of neighbours, merged in any order. */
public final class MeasureStage implements Stage<RetrievalMetric> {
  private final MeasureConfig config;
  private final Dataset<Neighbours> neighbours;

  /** The stage for neighbours. */
  public MeasureStage(MeasureConfig config, Dataset<Neighbours> neighbours) {
    this.config = config;
    this.neighbours = neighbours;
  }

  @Override
  public String name() {
    return "measure";
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
    return new TreeMap<>(Map.of("neighbours", neighbours));
  }

  @Override
  public void expand(Pipeline pipeline, StageContext<RetrievalMetric> context) {
    StoredDataset<Neighbours> stored = context.input(neighbours);
    context.write(
        pipeline
            .apply(
                "Shards of neighbours",
                Create.of(
                        IntStream.range(0, stored.shardCount())
                            .mapToObj(shard -> KV.of(shard, 0))
                            .toList())
                    .withCoder(KvCoder.of(VarIntCoder.of(), VarIntCoder.of())))
            .apply("Spread", GroupByKey.create())
            .apply("Sum", ParDo.of(new Sum(stored, config.recallAt())))
            .setCoder(KvCoder.of(VarIntCoder.of(), SerializableCoder.of(RetrievalMetrics.class))),
        1,
        new Total());
  }

  private static final class Sum
      extends DoFn<KV<Integer, Iterable<Integer>>, KV<Integer, RetrievalMetrics>> {
    private static final long serialVersionUID = 1L;

    private final StoredDataset<Neighbours> neighbours;
    private final List<Integer> recallAt;

    Sum(StoredDataset<Neighbours> neighbours, List<Integer> recallAt) {
      this.neighbours = neighbours;
      this.recallAt = recallAt;
    }

    @ProcessElement
    public void process(
        @Element KV<Integer, Iterable<Integer>> shard,
        OutputReceiver<KV<Integer, RetrievalMetrics>> output) {
      RetrievalMetrics metrics =
          RetrievalMetrics.of(RetrievalMetrics.standard(recallAt), QueriesWithoutRelevant.EXCLUDED);
      neighbours.openShard(shard.getKey()).forEach(metrics::add);
      output.output(KV.of(0, metrics));
    }
  }

  private record Total() implements ShardBody<RetrievalMetrics, RetrievalMetric> {

    @Override
    public void write(List<RetrievalMetrics> parts, ShardOutput<RetrievalMetric> output)
        throws IOException {
      RetrievalMetrics total = parts.get(0);
      parts.subList(1, parts.size()).forEach(total::merge);
      for (RetrievalMetric metric : total.results()) {
        output.add(metric);
      }
    }
  }
}
