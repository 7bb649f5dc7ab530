package org.contexture.pipeline;

import java.util.SortedMap;
import org.contexture.record.RawPath;

/** A toy stage with a Beam graph of its own. */
abstract class RewiredStage implements Stage<RawPath> {
  private final ToyStage toy;

  RewiredStage(ToyStage toy) {
    this.toy = toy;
  }

  ToyStage toy() {
    return toy;
  }

  @Override
  public String name() {
    return toy.name();
  }

  @Override
  public int version() {
    return toy.version();
  }

  @Override
  public Class<RawPath> recordType() {
    return RawPath.class;
  }

  @Override
  public StageConfig config() {
    return toy.config();
  }

  @Override
  public SortedMap<String, Dataset<?>> inputs() {
    return toy.inputs();
  }

  @Override
  public double maxRejectedShare() {
    return toy.maxRejectedShare();
  }
}
