package org.contexture.pipeline;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.beam.sdk.Pipeline;
import org.contexture.record.RawPath;

/**
 * A toy stage that makes something beside its result: whatever its body adds to {@code notes}.
 *
 * @param notes the type of the notes
 */
record AccompaniedStage(ToyStage stage, Class<? extends SpecificRecord> notes)
    implements Stage<RawPath> {

  @Override
  public String name() {
    return stage.name();
  }

  @Override
  public int version() {
    return stage.version();
  }

  @Override
  public Class<RawPath> recordType() {
    return stage.recordType();
  }

  @Override
  public StageConfig config() {
    return stage.config();
  }

  @Override
  public SortedMap<String, Companion> companions() {
    return new TreeMap<>(Map.of("notes", new Companion(notes, Companion.Nature.RESULT)));
  }

  @Override
  public SortedMap<String, Dataset<?>> inputs() {
    return stage.inputs();
  }

  @Override
  public double maxRejectedShare() {
    return stage.maxRejectedShare();
  }

  @Override
  public void expand(Pipeline pipeline, StageContext<RawPath> context) {
    stage.expand(pipeline, context);
  }
}
