package org.contexture.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The events of a file of TensorBoard, read by what TensorFlow's documentation of TFRecord and
 * event.proto say, with a checksum computed bit by bit.
 */
final class ParsedEvents {
  private static final int REVERSED_CASTAGNOLI = 0x82f63b78;

  private ParsedEvents() {}

  /** One event. */
  record Event(double wallTime, long step, String fileVersion, Map<String, Float> values) {}

  static List<Event> of(Path file) throws IOException {
    ByteBuffer bytes = littleEndian(Files.readAllBytes(file));
    List<Event> events = new ArrayList<>();
    while (bytes.hasRemaining()) {
      byte[] length = take(bytes, 8);
      assertThat(bytes.getInt()).isEqualTo(masked(length));
      byte[] data = take(bytes, Math.toIntExact(littleEndian(length).getLong()));
      assertThat(bytes.getInt()).isEqualTo(masked(data));
      events.add(event(littleEndian(data)));
    }
    return events;
  }

  private static Event event(ByteBuffer data) {
    double wallTime = Double.NaN;
    long step = 0;
    String version = "";
    Map<String, Float> values = new TreeMap<>();
    while (data.hasRemaining()) {
      switch ((int) varint(data)) {
        case 1 << 3 | 1 -> wallTime = data.getDouble();
        case 2 << 3 -> step = varint(data);
        case 3 << 3 | 2 -> version = text(data);
        case 5 << 3 | 2 -> summary(littleEndian(delimited(data)), values);
        default -> throw new AssertionError("a field that events do not have");
      }
    }
    return new Event(wallTime, step, version, values);
  }

  private static void summary(ByteBuffer summary, Map<String, Float> values) {
    while (summary.hasRemaining()) {
      assertThat(varint(summary)).isEqualTo(1 << 3 | 2);
      ByteBuffer value = littleEndian(delimited(summary));
      assertThat(varint(value)).isEqualTo(1 << 3 | 2);
      String tag = text(value);
      assertThat(varint(value)).isEqualTo(2 << 3 | 5);
      assertThat(values.put(tag, value.getFloat())).isNull();
      assertThat(value.hasRemaining()).isFalse();
    }
  }

  private static String text(ByteBuffer data) {
    return new String(delimited(data), StandardCharsets.UTF_8);
  }

  private static byte[] delimited(ByteBuffer data) {
    return take(data, (int) varint(data));
  }

  private static long varint(ByteBuffer data) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = data.get();
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }

  private static byte[] take(ByteBuffer bytes, int count) {
    byte[] taken = new byte[count];
    bytes.get(taken);
    return taken;
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static int masked(byte[] data) {
    int crc = castagnoli(data);
    return ((crc >>> 15) | (crc << 17)) + 0xa282ead8;
  }

  /** CRC-32C by its polynomial, bit by bit. */
  static int castagnoli(byte[] data) {
    int crc = -1;
    for (byte next : data) {
      crc ^= next & 0xff;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc >>> 1) ^ ((crc & 1) * REVERSED_CASTAGNOLI);
      }
    }
    return ~crc;
  }
}
