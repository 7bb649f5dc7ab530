package org.contexture.image;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** Writes PNG files of every kind, one chunk after the other. */
final class TestPng {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A};

  private final ByteArrayOutputStream file = new ByteArrayOutputStream();

  private TestPng(int width, int height, int bitDepth, int colourType) {
    file.writeBytes(SIGNATURE);
    ByteBuffer header = ByteBuffer.allocate(13);
    header.putInt(width).putInt(height).put((byte) bitDepth).put((byte) colourType);
    chunk("IHDR", header.array());
  }

  static TestPng of(int width, int height, int bitDepth, int colourType) {
    return new TestPng(width, height, bitDepth, colourType);
  }

  TestPng chunk(String type, byte[] data) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 checksum = new CRC32();
    checksum.update(name);
    checksum.update(data);
    try {
      DataOutputStream out = new DataOutputStream(file);
      out.writeInt(data.length);
      out.write(name);
      out.write(data);
      out.writeInt((int) checksum.getValue());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** One row without a filter, compressed, and the end of the file. */
  byte[] row(int... bytes) {
    byte[] row = new byte[bytes.length + 1];
    for (int index = 0; index < bytes.length; index++) {
      row[index + 1] = (byte) bytes[index];
    }
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(compressed, new Deflater())) {
      out.write(row);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return chunk("IDAT", compressed.toByteArray()).chunk("IEND", new byte[0]).bytes();
  }

  byte[] bytes() {
    return file.toByteArray();
  }
}
