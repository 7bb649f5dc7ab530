package org.contexture.embedding;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Embeddings as the bytes that records hold. */
public final class UnitVector {
  private UnitVector() {}

  /** Little-endian float32. */
  public static ByteBuffer bytes(float[] vector) {
    ByteBuffer bytes =
        ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(vector);
    return bytes;
  }
}
