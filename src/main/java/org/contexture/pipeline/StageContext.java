package org.contexture.pipeline;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.SimpleFunction;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.contexture.record.Rejection;

/**
 * What a stage's body is given: its inputs, and where its result goes.
 *
 * @param <O> the record type of the result
 */
public final class StageContext<O extends SpecificRecord> {
  private final Store store;
  private final Staging staging;
  private final OutputTypes<O> types;
  private final Offer offer;
  private int tasks = 1;
  private int shards;

  StageContext(Store store, Staging staging, OutputTypes<O> types, Offer offer) {
    this.store = store;
    this.staging = staging;
    this.types = types;
    this.offer = offer;
  }

  /** An input of the stage. */
  public <T extends SpecificRecord> StoredDataset<T> input(Dataset<T> dataset) {
    return store.open(dataset);
  }

  /**
   * Writes the result.
   *
   * @param elements what the shards are made from, each under the number of its shard
   * @param shards how many shards the result has; must not depend on the runner
   * @param body makes one shard
   */
  public <T> void write(PCollection<KV<Integer, T>> elements, int shards, ShardBody<T, O> body) {
    tasks = Math.max(tasks, shards);
    this.shards += shards;
    elements.apply(
        "Write shards",
        new WriteShards<>(staging, "part", types, shards, body, WriteShards.Purpose.DATA, offer));
  }

  /**
   * Tasks that come before those of the shards: each group is one task, and they are spread evenly
   * over the workers.
   *
   * @param count how many; their numbers are the values, and the keys mean nothing
   */
  public PCollection<KV<Integer, Iterable<Integer>>> spread(Pipeline pipeline, int count) {
    tasks = Math.max(tasks, count);
    return pipeline
        .apply(
            "Tasks",
            Create.of(
                    IntStream.range(0, count)
                        .mapToObj(task -> KV.of(offer.spread().key(task, count), task))
                        .toList())
                .withCoder(KvCoder.of(VarIntCoder.of(), VarIntCoder.of())))
        .apply("Spread", GroupByKey.create());
  }

  /** Writes dead letters that the graph itself found; a shard's own go through its output. */
  public void reject(PCollection<Rejection> rejections) {
    shards++;
    ShardBody<Rejection, Rejection> inOrder = StageContext::writeInOrder;
    rejections
        .apply("To one shard", MapElements.via(new ToFirstShard()))
        .setCoder(KvCoder.of(VarIntCoder.of(), AvroCoder.of(Rejection.class)))
        .apply(
            "Write dead letters",
            new WriteShards<>(
                staging,
                "graph",
                OutputTypes.deadLetters(),
                1,
                inOrder,
                WriteShards.Purpose.DEAD_LETTERS,
                Offer.ONCE));
  }

  /** How many tasks of what was asked for so far can run at the same time. */
  int tasks() {
    return tasks;
  }

  /** How many shards were asked for so far, each of which is made even if nothing is in it. */
  int shards() {
    return shards;
  }

  private static void writeInOrder(List<Rejection> rejections, ShardOutput<Rejection> output)
      throws IOException {
    rejections.sort(
        Comparator.comparing(Rejection::getWhat)
            .thenComparing(Rejection::getWhere)
            .thenComparing(Rejection::getWhy));
    for (Rejection rejection : rejections) {
      output.reject(rejection);
    }
  }

  private static final class ToFirstShard
      extends SimpleFunction<Rejection, KV<Integer, Rejection>> {
    private static final long serialVersionUID = 1L;

    @Override
    public KV<Integer, Rejection> apply(Rejection rejection) {
      return KV.of(0, rejection);
    }
  }
}
