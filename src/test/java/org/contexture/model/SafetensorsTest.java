package org.contexture.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.contexture.failure.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {

  @Test
  void isWrittenByteForByteAsSpecified() {
    Safetensors file =
        Safetensors.of(
            new TreeMap<>(
                Map.of(
                    "b", TensorData.of(new float[] {1}, List.of(1L, 1L)),
                    "a", TensorData.of(new long[] {-2}, List.of()))));
    String header =
        "{\"a\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[0,8]},"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[1,1],\"data_offsets\":[8,12]}}";
    ByteBuffer bytes = ByteBuffer.wrap(file.toBytes()).order(ByteOrder.LITTLE_ENDIAN);
    long length = bytes.getLong();
    assertThat(length % 8).isZero();
    byte[] written = new byte[(int) length];
    bytes.get(written);
    assertThat(new String(written, StandardCharsets.UTF_8).stripTrailing()).isEqualTo(header);
    assertThat(bytes.getLong()).isEqualTo(-2);
    assertThat(bytes.getFloat()).isEqualTo(1);
    assertThat(bytes.hasRemaining()).isFalse();
  }

  @Test
  void comesBackAsItWasWritten() {
    Safetensors file =
        new Safetensors(
            new TreeMap<>(Map.of("epoch", "3")),
            new TreeMap<>(
                Map.of(
                    "floats", TensorData.of(new float[] {1, -0.0f, Float.NaN}, List.of(3L)),
                    "bytes", TensorData.of(ByteBuffer.wrap(new byte[] {1, 2, 3})),
                    "nothing", TensorData.of(new float[0], List.of(0L, 7L)))));
    Safetensors read = Safetensors.parse(file.toBytes(), "memory");
    assertThat(read.metadata()).isEqualTo(file.metadata());
    assertThat(read.toBytes()).isEqualTo(file.toBytes());
    assertThat(read.tensors().get("bytes").bytes()).containsExactly(1, 2, 3);
  }

  @Test
  void isTheSameWrittenPieceByPiece() throws IOException {
    Safetensors file =
        new Safetensors(
            new TreeMap<>(Map.of("epoch", "3")),
            new TreeMap<>(Map.of("x", TensorData.of(new float[] {1, 2}, List.of(2L)))));
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    file.writeTo(Channels.newChannel(written));
    assertThat(written.toByteArray()).isEqualTo(file.toBytes());
  }

  @ParameterizedTest
  @CsvSource({
    "F64, 000000000000F83F, 1.5",
    "F32, 0000C03F, 1.5",
    "F16, 003E, 1.5",
    "F16, 0100, 5.9604645E-8",
    "F16, 00C0, -2",
    "F16, 007C, Infinity",
    "BF16, C03F, 1.5"
  })
  void readsEveryFloatingPointType(String type, String hex, float expected) {
    byte[] data = HexFormat.of().parseHex(hex);
    String header =
        "{\"x\":{\"dtype\":\"%s\",\"shape\":[],\"data_offsets\":[0,%d]}}"
            .formatted(type, data.length);
    assertThat(Safetensors.parse(file(header, data), "memory").tensors().get("x").floats())
        .containsExactly(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]|is not a JSON object",
        "{]|is not JSON",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"x\":{}}|is not JSON",
        "{\"x\":{\"dtype\":\"C64\",\"shape\":[1],\"data_offsets\":[0,4]}}|element type \"C64\"",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}|has -1 in its shape",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[1e9],\"data_offsets\":[0,4]}}|in its shape",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":1,\"data_offsets\":[0,4]}}|no list shape",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}|has 4 bytes",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}|claims bytes 0 to 8 of 4",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,0]}}|claims bytes 4 to 0",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0]}}|has 1 data_offsets",
        "{\"x\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[0,2]}}|2 bytes follow",
        "{\"x\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[1,4]}}|gap at byte 0",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"y\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}}|overlap",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4],\"data_offsets\":[0,0]}}|has 0 bytes",
        "{\"__metadata__\":{\"a\":1}}|more than text"
      })
  void refusesAHeaderThatLies(String header, String reason) {
    byte[] file = file(header, new byte[4]);
    assertThatThrownBy(() -> Safetensors.parse(file, "weights.safetensors"))
        .isInstanceOf(Failure.class)
        .hasMessageStartingWith("weights.safetensors is not a safetensors file that can be used: ")
        .hasMessageContaining(reason);
  }

  @Test
  void refusesAHeaderLengthBeyondTheFile() {
    byte[] file = file("{}", new byte[0]);
    for (int i = 0; i < 8; i++) {
      byte[] changed = file.clone();
      changed[i] = (byte) 0x80;
      assertThatThrownBy(() -> Safetensors.parse(changed, "f"))
          .isInstanceOf(Failure.class)
          .hasMessageContaining("its header claims");
    }
    assertThatThrownBy(() -> Safetensors.parse(Arrays.copyOf(file, 7), "f"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("it has only 7 bytes");
  }

  private static byte[] file(String header, byte[] data) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + text.length + data.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(text.length)
        .put(text)
        .put(data)
        .array();
  }
}
