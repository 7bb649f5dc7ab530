package org.contexture.embedding;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes arrays as {@code numpy.savez_compressed} does. */
public final class HandmadeNpz {
  private final Map<String, byte[]> members = new LinkedHashMap<>();

  public HandmadeNpz floats(String name, float[][] rows) {
    ByteBuffer values = buffer(rows.length * rows[0].length * Float.BYTES);
    for (float[] row : rows) {
      for (float value : row) {
        values.putFloat(value);
      }
    }
    return array(name, "<f4", "(%d, %d)".formatted(rows.length, rows[0].length), values);
  }

  HandmadeNpz doubles(String name, double[][] rows) {
    ByteBuffer values = buffer(rows.length * rows[0].length * Double.BYTES);
    for (double[] row : rows) {
      for (double value : row) {
        values.putDouble(value);
      }
    }
    return array(name, "<f8", "(%d, %d)".formatted(rows.length, rows[0].length), values);
  }

  public HandmadeNpz wholes(String name, int... numbers) {
    ByteBuffer values = buffer(numbers.length * Integer.BYTES);
    for (int number : numbers) {
      values.putInt(number);
    }
    return array(name, "<i4", "(%d,)".formatted(numbers.length), values);
  }

  public HandmadeNpz texts(String name, int length, String... texts) {
    ByteBuffer values = buffer(texts.length * length * Integer.BYTES);
    for (int i = 0; i < texts.length; i++) {
      values.position(i * length * Integer.BYTES);
      texts[i].codePoints().forEach(values::putInt);
    }
    return array(name, "<U" + length, "(%d,)".formatted(texts.length), values);
  }

  HandmadeNpz truths(String name, boolean... truths) {
    ByteBuffer values = buffer(truths.length);
    for (boolean truth : truths) {
      values.put((byte) (truth ? 1 : 0));
    }
    return array(name, "|b1", "(%d,)".formatted(truths.length), values);
  }

  HandmadeNpz array(String name, String type, String shape, ByteBuffer values) {
    String header =
        "{'descr': '%s', 'fortran_order': False, 'shape': %s, }".formatted(type, shape) + "\n";
    ByteArrayOutputStream member = new ByteArrayOutputStream();
    member.writeBytes("\u0093NUMPY\u0001\u0000".getBytes(StandardCharsets.ISO_8859_1));
    member.write(header.length());
    member.write(0);
    member.writeBytes(header.getBytes(StandardCharsets.US_ASCII));
    byte[] data = new byte[values.capacity()];
    values.rewind().get(data);
    member.writeBytes(data);
    members.put(name, member.toByteArray());
    return this;
  }

  static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  public Path write(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> member : members.entrySet()) {
        zip.putNextEntry(new ZipEntry(member.getKey() + ".npy"));
        zip.write(member.getValue());
      }
    }
    return file;
  }
}
