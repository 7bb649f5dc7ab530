package org.contexture.tracking;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * An event file of TensorBoard, written to a stream: TFRecords that hold one {@code
 * tensorflow.Event} each.
 *
 * <p>A TFRecord is the length of its data (uint64), the masked CRC-32C of these eight bytes
 * (uint32), the data, and its masked CRC-32C (uint32), little-endian. Masked is {@code
 * rotateRight(crc, 15) + 0xa282ead8}. An {@code Event} is a Protocol Buffers message of which these
 * fields are used:
 *
 * <pre>
 * Event         1 wall_time (double, seconds)  2 step (int64)  3 file_version (string)  5 summary
 * Summary       1 value (repeated Summary.Value)
 * Summary.Value 1 tag (string)  2 simple_value (float)
 * </pre>
 */
final class EventFile {
  private static final String VERSION = "brain.Event:2";
  private static final int MASK = 0xa282ead8;
  private static final int MASK_ROTATION = 15;

  private static final int WALL_TIME = 1;
  private static final int STEP = 2;
  private static final int FILE_VERSION = 3;
  private static final int SUMMARY = 5;
  private static final int VALUE = 1;
  private static final int TAG = 1;
  private static final int SIMPLE_VALUE = 2;

  private final OutputStream out;

  /** Begins a file with the event that names its format. */
  EventFile(OutputStream out, Instant time) throws IOException {
    this.out = out;
    Message event = new Message();
    event.put(WALL_TIME, seconds(time));
    event.put(FILE_VERSION, VERSION);
    append(event.bytes());
  }

  /** Adds measurements as one event. */
  void add(Measurements measurements) throws IOException {
    Message summary = new Message();
    for (Map.Entry<String, Double> measured : measurements.values().entrySet()) {
      Message value = new Message();
      value.put(TAG, measured.getKey());
      value.put(SIMPLE_VALUE, measured.getValue().floatValue());
      summary.put(VALUE, value.bytes());
    }
    Message event = new Message();
    event.put(WALL_TIME, seconds(measurements.time()));
    event.put(STEP, measurements.step());
    event.put(SUMMARY, summary.bytes());
    append(event.bytes());
  }

  private static double seconds(Instant time) {
    return time.getEpochSecond() + time.getNano() / 1e9;
  }

  private void append(byte[] data) throws IOException {
    byte[] length = littleEndian(Long.BYTES).putLong(data.length).array();
    out.write(length);
    out.write(maskedChecksum(length));
    out.write(data);
    out.write(maskedChecksum(data));
  }

  private static byte[] maskedChecksum(byte[] data) {
    CRC32C checksum = new CRC32C();
    checksum.update(data);
    int masked = Integer.rotateRight((int) checksum.getValue(), MASK_ROTATION) + MASK;
    return littleEndian(Integer.BYTES).putInt(masked).array();
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** A message of Protocol Buffers, field by field. */
  private static final class Message {
    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int LENGTH_DELIMITED = 2;
    private static final int FIXED_32 = 5;
    private static final int TYPE_BITS = 3;
    private static final int GROUP_BITS = 7;
    private static final int MORE = 1 << GROUP_BITS;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    void put(int field, double value) {
      key(field, FIXED_64);
      bytes.writeBytes(littleEndian(Double.BYTES).putDouble(value).array());
    }

    void put(int field, float value) {
      key(field, FIXED_32);
      bytes.writeBytes(littleEndian(Float.BYTES).putFloat(value).array());
    }

    void put(int field, long value) {
      key(field, VARINT);
      varint(value);
    }

    void put(int field, String value) {
      put(field, value.getBytes(StandardCharsets.UTF_8));
    }

    void put(int field, byte[] value) {
      key(field, LENGTH_DELIMITED);
      varint(value.length);
      bytes.writeBytes(value);
    }

    private void key(int field, int type) {
      varint(((long) field << TYPE_BITS) | type);
    }

    private void varint(long value) {
      long left = value;
      while ((left & -MORE) != 0) {
        bytes.write((int) (left & (MORE - 1)) | MORE);
        left >>>= GROUP_BITS;
      }
      bytes.write((int) left);
    }

    byte[] bytes() {
      return bytes.toByteArray();
    }
  }
}
