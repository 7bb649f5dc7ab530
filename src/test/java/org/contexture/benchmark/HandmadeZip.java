package org.contexture.benchmark;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
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
    int offset = files.size();
    put(files, 4, 0x04034b50);
    putCommon(files, encodedName, content, claim);
    files.writeBytes(encodedName);
    files.writeBytes(content);
    put(directory, 4, 0x02014b50);
    put(directory, 2, MADE_BY_UNIX);
    putCommon(directory, encodedName, content, claim);
    put(directory, 6, 0);
    put(directory, 4, (long) claim.unixMode() << 16);
    put(directory, 4, offset);
    directory.writeBytes(encodedName);
    entries++;
    return this;
  }

  /** What the header of a file and its entry in the directory have in common. */
  private static void putCommon(
      ByteArrayOutputStream out, byte[] encodedName, byte[] content, Claim claim) {
    put(out, 2, 20);
    put(out, 2, claim.flags() | UTF8_NAMES);
    put(out, 2, claim.method());
    put(out, 4, 0x58210000);
    put(out, 4, claim.crc());
    put(out, 4, content.length);
    put(out, 4, claim.size());
    put(out, 2, encodedName.length);
    put(out, 2, 0);
  }

  /** Puts a number, the lowest byte first. */
  private static void put(ByteArrayOutputStream out, int bytes, long value) {
    for (int i = 0; i < bytes; i++) {
      out.write((int) (value >>> (8 * i)));
    }
  }

  byte[] bytes() {
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    zip.writeBytes(files.toByteArray());
    zip.writeBytes(directory.toByteArray());
    put(zip, 4, 0x06054b50);
    put(zip, 4, 0);
    put(zip, 2, entries);
    put(zip, 2, entries);
    put(zip, 4, directory.size());
    put(zip, 4, files.size());
    put(zip, 2, 0);
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
