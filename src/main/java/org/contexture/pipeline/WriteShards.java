package org.contexture.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.beam.sdk.coders.BooleanCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.join.CoGbkResult;
import org.apache.beam.sdk.transforms.join.CoGroupByKey;
import org.apache.beam.sdk.transforms.join.KeyedPCollectionTuple;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;
import org.apache.beam.sdk.values.TupleTag;

/**
 * Writes a dataset: one task makes one shard, whole and in order. The grouping by shard number
 * spreads the tasks over the workers; every shard is made, even of no elements.
 */
final class WriteShards<T, O extends SpecificRecord>
    extends PTransform<PCollection<KV<Integer, T>>, PDone> {
  private static final long serialVersionUID = 1L;

  private final Staging staging;
  private final String prefix;
  private final OutputTypes<O> types;
  private final int shards;
  private final ShardBody<T, O> body;
  private final Purpose purpose;
  private final Offer offer;

  /** What the shards are for. */
  enum Purpose {
    /** Records of the dataset; perhaps dead letters too. */
    DATA,
    /** Dead letters only. */
    DEAD_LETTERS
  }

  WriteShards(
      Staging staging,
      String prefix,
      OutputTypes<O> types,
      int shards,
      ShardBody<T, O> body,
      Purpose purpose,
      Offer offer) {
    this.staging = staging;
    this.prefix = prefix;
    this.types = types;
    this.shards = shards;
    this.body = body;
    this.purpose = purpose;
    this.offer = offer;
  }

  @Override
  public PDone expand(PCollection<KV<Integer, T>> elements) {
    PCollection<KV<Integer, Boolean>> numbers =
        elements
            .getPipeline()
            .apply(
                "Shards " + prefix,
                Create.of(
                        IntStream.range(0, shards)
                            .boxed()
                            .flatMap(shard -> offer.keys(shard, shards).stream())
                            .map(key -> KV.of(key, true))
                            .toList())
                    .withCoder(KvCoder.of(VarIntCoder.of(), BooleanCoder.of())));
    TupleTag<Boolean> numberTag = new TupleTag<>("number");
    TupleTag<T> elementTag = new TupleTag<>("element");
    KeyedPCollectionTuple.of(numberTag, numbers)
        .and(elementTag, offered(elements))
        .apply("One task a shard", CoGroupByKey.create())
        .apply("Write", ParDo.of(new WriteShard<>(this, elementTag)));
    return PDone.in(elements.getPipeline());
  }

  private PCollection<KV<Integer, T>> offered(PCollection<KV<Integer, T>> elements) {
    return elements
        .apply("Offer", ParDo.of(new ToKeys<T>(offer, shards)))
        .setCoder(elements.getCoder());
  }

  /** Makes a shard, if it is for this process and not made yet. */
  private void write(int number, Iterable<T> elements) throws Exception {
    String shard = String.format(Locale.ROOT, "%s-%05d-of-%05d.avro", prefix, number, shards);
    if (!offer.isForThisProcess() || staging.isDone(shard)) {
      return;
    }
    if (!offer.isExclusive() && !body.isExclusive()) {
      write(shard, elements, Optional.empty());
      return;
    }
    try (Lease lease = staging.lease(shard)) {
      if (!staging.isDone(shard)) {
        write(shard, elements, Optional.of(lease));
      }
    }
  }

  private void write(String shard, Iterable<T> elements, Optional<Lease> lease) throws Exception {
    staging.enter(types.beside().keySet());
    List<T> list = new ArrayList<>();
    elements.forEach(list::add);
    ShardOutput<O> output = new ShardOutput<>(staging, shard, types, lease);
    try {
      body.write(list, output);
      output.finish(purpose == Purpose.DATA);
    } catch (Throwable reason) {
      output.abandon(reason);
      throw reason;
    }
  }

  private static final class ToKeys<T> extends DoFn<KV<Integer, T>, KV<Integer, T>> {
    private static final long serialVersionUID = 1L;

    private final Offer offer;
    private final int shards;

    ToKeys(Offer offer, int shards) {
      this.offer = offer;
      this.shards = shards;
    }

    @ProcessElement
    public void process(@Element KV<Integer, T> element, OutputReceiver<KV<Integer, T>> receiver) {
      for (int key : offer.keys(element.getKey(), shards)) {
        receiver.output(KV.of(key, element.getValue()));
      }
    }
  }

  private static final class WriteShard<T, O extends SpecificRecord>
      extends DoFn<KV<Integer, CoGbkResult>, Void> {
    private static final long serialVersionUID = 1L;

    private final WriteShards<T, O> transform;
    private final TupleTag<T> elementTag;

    WriteShard(WriteShards<T, O> transform, TupleTag<T> elementTag) {
      this.transform = transform;
      this.elementTag = elementTag;
    }

    @Setup
    @SuppressWarnings("unused") // Beam calls it
    public void open() throws Exception {
      FunctionCaches.forgetEndedJobs();
      transform.body.open();
    }

    @ProcessElement
    public void process(@Element KV<Integer, CoGbkResult> shard) throws Exception {
      transform.write(shard.getKey() % transform.shards, shard.getValue().getAll(elementTag));
    }

    @Teardown
    @SuppressWarnings("unused") // Beam calls it
    public void close() throws Exception {
      transform.body.close();
    }
  }
}
