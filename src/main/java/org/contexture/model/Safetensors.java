package org.contexture.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.contexture.failure.Failure;

/**
 * Named tensors in the <a href="https://github.com/huggingface/safetensors">safetensors</a> format.
 *
 * <p>Equal content is written as equal bytes. Reading trusts nothing: the header's length and JSON,
 * duplicate names, types, shapes and offsets are checked before a byte is used, and the tensors
 * have to cover the data exactly, without gap or overlap, as the format demands.
 *
 * @param metadata the header's {@code __metadata__}
 * @param tensors the tensors by name
 */
public record Safetensors(
    SortedMap<String, String> metadata, SortedMap<String, TensorData> tensors) {
  private static final String METADATA = "__metadata__";
  private static final int MAXIMUM_HEADER = 100_000_000;
  private static final int MAXIMUM_DIMENSIONS = 16;

  public Safetensors {
    metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
    tensors = Collections.unmodifiableSortedMap(new TreeMap<>(tensors));
  }

  /** Tensors without metadata. */
  public static Safetensors of(SortedMap<String, TensorData> tensors) {
    return new Safetensors(new TreeMap<>(), tensors);
  }

  /**
   * The file's bytes.
   *
   * @throws ArithmeticException if they are 2 GiB or more
   */
  public byte[] toBytes() {
    return write(metadata, layouts(), (name, elements) -> elements.put(tensors.get(name).data()));
  }

  /**
   * The bytes of a file whose tensors are written where they lie, so that memory holds them once.
   *
   * @param layouts what tensors there are, by name
   * @param writer puts all elements of the tensor of a name
   * @throws ArithmeticException if they are 2 GiB or more
   */
  static byte[] write(
      SortedMap<String, TensorLayout> layouts, BiConsumer<String, ByteBuffer> writer) {
    return write(new TreeMap<>(), layouts, writer);
  }

  private static byte[] write(
      SortedMap<String, String> metadata,
      SortedMap<String, TensorLayout> layouts,
      BiConsumer<String, ByteBuffer> writer) {
    byte[] header = header(metadata, layouts);
    long length = header.length + (long) Long.BYTES;
    for (TensorLayout layout : layouts.values()) {
      length = Math.addExact(length, layout.bytes());
    }
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(length));
    bytes.put(lengthOf(header)).put(header);
    layouts.forEach(
        (name, layout) -> {
          int size = (int) layout.bytes();
          ByteBuffer elements = bytes.slice(bytes.position(), size).order(ByteOrder.LITTLE_ENDIAN);
          writer.accept(name, elements);
          if (elements.hasRemaining()) {
            throw new IllegalStateException("not all of %s was written".formatted(name));
          }
          bytes.position(bytes.position() + size);
        });
    return bytes.array();
  }

  private SortedMap<String, TensorLayout> layouts() {
    SortedMap<String, TensorLayout> layouts = new TreeMap<>();
    tensors.forEach((name, tensor) -> layouts.put(name, tensor.layout()));
    return layouts;
  }

  /** Writes the file without a copy of its tensors. */
  public void writeTo(WritableByteChannel channel) throws IOException {
    byte[] header = header(metadata, layouts());
    writeFully(channel, lengthOf(header));
    writeFully(channel, ByteBuffer.wrap(header));
    for (TensorData tensor : tensors.values()) {
      writeFully(channel, tensor.data());
    }
  }

  private static void writeFully(WritableByteChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static ByteBuffer lengthOf(byte[] header) {
    ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    return length.putLong(header.length).flip();
  }

  private static byte[] header(
      SortedMap<String, String> metadata, SortedMap<String, TensorLayout> layouts) {
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    try (JsonGenerator json = new JsonFactory().createGenerator(header)) {
      json.writeStartObject();
      if (!metadata.isEmpty()) {
        json.writeObjectFieldStart(METADATA);
        for (Map.Entry<String, String> entry : metadata.entrySet()) {
          json.writeStringField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
      }
      long offset = 0;
      for (Map.Entry<String, TensorLayout> entry : layouts.entrySet()) {
        TensorLayout layout = entry.getValue();
        json.writeObjectFieldStart(entry.getKey());
        json.writeStringField("dtype", layout.type().name());
        json.writeFieldName("shape");
        json.writeArray(toArray(layout.shape()), 0, layout.shape().size());
        json.writeFieldName("data_offsets");
        json.writeArray(new long[] {offset, offset + layout.bytes()}, 0, 2);
        json.writeEndObject();
        offset += layout.bytes();
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    while (header.size() % Long.BYTES != 0) {
      header.write(' ');
    }
    return header.toByteArray();
  }

  private static long[] toArray(List<Long> shape) {
    return shape.stream().mapToLong(Long::longValue).toArray();
  }

  /**
   * Reads a file.
   *
   * @param bytes its content, which the tensors go on to use
   * @param source where it is from, for messages
   * @throws Failure (data) if it is no safetensors file, or one with element types other than
   *     {@link TensorData.Type}
   */
  public static Safetensors parse(byte[] bytes, String source) {
    return parse(ByteBuffer.wrap(bytes), source);
  }

  /**
   * Reads a file, as {@link #parse(byte[], String)}.
   *
   * @param bytes its content from position to limit, which the tensors go on to use
   */
  public static Safetensors parse(ByteBuffer bytes, String source) {
    return new Reader(bytes.slice().order(ByteOrder.LITTLE_ENDIAN), source).read();
  }

  /** Reads one file. */
  private static final class Reader {
    private final ByteBuffer bytes;
    private final String source;

    Reader(ByteBuffer bytes, String source) {
      this.bytes = bytes;
      this.source = source;
    }

    Safetensors read() {
      check(bytes.remaining() >= Long.BYTES, "it has only %d bytes", bytes.remaining());
      long headerLength = bytes.getLong();
      check(
          headerLength >= 2 && headerLength <= Math.min(bytes.remaining(), MAXIMUM_HEADER),
          "its header claims %d bytes where %d follow",
          headerLength,
          bytes.remaining());
      JsonNode header = json((int) headerLength);
      ByteBuffer data = bytes.slice();
      SortedMap<String, String> metadata = new TreeMap<>();
      SortedMap<String, TensorData> tensors = new TreeMap<>();
      List<long[]> ranges = new ArrayList<>();
      header
          .fields()
          .forEachRemaining(
              field -> {
                if (field.getKey().equals(METADATA)) {
                  metadata.putAll(metadata(field.getValue()));
                } else {
                  String name = field.getKey();
                  tensors.put(name, tensor(name, field.getValue(), data, ranges));
                }
              });
      checkCover(ranges, data.remaining());
      return new Safetensors(metadata, tensors);
    }

    private JsonNode json(int length) {
      JsonMapper mapper =
          JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
      byte[] text = new byte[length];
      bytes.get(text);
      JsonNode header;
      try {
        header = mapper.readTree(text);
      } catch (IOException e) {
        throw refusal("its header is not JSON").causedBy(e);
      }
      check(header.isObject(), "its header is not a JSON object");
      return header;
    }

    private SortedMap<String, String> metadata(JsonNode node) {
      SortedMap<String, String> metadata = new TreeMap<>();
      check(node.isObject(), "its %s is not an object", METADATA);
      node.fields()
          .forEachRemaining(
              field -> {
                check(field.getValue().isTextual(), "its %s has more than text", METADATA);
                metadata.put(field.getKey(), field.getValue().textValue());
              });
      return metadata;
    }

    private TensorData tensor(String name, JsonNode node, ByteBuffer data, List<long[]> ranges) {
      TensorData.Type type = type(name, node.path("dtype"));
      List<Long> shape = numbers(name, "shape", node.path("shape"));
      check(shape.size() <= MAXIMUM_DIMENSIONS, "tensor %s has %d dimensions", name, shape.size());
      List<Long> offsets = numbers(name, "data_offsets", node.path("data_offsets"));
      check(offsets.size() == 2, "tensor %s has %d data_offsets", name, offsets.size());
      long start = offsets.get(0);
      long end = offsets.get(1);
      check(
          start <= end && end <= data.remaining(),
          "tensor %s claims bytes %d to %d of %d",
          name,
          start,
          end,
          data.remaining());
      check(
          sizeOrMinusOne(type, shape) == end - start,
          "tensor %s of type %s and shape %s has %d bytes",
          name,
          type,
          shape,
          end - start);
      ranges.add(new long[] {start, end});
      return new TensorData(type, shape, data.slice((int) start, (int) (end - start)));
    }

    private TensorData.Type type(String name, JsonNode node) {
      for (TensorData.Type type : TensorData.Type.values()) {
        if (node.isTextual() && type.name().equals(node.textValue())) {
          return type;
        }
      }
      throw refusal("tensor %s has the element type %s".formatted(name, node));
    }

    private List<Long> numbers(String name, String field, JsonNode node) {
      List<Long> numbers = new ArrayList<>();
      check(node.isArray(), "tensor %s has no list %s", name, field);
      for (JsonNode number : node) {
        check(
            number.isIntegralNumber() && number.canConvertToLong() && number.longValue() >= 0,
            "tensor %s has %s in its %s",
            name,
            number,
            field);
        numbers.add(number.longValue());
      }
      return numbers;
    }

    private static long sizeOrMinusOne(TensorData.Type type, List<Long> shape) {
      try {
        return new TensorLayout(type, shape).bytes();
      } catch (ArithmeticException e) {
        return -1;
      }
    }

    private void checkCover(List<long[]> ranges, long length) {
      ranges.sort(
          Comparator.<long[]>comparingLong(range -> range[0]).thenComparing(range -> range[1]));
      long covered = 0;
      for (long[] range : ranges) {
        check(range[0] == covered, "its tensors overlap or leave a gap at byte %d", covered);
        covered = range[1];
      }
      check(covered == length, "%d bytes follow its last tensor", length - covered);
    }

    @FormatMethod
    private void check(boolean holds, @FormatString String reason, Object... arguments) {
      if (!holds) {
        throw refusal(String.format(reason, arguments));
      }
    }

    private Failure refusal(String reason) {
      return Failure.data(
          "%s is not a safetensors file that can be used: %s. Fetch or write it again.",
          source, reason);
    }
  }
}
