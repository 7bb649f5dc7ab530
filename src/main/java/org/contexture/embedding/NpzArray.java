package org.contexture.embedding;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * An array of an {@code .npz} file (a zip of {@code .npy} files, {@code numpy.lib.format} 1.0) with
 * one or two dimensions in C order, read row by row.
 */
final class NpzArray implements Closeable {
  private static final Pattern HEADER =
      Pattern.compile(
          "\\{'descr': '([<|][a-zA-Z]\\d{1,5})', 'fortran_order': False, 'shape':"
              + " \\((\\d{1,9}),(?: (\\d{1,5}))?\\), \\}\\s*");
  private static final Pattern TYPE = Pattern.compile("<([fU]|i(?=[248]$))(\\d+)|\\|([biu])1");
  private static final String MAGIC = "\u0093NUMPY\u0001";
  private static final int BUFFER = 1 << 16;

  private final String name;
  private final DataInputStream values;
  private final char kind;
  private final int size;
  private final int rows;
  private final int columns;

  private NpzArray(String name, DataInputStream values) throws IOException {
    this.name = name;
    this.values = values;
    Matcher header = header();
    Matcher type = TYPE.matcher(header.group(1));
    if (!type.matches()) {
      throw new IOException("its array '%s' has the type %s".formatted(name, header.group(1)));
    }
    kind = Optional.ofNullable(type.group(1)).orElse(type.group(3)).charAt(0);
    size = type.group(2) == null ? 1 : Integer.parseInt(type.group(2));
    rows = Integer.parseInt(header.group(2));
    columns = header.group(3) == null ? 0 : Integer.parseInt(header.group(3));
  }

  /**
   * Opens an array of a file, if it has one of that name.
   *
   * @throws IOException if it is damaged or of a form that is not read
   */
  static Optional<NpzArray> find(ZipFile zip, String name) throws IOException {
    ZipEntry entry = zip.getEntry(name + ".npy");
    return entry == null
        ? Optional.empty()
        : Optional.of(
            new NpzArray(
                name,
                new DataInputStream(new BufferedInputStream(zip.getInputStream(entry), BUFFER))));
  }

  /**
   * Opens an array of a file.
   *
   * @throws IOException if there is none, or it is damaged or of a form that is not read
   */
  static NpzArray open(ZipFile zip, String name) throws IOException {
    return find(zip, name)
        .orElseThrow(() -> new IOException("it has no array '%s'".formatted(name)));
  }

  private Matcher header() throws IOException {
    byte[] start = new byte[8];
    values.readFully(start);
    String header = "";
    if (new String(start, StandardCharsets.ISO_8859_1).startsWith(MAGIC)) {
      byte[] text = new byte[Short.toUnsignedInt(Short.reverseBytes(values.readShort()))];
      values.readFully(text);
      header = new String(text, StandardCharsets.ISO_8859_1);
    }
    Matcher matcher = HEADER.matcher(header);
    if (!matcher.matches()) {
      throw new IOException(
          "its array '%s' is none that embeddings have: %s".formatted(name, header.strip()));
    }
    return matcher;
  }

  /** How many rows it has. */
  int rows() {
    return rows;
  }

  /** How many numbers a row has; 0 where it is one value. */
  int columns() {
    return columns;
  }

  /** Passes over rows. */
  void skip(long count) throws IOException {
    values.skipNBytes(count * Math.max(1, columns) * (kind == 'U' ? size * Integer.BYTES : size));
  }

  /** The next row, of float32 or float64. */
  float[] vector() throws IOException {
    if (kind != 'f' || columns == 0 || (size != Float.BYTES && size != Double.BYTES)) {
      throw new IOException(
          "its array '%s' has no rows of float32 or float64 numbers".formatted(name));
    }
    byte[] bytes = new byte[Math.multiplyExact(columns, size)];
    values.readFully(bytes);
    ByteBuffer numbers = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    float[] vector = new float[columns];
    for (int i = 0; i < columns; i++) {
      vector[i] = size == Float.BYTES ? numbers.getFloat() : (float) numbers.getDouble();
    }
    return vector;
  }

  /** The next value, a text or a whole number, as text. */
  String word() throws IOException {
    if (columns > 0 || (kind != 'U' && kind != 'i' && kind != 'u')) {
      throw new IOException("its array '%s' is no list of texts or whole numbers".formatted(name));
    }
    if (kind == 'U') {
      return text();
    }
    byte[] bytes = new byte[Long.BYTES];
    values.readFully(bytes, 0, size);
    boolean negative = kind == 'i' && bytes[size - 1] < 0;
    for (int i = size; i < Long.BYTES; i++) {
      bytes[i] = (byte) (negative ? -1 : 0);
    }
    return Long.toString(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong());
  }

  /** A text as NumPy has it: four bytes a character, filled up with zeros. */
  private String text() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < size; i++) {
      int point = Integer.reverseBytes(values.readInt());
      if (point != 0) {
        text.appendCodePoint(point);
      }
    }
    return text.toString();
  }

  /** The next value, true or false. */
  boolean truth() throws IOException {
    if (kind != 'b' || columns > 0) {
      throw new IOException("its array '%s' is no list of truth values".formatted(name));
    }
    return values.readByte() != 0;
  }

  @Override
  public void close() throws IOException {
    values.close();
  }
}
