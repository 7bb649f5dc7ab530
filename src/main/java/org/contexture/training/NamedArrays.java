package org.contexture.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.contexture.model.TensorData;

/** Arrays out of native memory and back, under a common prefix of their names. */
final class NamedArrays {
  private NamedArrays() {}

  /** Copies of float32 and int64 arrays. */
  static SortedMap<String, TensorData> save(String prefix, Map<String, NDArray> arrays) {
    SortedMap<String, TensorData> saved = new TreeMap<>();
    arrays.forEach((name, array) -> saved.put(prefix + name, TensorData.copyOf(array)));
    return saved;
  }

  /** The arrays whose names start with the prefix, without it. */
  static SortedMap<String, NDArray> load(
      String prefix, SortedMap<String, TensorData> saved, NDManager manager) {
    SortedMap<String, NDArray> arrays = new TreeMap<>();
    saved
        .tailMap(prefix)
        .forEach(
            (name, tensor) -> {
              if (name.startsWith(prefix)) {
                arrays.put(name.substring(prefix.length()), load(tensor, manager));
              }
            });
    return arrays;
  }

  /** One array. */
  static NDArray load(TensorData tensor, NDManager manager) {
    Shape shape = new Shape(tensor.shape().stream().mapToLong(Long::longValue).toArray());
    return tensor.type() == TensorData.Type.I64
        ? manager.create(tensor.longs(), shape)
        : manager.create(tensor.floats(), shape);
  }
}
