package org.contexture.benchmark;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;

/**
 * A zip archive of stored files that says of each whatever a test wants it to say. The layout is
 * that of PKWARE's APPNOTE.TXT, sections 4.3.7, 4.3.12 and 4.3.16.
 */
final class HandmadeZip {
  private static final int UTF8_NAMES = 0x0800;
  private static final int MADE_BY_UNIX = 3 << 8 | 20;

  private final ByteArrayOutputStream files = new ByteArrayOutputStream();
  private final ByteArrayOutputStream directory = new ByteArrayOutputStream();
  private int entries;

  /** What an archive says of a file. */
  record Claim(int flags, int method, int crc, int size, int unixMode) {
    static Claim truthful(byte[] content) {
      CRC32 crc = new CRC32();
      crc.update(content);
      return new Claim(0, 0, (int) crc.getValue(), content.length, 0100644);
    }

    Claim withFlags(int changed) {
      return new Claim(changed, method, crc, size, unixMode);
    }

    Claim withMethod(int changed) {
      return new Claim(flags, changed, crc, size, unixMode);
    }

    Claim withCrc(int changed) {
      return new Claim(flags, method, changed, size, unixMode);
    }

    Claim withSize(int changed) {
      return new Claim(flags, method, crc, changed, unixMode);
    }

    Claim withUnixMode(int changed) {
      return new Claim(flags, method, crc, size, changed);
    }
  }

  HandmadeZip add(String name, String content) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    return add(name, bytes, Claim.truthful(bytes));
  }

  HandmadeZip add(String name, byte[] content, Claim claim) {
    byte[] encodedName = name.getBytes(StandardCharsets.UTF_8);
    ByteBuffer common = littleEndian(26);
    common
        .putShort((short) 20)
        .putShort((short) (claim.flags() | UTF8_NAMES))
        .putShort((short) claim.method())
        .putInt(0x58210000)
        .putInt(claim.crc())
        .putInt(content.length)
        .putInt(claim.size())
        .putShort((short) encodedName.length)
        .putShort((short) 0);
    int offset = files.size();
    files.writeBytes(littleEndian(4).putInt(0x04034b50).array());
    files.writeBytes(common.array());
    files.writeBytes(encodedName);
    files.writeBytes(content);
    directory.writeBytes(littleEndian(6).putInt(0x02014b50).putShort((short) MADE_BY_UNIX).array());
    directory.writeBytes(common.array());
    directory.writeBytes(
        littleEndian(14)
            .putShort((short) 0)
            .putShort((short) 0)
            .putShort((short) 0)
            .putInt(claim.unixMode() << 16)
            .putInt(offset)
            .array());
    directory.writeBytes(encodedName);
    entries++;
    return this;
  }

  private static ByteBuffer littleEndian(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }

  byte[] bytes() {
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    zip.writeBytes(files.toByteArray());
    zip.writeBytes(directory.toByteArray());
    zip.writeBytes(
        littleEndian(22)
            .putInt(0x06054b50)
            .putInt(0)
            .putShort((short) entries)
            .putShort((short) entries)
            .putInt(directory.size())
            .putInt(files.size())
            .putShort((short) 0)
            .array());
    return zip.toByteArray();
  }

  ZipArchive write(Path file) {
    try {
      Files.write(file, bytes());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return ZipArchive.file(file);
  }
}
