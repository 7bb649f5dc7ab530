package org.contexture.stage;

import java.nio.ByteBuffer;
import org.contexture.record.Checkpoint;
import org.contexture.record.Selection;

/** Weights that no step of training here has changed. */
final class InitialCheckpoint {
  private InitialCheckpoint() {}

  static Checkpoint of(String architecture, ByteBuffer weights) {
    return Checkpoint.newBuilder()
        .setArchitecture(architecture)
        .setStep(0)
        .setEpoch(0)
        .setSelectedOn(Selection.LAST)
        .setSelectionRecallAt1(Double.NaN)
        .setWeights(weights)
        .build();
  }
}
