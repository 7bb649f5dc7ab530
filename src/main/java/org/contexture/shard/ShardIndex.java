package org.contexture.shard;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.contexture.failure.Failure;

/** Where each record of a shard lies and what its bytes add up to: the format of the package. */
final class ShardIndex {
  private static final byte[] MAGIC = "CTXINDEX".getBytes(StandardCharsets.US_ASCII);
  private static final int VERSION = 1;
  private static final int HEADER = 24;
  private static final int ENTRY = 16;
  private static final int FOOTER = 4;

  private final ByteBuffer bytes;
  private final int size;

  private ShardIndex(ByteBuffer bytes, int size) {
    this.bytes = bytes;
    this.size = size;
  }

  /** The index file that belongs to a shard file. */
  static Path beside(Path shard) {
    return shard.resolveSibling(shard.getFileName() + ".index");
  }

  /** Collects the entries of a shard while it is written. */
  static final class Builder {
    private ByteBuffer entries = ByteBuffer.allocate(64 * ENTRY);

    void add(long offset, int length, int crc) {
      if (entries.remaining() < ENTRY) {
        ByteBuffer larger = ByteBuffer.allocate(2 * entries.capacity());
        larger.put(entries.flip());
        entries = larger;
      }
      entries.putLong(offset).putInt(length).putInt(crc);
    }

    /** The bytes of the index file of a shard of {@code shardLength} bytes. */
    byte[] build(long shardLength) {
      entries.flip();
      int size = entries.remaining() / ENTRY;
      ByteBuffer file = ByteBuffer.allocate(HEADER + entries.remaining() + FOOTER);
      file.put(MAGIC).putInt(VERSION).putInt(size).putLong(shardLength).put(entries);
      file.putInt(crc(file.array(), 0, file.position()));
      return file.array();
    }
  }

  /**
   * Reads and checks the index of a shard.
   *
   * @throws Failure if it is missing, damaged, of a newer format, or of a shard of another length
   */
  static ShardIndex read(Path shard, long shardLength) throws IOException {
    Path file = beside(shard);
    byte[] content;
    try {
      content = Files.readAllBytes(file);
    } catch (NoSuchFileException missing) {
      throw Failure.data("%s is missing: the shard beside it cannot be read without it.", file);
    }
    ByteBuffer bytes = ByteBuffer.wrap(content);
    int begun = Math.min(content.length, MAGIC.length);
    if (!Arrays.equals(content, 0, begun, MAGIC, 0, begun)) {
      throw Failure.data("%s is not a shard index: it does not begin with CTXINDEX.", file);
    }
    requireLength(file, HEADER + FOOTER, content.length);
    int version = bytes.getInt(8);
    if (version != VERSION) {
      throw Failure.data(
          "%s has index format %d; this Contexture reads format %d.", file, version, VERSION);
    }
    int size = bytes.getInt(12);
    requireLength(file, HEADER + (long) ENTRY * size + FOOTER, content.length);
    int expected = bytes.getInt(content.length - FOOTER);
    int actual = crc(content, 0, content.length - FOOTER);
    if (expected != actual) {
      throw Failure.data(
          "%s is damaged: expected CRC-32C %08x, actual %08x.", file, expected, actual);
    }
    long whole = HEADER + (long) ENTRY * size + FOOTER;
    if (content.length != whole) {
      throw Failure.data(
          "%s is damaged: its %d entries take %d bytes, but it has %d.",
          file, size, whole, content.length);
    }
    long length = bytes.getLong(16);
    if (length != shardLength) {
      throw Failure.data(
          "%s has the wrong length: expected %d bytes, actual %d.", shard, length, shardLength);
    }
    return new ShardIndex(bytes, size);
  }

  private static void requireLength(Path file, long expected, int actual) {
    if (actual < expected) {
      throw Failure.data("%s is cut short: expected %d bytes, actual %d.", file, expected, actual);
    }
  }

  int size() {
    return size;
  }

  long offset(int record) {
    return bytes.getLong(HEADER + ENTRY * record);
  }

  int length(int record) {
    return bytes.getInt(HEADER + ENTRY * record + 8);
  }

  int crc(int record) {
    return bytes.getInt(HEADER + ENTRY * record + 12);
  }

  static int crc(byte[] bytes, int offset, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, offset, length);
    return (int) crc.getValue();
  }

  static int crc(ByteBuffer bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }
}
