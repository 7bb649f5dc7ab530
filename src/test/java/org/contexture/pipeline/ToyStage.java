package org.contexture.pipeline;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.KV;
import org.contexture.record.RawPath;

/** A small stage whose every part can be chosen; each of its shards is given its own number. */
record ToyStage(
    String name,
    int version,
    Settings settings,
    SortedMap<String, Dataset<?>> inputs,
    double maxRejectedShare,
    int shards,
    ShardBody<Integer, RawPath> body)
    implements Stage<RawPath> {

  /** Version 1, no settings, no inputs, two shards of three records. */
  static ToyStage named(String name) {
    return new ToyStage(
        name,
        1,
        Settings.builder().build(),
        new TreeMap<>(),
        0,
        2,
        (numbers, output) -> {
          for (int i = 0; i < 3; i++) {
            output.add(new RawPath("shard " + numbers.get(0) + " record " + i));
          }
        });
  }

  ToyStage withVersion(int changed) {
    return new ToyStage(name, changed, settings, inputs, maxRejectedShare, shards, body);
  }

  ToyStage with(Settings changed) {
    return new ToyStage(name, version, changed, inputs, maxRejectedShare, shards, body);
  }

  ToyStage with(String key, long value) {
    return with(Settings.builder().put(key, value).build());
  }

  ToyStage reading(String part, Dataset<?> input) {
    SortedMap<String, Dataset<?>> more = new TreeMap<>(inputs);
    more.put(part, input);
    return new ToyStage(name, version, settings, more, maxRejectedShare, shards, body);
  }

  ToyStage withMaxRejectedShare(double changed) {
    return new ToyStage(name, version, settings, inputs, changed, shards, body);
  }

  ToyStage doing(int changedShards, ShardBody<Integer, RawPath> changed) {
    return new ToyStage(name, version, settings, inputs, maxRejectedShare, changedShards, changed);
  }

  @Override
  public Class<RawPath> recordType() {
    return RawPath.class;
  }

  @Override
  public StageConfig config() {
    return () -> settings;
  }

  @Override
  public void expand(Pipeline pipeline, StageContext<RawPath> context) {
    context.write(
        pipeline.apply(
            "Numbers",
            Create.of(IntStream.range(0, shards).mapToObj(i -> KV.of(i, i)).toList())
                .withCoder(KvCoder.of(VarIntCoder.of(), VarIntCoder.of()))),
        shards,
        body);
  }
}
