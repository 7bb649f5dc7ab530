package org.contexture.benchmark;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * A zip archive of stored files that says of each whatever a test wants it to say. The layout is
 * that of PKWARE's APPNOTE.TXT, sections 4.3.7, 4.3.12, 4.3.16 and 4.6.9.
 */
final class HandmadeZip {
  static final int UTF8_NAMES = 0x0800;
  private static final int MADE_BY_UNIX = 3 << 8 | 20;

  private final ByteArrayOutputStream files = new ByteArrayOutputStream();
  private final ByteArrayOutputStream directory = new ByteArrayOutputStream();
  private int entries;

  /**
   * What an archive calls a file.
   *
   * @param flag {@link #UTF8_NAMES} where the archive says that the name is UTF-8, else 0
   * @param unicodePath the path in UTF-8, where the archive gives it beside the name
   */
  record Name(String text, Charset charset, int flag, Optional<String> unicodePath) {
    static Name utf8(String text) {
      return new Name(text, StandardCharsets.UTF_8, UTF8_NAMES, Optional.empty());
    }

    /** Of an archive that does not say how its names are encoded. */
    static Name unmarked(String text, Charset charset) {
      return new Name(text, charset, 0, Optional.empty());
    }

    Name withFlag(int changed) {
      return new Name(text, charset, changed, unicodePath);
    }

    Name withUnicodePath(String path) {
      return new Name(text, charset, flag, Optional.of(path));
    }

    byte[] encoded() {
      return text.getBytes(charset);
    }
  }

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
    return add(Name.utf8(name), content, claim);
  }

  HandmadeZip add(Name name, byte[] content, Claim claim) {
    byte[] extra = name.unicodePath().map(path -> unicodePath(name, path)).orElse(new byte[0]);
    int offset = files.size();
    put(files, 4, 0x04034b50);
    putCommon(files, name, extra, content, claim);
    files.writeBytes(name.encoded());
    files.writeBytes(extra);
    files.writeBytes(content);
    put(directory, 4, 0x02014b50);
    put(directory, 2, MADE_BY_UNIX);
    putCommon(directory, name, extra, content, claim);
    put(directory, 6, 0);
    put(directory, 4, (long) claim.unixMode() << 16);
    put(directory, 4, offset);
    directory.writeBytes(name.encoded());
    directory.writeBytes(extra);
    entries++;
    return this;
  }

  /** What the header of a file and its entry in the directory have in common. */
  private static void putCommon(
      ByteArrayOutputStream out, Name name, byte[] extra, byte[] content, Claim claim) {
    put(out, 2, 20);
    put(out, 2, claim.flags() | name.flag());
    put(out, 2, claim.method());
    put(out, 4, 0x58210000);
    put(out, 4, claim.crc());
    put(out, 4, content.length);
    put(out, 4, claim.size());
    put(out, 2, name.encoded().length);
    put(out, 2, extra.length);
  }

  /** The extra field in which Info-ZIP says the name once more, in UTF-8. */
  private static byte[] unicodePath(Name name, String path) {
    byte[] encoded = path.getBytes(StandardCharsets.UTF_8);
    CRC32 ofName = new CRC32();
    ofName.update(name.encoded());
    ByteArrayOutputStream field = new ByteArrayOutputStream();
    put(field, 2, 0x7075);
    put(field, 2, 5L + encoded.length);
    put(field, 1, 1);
    put(field, 4, ofName.getValue());
    field.writeBytes(encoded);
    return field.toByteArray();
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
