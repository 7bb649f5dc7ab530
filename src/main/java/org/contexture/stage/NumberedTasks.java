package org.contexture.stage;

import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.KV;
import org.contexture.pipeline.ShardBody;
import org.contexture.pipeline.StageContext;

/** The graph of a stage whose tasks are known beforehand and write a shard each. */
final class NumberedTasks {
  private NumberedTasks() {}

  /** Adds the graph; the body is given its number as its one element. */
  static <O extends SpecificRecord> void expand(
      Pipeline pipeline, StageContext<O> context, int tasks, ShardBody<Integer, O> body) {
    context.write(
        pipeline.apply(
            "Numbers of tasks",
            Create.of(IntStream.range(0, tasks).mapToObj(i -> KV.of(i, i)).toList())
                .withCoder(KvCoder.of(VarIntCoder.of(), VarIntCoder.of()))),
        tasks,
        body);
  }
}
