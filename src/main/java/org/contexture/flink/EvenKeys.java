package org.contexture.flink;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.contexture.pipeline.KeySpread;

/**
 * Keys that a batch job of Flink spreads evenly over its slots. Flink sends a key to the slot that
 * its hash says, which for a few shards a slot leaves some slots with twice as many as others. If a
 * later version hashes otherwise, the shards are the same and only less evenly spread.
 *
 * @param slots that a job of many tasks gets
 */
record EvenKeys(int slots) implements KeySpread {
  /** One key in so many as there are slots is right. */
  private static final int TRIES_PER_SLOT = 50;

  @Override
  public int key(int shard, int shards) {
    int used = Math.min(slots, shards);
    long key = shard;
    for (int i = 0; i < TRIES_PER_SLOT * used && key <= Integer.MAX_VALUE; i++) {
      if (slot((int) key, used) == shard % used) {
        return (int) key;
      }
      key += shards;
    }
    return shard;
  }

  /** Where Beam and Flink send a key. */
  static int slot(int key, int slots) {
    return mixed(Arrays.hashCode(encoded(key))) % slots;
  }

  private static byte[] encoded(int key) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      VarIntCoder.of().encode(key, bytes);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  /** MurmurHash3 of four bytes, without its sign. */
  private static int mixed(int hash) {
    int code = Integer.rotateLeft(hash * 0xcc9e2d51, 15) * 0x1b873593;
    code = Integer.rotateLeft(code, 13) * 5 + 0xe6546b64;
    code ^= Integer.BYTES;
    code = (code ^ (code >>> 16)) * 0x85ebca6b;
    code = (code ^ (code >>> 13)) * 0xc2b2ae35;
    code ^= code >>> 16;
    return code == Integer.MIN_VALUE ? 0 : Math.abs(code);
  }
}
