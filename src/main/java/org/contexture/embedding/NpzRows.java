package org.contexture.embedding;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Reads what {@link NpzEmbeddings} wrote, or NumPy in the same form. */
final class NpzRows implements WrittenEmbeddings {
  private static final Pattern HEADER =
      Pattern.compile(
          "\\{'descr': '(<f4|<U\\d{1,5})', 'fortran_order': False, 'shape':"
              + " \\((\\d{1,9}),(?: (\\d{1,5}))?\\), \\}\\s*");
  private static final String MAGIC = "\u0093NUMPY\u0001";
  private static final int BUFFER = 1 << 16;

  private final Path file;
  private final int dimensions;
  private final List<String> paths;

  private NpzRows(Path file, int dimensions, List<String> paths) {
    this.file = file;
    this.dimensions = dimensions;
    this.paths = List.copyOf(paths);
  }

  static NpzRows open(Path file) {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      List<String> paths = new ArrayList<>();
      try (DataInputStream entry = entry(zip, "paths")) {
        Matcher header = header(entry, "paths");
        int length = Integer.parseInt(required(header.group(1), "<U", "paths").substring(2));
        for (int row = Integer.parseInt(header.group(2)); row > 0; row--) {
          paths.add(text(entry, length));
        }
      }
      try (DataInputStream entry = entry(zip, "embeddings")) {
        Matcher header = header(entry, "embeddings");
        required(header.group(1), "<f4", "embeddings");
        if (header.group(3) == null || Integer.parseInt(header.group(2)) != paths.size()) {
          throw new IOException(
              "the shape (%s, %s) of its embeddings does not fit to %d paths"
                  .formatted(header.group(2), header.group(3), paths.size()));
        }
        return new NpzRows(file, Integer.parseInt(header.group(3)), paths);
      }
    } catch (IOException | IllegalArgumentException unreadable) {
      throw WrittenEmbeddings.damaged(file, String.valueOf(unreadable.getMessage()))
          .causedBy(unreadable);
    }
  }

  private static DataInputStream entry(ZipFile zip, String name) throws IOException {
    ZipEntry entry = zip.getEntry(name + ".npy");
    if (entry == null) {
      throw new IOException("it has no array '%s'".formatted(name));
    }
    InputStream bytes = zip.getInputStream(entry);
    return new DataInputStream(new BufferedInputStream(bytes, BUFFER));
  }

  /** Reads the header of an array, so that its values are next. */
  private static Matcher header(DataInputStream entry, String name) throws IOException {
    byte[] start = new byte[8];
    entry.readFully(start);
    String header = "";
    if (new String(start, StandardCharsets.ISO_8859_1).startsWith(MAGIC)) {
      byte[] text = new byte[Short.toUnsignedInt(Short.reverseBytes(entry.readShort()))];
      entry.readFully(text);
      header = new String(text, StandardCharsets.ISO_8859_1);
    }
    Matcher matcher = HEADER.matcher(header);
    if (!matcher.matches()) {
      throw new IOException(
          "its array '%s' is none that embeddings have: %s".formatted(name, header.strip()));
    }
    return matcher;
  }

  private static String required(String type, String wanted, String name) throws IOException {
    if (!type.startsWith(wanted)) {
      throw new IOException("its array '%s' has the type %s".formatted(name, type));
    }
    return type;
  }

  /** A text as NumPy has it: four bytes a character, filled up with zeros. */
  private static String text(DataInputStream entry, int length) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      int point = Integer.reverseBytes(entry.readInt());
      if (point != 0) {
        text.appendCodePoint(point);
      }
    }
    return text.toString();
  }

  @Override
  public int dimensions() {
    return dimensions;
  }

  @Override
  public List<String> paths() {
    return paths;
  }

  @Override
  public void from(long row, Consumer<float[]> reader) {
    try (ZipFile zip = new ZipFile(file.toFile());
        DataInputStream entry = entry(zip, "embeddings")) {
      header(entry, "embeddings");
      byte[] bytes = new byte[dimensions * Float.BYTES];
      entry.skipNBytes(row * bytes.length);
      for (long next = row; next < paths.size(); next++) {
        entry.readFully(bytes);
        float[] vector = new float[dimensions];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
        reader.accept(vector);
      }
    } catch (IOException unreadable) {
      throw WrittenEmbeddings.damaged(file, String.valueOf(unreadable.getMessage()))
          .causedBy(unreadable);
    }
  }
}
