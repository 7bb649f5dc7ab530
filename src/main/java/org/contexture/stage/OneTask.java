package org.contexture.stage;

import org.apache.avro.specific.SpecificRecord;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.KV;
import org.contexture.pipeline.ShardBody;
import org.contexture.pipeline.StageContext;

/** The graph of a stage that is one task and writes one shard. */
final class OneTask {
  private OneTask() {}

  /** Adds the graph; the body is given no elements that mean anything. */
  static <O extends SpecificRecord> void expand(
      Pipeline pipeline, StageContext<O> context, ShardBody<Integer, O> body) {
    context.write(
        pipeline.apply(
            "The one task",
            Create.of(KV.of(0, 0)).withCoder(KvCoder.of(VarIntCoder.of(), VarIntCoder.of()))),
        1,
        body);
  }
}
