package org.contexture.golden;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The arrays of one {@code .npz} file: a zip of {@code name.npy} members, each the magic {@code
 * \x93NUMPY}, a version, the length of a header, the header (a Python dictionary with type and
 * shape) and the values, little-endian in C order.
 *
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">the npy
 *     format</a>
 */
public final class Npz {
  private static final String SUFFIX = ".npy";
  private static final byte[] MAGIC = "\u0093NUMPY".getBytes(ISO_8859_1);
  private static final Pattern TYPE = Pattern.compile("'descr':\\s*'([^']*)'");
  private static final Pattern ORDER = Pattern.compile("'fortran_order':\\s*(\\w+)");
  private static final Pattern SHAPE = Pattern.compile("'shape':\\s*\\(([^)]*)\\)");

  private final Path file;
  private final Map<String, byte[]> members;

  private Npz(Path file, Map<String, byte[]> members) {
    this.file = file;
    this.members = members;
  }

  /** Reads a file. */
  public static Npz read(Path file) {
    Map<String, byte[]> members = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      Enumeration<? extends ZipEntry> entries = zip.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        String name = entry.getName();
        if (name.endsWith(SUFFIX)) {
          members.put(
              name.substring(0, name.length() - SUFFIX.length()),
              zip.getInputStream(entry).readAllBytes());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
    return new Npz(file, Collections.unmodifiableMap(members));
  }

  /** The names of all arrays, in the order of the file. */
  public Set<String> names() {
    return members.keySet();
  }

  public boolean has(String name) {
    return members.containsKey(name);
  }

  /** The lengths of the dimensions of an array; none for a scalar. */
  public long[] shape(String name) {
    String shape = field(SHAPE, header(member(name)));
    return Arrays.stream(shape.split(","))
        .map(String::strip)
        .filter(length -> !length.isEmpty())
        .mapToLong(Long::parseLong)
        .toArray();
  }

  /** The values of a float32 array. */
  public float[] floats(String name) {
    float[] values = new float[count(name)];
    values(name, "<f4").asFloatBuffer().get(values);
    return values;
  }

  /** The values of an int64 array. */
  public long[] longs(String name) {
    long[] values = new long[count(name)];
    values(name, "<i8").asLongBuffer().get(values);
    return values;
  }

  /** The values of an uint8 array. */
  public byte[] bytes(String name) {
    byte[] values = new byte[count(name)];
    values(name, "|u1").get(values);
    return values;
  }

  private int count(String name) {
    return Math.toIntExact(Arrays.stream(shape(name)).reduce(1, Math::multiplyExact));
  }

  private ByteBuffer values(String name, String type) {
    ByteBuffer member = member(name);
    String header = header(member);
    if (!field(TYPE, header).equals(type) || !field(ORDER, header).equals("False")) {
      throw new IllegalArgumentException(
          "%s: %s is no %s array in C order: %s".formatted(file, name, type, header));
    }
    return member;
  }

  private ByteBuffer member(String name) {
    byte[] bytes = members.get(name);
    if (bytes == null) {
      throw new IllegalArgumentException("%s has no array %s".formatted(file, name));
    }
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Reads the header of a member, so that the member is left at its values. */
  private String header(ByteBuffer member) {
    byte[] magic = new byte[MAGIC.length];
    member.get(magic);
    byte major = member.get();
    member.get();
    if (!Arrays.equals(magic, MAGIC) || major != 1) {
      throw new IllegalArgumentException("%s holds something else than npy 1.x".formatted(file));
    }
    byte[] header = new byte[Short.toUnsignedInt(member.getShort())];
    member.get(header);
    return new String(header, ISO_8859_1);
  }

  private static String field(Pattern pattern, String header) {
    Matcher matcher = pattern.matcher(header);
    if (!matcher.find()) {
      throw new IllegalArgumentException("Not an npy header: " + header);
    }
    return matcher.group(1);
  }
}
