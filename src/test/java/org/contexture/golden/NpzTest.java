package org.contexture.golden;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpzTest {
  @TempDir Path directory;
  private Npz npz;

  @BeforeEach
  void write() throws IOException {
    Path file = directory.resolve("arrays.npz");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      put(zip, "floats", "<f4", "(2, 2)", buffer().putFloat(1).putFloat(2).putFloat(3).putFloat(4));
      put(zip, "longs", "<i8", "(2,)", buffer().putLong(-5).putLong(1L << 40));
      put(zip, "bytes", "|u1", "(3,)", buffer().put(new byte[] {1, 2, -1}));
      put(zip, "scalar", "<f4", "()", buffer().putFloat(0.5f));
    }
    npz = Npz.read(file);
  }

  @Test
  void readsEachTypeInTheOrderOfTheFile() {
    assertThat(npz.names()).containsExactly("floats", "longs", "bytes", "scalar");
    assertThat(npz.floats("floats")).containsExactly(1, 2, 3, 4);
    assertThat(npz.longs("longs")).containsExactly(-5, 1L << 40);
    assertThat(npz.bytes("bytes")).containsExactly(1, 2, -1);
    assertThat(npz.floats("scalar")).containsExactly(0.5f);
  }

  @Test
  void readsShapes() {
    assertThat(npz.shape("floats")).containsExactly(2, 2);
    assertThat(npz.shape("longs")).containsExactly(2);
    assertThat(npz.shape("scalar")).isEmpty();
  }

  @Test
  void refusesAnArrayOfAnotherType() {
    assertThatThrownBy(() -> npz.floats("longs"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("longs is no <f4 array");
  }

  @Test
  void refusesAnArrayThatIsNotThere() {
    assertThat(npz.has("doubles")).isFalse();
    assertThatThrownBy(() -> npz.floats("doubles")).hasMessageContaining("no array doubles");
  }

  private static ByteBuffer buffer() {
    return ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void put(
      ZipOutputStream zip, String name, String type, String shape, ByteBuffer values)
      throws IOException {
    String fields = "{'descr': '%s', 'fortran_order': False, 'shape': %s, }";
    byte[] header = (fields.formatted(type, shape) + "\n").getBytes(ISO_8859_1);
    ByteBuffer member = ByteBuffer.allocate(256).order(ByteOrder.LITTLE_ENDIAN);
    member.put("\u0093NUMPY\u0001\u0000".getBytes(ISO_8859_1));
    member.putShort((short) header.length).put(header).put(values.flip());
    zip.putNextEntry(new ZipEntry(name + ".npy"));
    zip.write(member.array(), 0, member.position());
    zip.closeEntry();
  }
}
