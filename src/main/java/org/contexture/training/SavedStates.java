package org.contexture.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.contexture.model.Safetensors;
import org.contexture.model.TensorData;
import org.contexture.record.TrainingState;
import org.contexture.shard.Shard;
import org.contexture.shard.ShardWriter;

/**
 * The states a training keeps for itself in a directory, so that it can go on after its process
 * died. A state appears by one rename and is a shard of one record, so it is whole or not there; the
 * one before it goes only then.
 */
final class SavedStates {
  private static final String PREFIX = "epoch-";
  private static final String FILE = "state.avro";

  private final Path directory;

  SavedStates(Path directory) {
    this.directory = directory;
  }

  /** The newest state, if there is one. */
  Optional<TrainingState> newest() {
    return directories(PREFIX).stream()
        .reduce((first, second) -> second)
        .map(newest -> read(newest.resolve(FILE)));
  }

  private static TrainingState read(Path file) {
    try {
      return Shard.<TrainingState>open(file, TrainingState.getClassSchema()).read(0);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Keeps a state and lets the ones before it go. */
  void save(TrainingState state) {
    try {
      Files.createDirectories(directory);
      for (Path torn : directories(".")) {
        delete(torn);
      }
      List<Path> older = directories(PREFIX);
      String name = "%s%05d".formatted(PREFIX, state.getEpoch());
      Path unfinished = Files.createDirectories(directory.resolve("." + name));
      try (ShardWriter<TrainingState> writer =
          ShardWriter.create(unfinished.resolve(FILE), TrainingState.getClassSchema(), name)) {
        writer.append(state);
        writer.finish();
      }
      Files.move(unfinished, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
      for (Path old : older) {
        delete(old);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private List<Path> directories(String prefix) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(directory)) {
      return children
          .filter(child -> child.getFileName().toString().startsWith(prefix))
          .sorted()
          .toList();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static void delete(Path state) throws IOException {
    try (Stream<Path> files = Files.walk(state)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** Arrays as safetensors: float32 and int64. */
  static byte[] encode(Map<String, NDArray> arrays) {
    SortedMap<String, TensorData> tensors = new TreeMap<>();
    arrays.forEach(
        (name, array) -> {
          List<Long> shape = Arrays.stream(array.getShape().getShape()).boxed().toList();
          tensors.put(
              name,
              array.getDataType() == DataType.INT64
                  ? TensorData.of(array.toLongArray(), shape)
                  : TensorData.of(array.toFloatArray(), shape));
        });
    return Safetensors.of(tensors).toBytes();
  }

  /** What {@link #encode} wrote, as arrays of a manager. */
  static SortedMap<String, NDArray> decode(byte[] bytes, NDManager manager) {
    SortedMap<String, NDArray> arrays = new TreeMap<>();
    Safetensors.parse(bytes, "the state of the training")
        .tensors()
        .forEach(
            (name, tensor) -> {
              Shape shape =
                  new Shape(tensor.shape().stream().mapToLong(Long::longValue).toArray());
              arrays.put(
                  name,
                  tensor.type() == TensorData.Type.I64
                      ? manager.create(tensor.longs(), shape)
                      : manager.create(tensor.floats(), shape));
            });
    return arrays;
  }
}
