package org.contexture.model;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Packs a TorchScript class as the archive that libtorch loads; see the package comment. */
final class TorchScriptArchive {
  private TorchScriptArchive() {}

  /**
   * The archive of one module without tensors.
   *
   * @param className name of the class in the source
   */
  static byte[] of(String className, String source) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      store(zip, "module/data.pkl", object(className));
      store(zip, "module/code/__torch__.py", source.getBytes(StandardCharsets.UTF_8));
      store(zip, "module/constants.pkl", pickle(")"));
      store(zip, "module/version", "10\n".getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return bytes.toByteArray();
  }

  /** {@code C.__new__(C)} with the state {@code {"training": True}}, where C is the class. */
  private static byte[] object(String className) {
    String newObject = "c__torch__\n" + className + "\n" + ")" + "\u0081";
    String key = "X" + "\u0008\0\0\0" + "training";
    return pickle(newObject + "}(" + key + "\u0088" + "ub");
  }

  /** A pickle of protocol 2; each character of {@code body} is one byte. */
  private static byte[] pickle(String body) {
    return ("\u0080\u0002" + body + ".").getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
    CRC32 checksum = new CRC32();
    checksum.update(content);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(checksum.getValue());
    entry.setTime(0);
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}
