package org.contexture.embedding;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.contexture.file.WholeFile;

/**
 * Embeddings as NumPy reads them: {@code embeddings}, N × dimensions float32, and {@code paths}, N
 * texts, in a zip of {@code .npy} files (version 1.0 of the format, {@code numpy.lib.format}).
 */
final class NpzEmbeddings implements EmbeddingFile {
  private static final int ALIGNMENT = 64;

  /** Magic, version, and the length of the header. */
  private static final int PREAMBLE = 10;

  private static final LocalDateTime UNDATED = LocalDateTime.of(1980, 1, 1, 0, 0);

  private final Path file;
  private final Path rows;
  private final int dimensions;
  private final OutputStream data;
  private final List<String> paths = new ArrayList<>();

  NpzEmbeddings(Path file, int dimensions) throws IOException {
    this.file = file;
    this.dimensions = dimensions;
    Path absolute = file.toAbsolutePath();
    Files.createDirectories(absolute.getParent());
    rows = absolute.resolveSibling("%s.%s.rows".formatted(file.getFileName(), UUID.randomUUID()));
    rows.toFile().deleteOnExit();
    data = new BufferedOutputStream(Files.newOutputStream(rows));
  }

  @Override
  public void add(String path, float[] vector) throws IOException {
    data.write(UnitVector.bytes(vector).array());
    paths.add(path);
  }

  @Override
  public void finish() throws IOException {
    data.close();
    WholeFile.write(file, this::write);
  }

  private void write(OutputStream out) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.setLevel(Deflater.NO_COMPRESSION);
      start(zip, "embeddings", "<f4", "(" + paths.size() + ", " + dimensions + ")");
      Files.copy(rows, zip);
      zip.closeEntry();
      int longest = Math.max(1, paths.stream().mapToInt(NpzEmbeddings::characters).max().orElse(1));
      start(zip, "paths", "<U" + longest, "(" + paths.size() + ",)");
      for (String path : paths) {
        zip.write(characters(path, longest));
      }
      zip.closeEntry();
    }
  }

  private static int characters(String text) {
    return text.codePointCount(0, text.length());
  }

  /** A text as NumPy has it: four bytes a character, filled up with zeros. */
  private static byte[] characters(String text, int length) {
    ByteBuffer bytes = ByteBuffer.allocate(length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    text.codePoints().forEach(bytes::putInt);
    return bytes.array();
  }

  private static void start(ZipOutputStream zip, String name, String type, String shape)
      throws IOException {
    ZipEntry entry = new ZipEntry(name + ".npy");
    entry.setTimeLocal(UNDATED);
    zip.putNextEntry(entry);
    String header = "{'descr': '%s', 'fortran_order': False, 'shape': %s, }".formatted(type, shape);
    int length = header.length() + 1;
    int padding = (ALIGNMENT - (PREAMBLE + length) % ALIGNMENT) % ALIGNMENT;
    ByteBuffer preamble = ByteBuffer.allocate(PREAMBLE).order(ByteOrder.LITTLE_ENDIAN);
    preamble.put("\u0093NUMPY\u0001\u0000".getBytes(StandardCharsets.ISO_8859_1));
    preamble.putShort((short) (length + padding));
    zip.write(preamble.array());
    zip.write((header + " ".repeat(padding) + "\n").getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public void close() throws IOException {
    data.close();
    Files.deleteIfExists(rows);
  }
}
