package org.contexture.stage;

import java.io.IOException;
import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.contexture.pipeline.Companion;
import org.contexture.pipeline.Dataset;
import org.contexture.pipeline.SerializedCoder;
import org.contexture.pipeline.ShardBody;
import org.contexture.pipeline.ShardOutput;
import org.contexture.pipeline.Stage;
import org.contexture.pipeline.StageConfig;
import org.contexture.pipeline.StageContext;
import org.contexture.pipeline.StoredDataset;
import org.contexture.record.ClassResult;
import org.contexture.record.Neighbours;
import org.contexture.record.RetrievalMetric;
import org.contexture.retrieval.ClassResults;
import org.contexture.retrieval.RetrievalMetrics;

/**
 * The metrics of a retrieval, and beside them how each class is retrieved: sums over shards of
 * neighbours, merged in any order.
 */
public final class MeasureStage implements Stage<RetrievalMetric> {
  /** The companion of {@link ClassResult}s. */
  public static final String CLASSES = "classes";

  /** All companions. */
  public static final SortedMap<String, Companion> COMPANIONS =
      Collections.unmodifiableSortedMap(
          new TreeMap<>(
              Map.of(CLASSES, new Companion(ClassResult.class, Companion.Nature.RESULT))));

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
    return 2;
  }

  @Override
  public Class<RetrievalMetric> recordType() {
    return RetrievalMetric.class;
  }

  @Override
  public SortedMap<String, Companion> companions() {
    return COMPANIONS;
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
            .apply("Sum", ParDo.of(new Sum(stored, config)))
            .setCoder(KvCoder.of(VarIntCoder.of(), SerializedCoder.of(Sums.class))),
        1,
        new Total());
  }

  /** What is known of some queries. */
  private record Sums(RetrievalMetrics metrics, ClassResults classes) implements Serializable {

    static Sums none(MeasureConfig config) {
      return new Sums(
          RetrievalMetrics.of(
              RetrievalMetrics.standard(config.recallAt(), config.cutOffs()),
              config.withoutRelevant()),
          new ClassResults());
    }

    void add(Neighbours query) {
      metrics.add(query);
      classes.add(query);
    }

    void merge(Sums other) {
      metrics.merge(other.metrics);
      classes.merge(other.classes);
    }
  }

  private static final class Sum extends DoFn<KV<Integer, Iterable<Integer>>, KV<Integer, Sums>> {
    private static final long serialVersionUID = 1L;

    private final StoredDataset<Neighbours> neighbours;
    private final MeasureConfig config;

    Sum(StoredDataset<Neighbours> neighbours, MeasureConfig config) {
      this.neighbours = neighbours;
      this.config = config;
    }

    @ProcessElement
    public void process(
        @Element KV<Integer, Iterable<Integer>> shard, OutputReceiver<KV<Integer, Sums>> output) {
      Sums sums = Sums.none(config);
      neighbours.openShard(shard.getKey()).forEach(sums::add);
      output.output(KV.of(0, sums));
    }
  }

  private record Total() implements ShardBody<Sums, RetrievalMetric> {

    @Override
    public void write(List<Sums> parts, ShardOutput<RetrievalMetric> output) throws IOException {
      Sums total = parts.get(0);
      parts.subList(1, parts.size()).forEach(total::merge);
      for (RetrievalMetric metric : total.metrics().results()) {
        output.add(metric);
      }
      for (ClassResult result : total.classes().results()) {
        output.add(CLASSES, result);
      }
    }
  }
}
