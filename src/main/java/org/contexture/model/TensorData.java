package org.contexture.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * An immutable tensor outside native memory: what a safetensors file holds under one name.
 *
 * @param type type of the elements
 * @param shape its sizes; empty for a scalar
 * @param data the elements, little-endian, row-major
 */
public record TensorData(Type type, List<Long> shape, ByteBuffer data) {

  /** The element types that are read; float32, int64 and bytes are written. */
  public enum Type {
    F64(8),
    F32(4),
    F16(2),
    BF16(2),
    I64(8),
    U8(1);

    private final int bytes;

    Type(int bytes) {
      this.bytes = bytes;
    }

    int bytes() {
      return bytes;
    }

    boolean isFloatingPoint() {
      return this != I64 && this != U8;
    }
  }

  public TensorData {
    shape = List.copyOf(shape);
    data = data.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
    long bytes = new TensorLayout(type, shape).bytes();
    if (data.remaining() != bytes) {
      throw new IllegalArgumentException(
          "%s%s has %d bytes, not %d".formatted(type, shape, data.remaining(), bytes));
    }
  }

  /** A float32 tensor. */
  public static TensorData of(float[] values, List<Long> shape) {
    ByteBuffer data = allocate(Math.multiplyExact(values.length, Float.BYTES));
    data.asFloatBuffer().put(values);
    return new TensorData(Type.F32, shape, data);
  }

  /** An int64 tensor. */
  public static TensorData of(long[] values, List<Long> shape) {
    ByteBuffer data = allocate(Math.multiplyExact(values.length, Long.BYTES));
    data.asLongBuffer().put(values);
    return new TensorData(Type.I64, shape, data);
  }

  /** A row of bytes, from position to limit; they are not copied. */
  public static TensorData of(ByteBuffer bytes) {
    return new TensorData(Type.U8, List.of((long) bytes.remaining()), bytes.slice());
  }

  /** A copy of a float32 or int64 array, on whatever device it is. */
  public static TensorData copyOf(NDArray array) {
    // What is on a GPU, DJL copies to the manager of the array before it reads it.
    try (NDManager scope = array.getManager().newSubManager()) {
      NDArray alias = array.stopGradient();
      alias.attach(scope);
      return new TensorData(
          array.getDataType() == DataType.INT64 ? Type.I64 : Type.F32,
          Arrays.stream(array.getShape().getShape()).boxed().toList(),
          alias.toByteBuffer());
    }
  }

  TensorLayout layout() {
    return new TensorLayout(type, shape);
  }

  /** The elements, little-endian, from its position to its limit: a view of its own. */
  @Override
  public ByteBuffer data() {
    return data.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The elements of a floating-point tensor, rounded to float32. */
  public float[] floats() {
    float[] values = new float[data.remaining() / type.bytes()];
    ByteBuffer view = data();
    switch (type) {
      case F32 -> view.asFloatBuffer().get(values);
      case F64 -> {
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) view.getDouble();
        }
      }
      case BF16 -> {
        for (int i = 0; i < values.length; i++) {
          values[i] = Float.intBitsToFloat(view.getShort() << 16);
        }
      }
      case F16 -> {
        for (int i = 0; i < values.length; i++) {
          values[i] = half(view.getShort());
        }
      }
      case I64, U8 -> throw new IllegalStateException(type + " is no floating-point type");
    }
    return values;
  }

  /** The elements of an int64 tensor. */
  public long[] longs() {
    if (type != Type.I64) {
      throw new IllegalStateException(type + " is not I64");
    }
    long[] values = new long[data.remaining() / Long.BYTES];
    data().asLongBuffer().get(values);
    return values;
  }

  /** The bytes of a tensor of bytes. */
  public byte[] bytes() {
    if (type != Type.U8) {
      throw new IllegalStateException(type + " is not U8");
    }
    byte[] values = new byte[data.remaining()];
    data().get(values);
    return values;
  }

  @Override
  public String toString() {
    return type.name() + shape;
  }

  /** IEEE 754 binary16 to binary32, which is exact. */
  private static float half(short bits) {
    int sign = (bits & 0x8000) << 16;
    int exponent = bits >> 10 & 0x1f;
    int fraction = bits & 0x3ff;
    if (exponent == 0) {
      float magnitude = fraction * 0x1p-24f;
      return sign == 0 ? magnitude : -magnitude;
    }
    int widened = exponent == 0x1f ? 0xff : exponent + 112;
    return Float.intBitsToFloat(sign | widened << 23 | fraction << 13);
  }

  private static ByteBuffer allocate(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
