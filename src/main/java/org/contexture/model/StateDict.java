package org.contexture.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.contexture.failure.Failure;

/** Checks that tensors from a file are those of a network. */
final class StateDict {
  private StateDict() {}

  /**
   * The given tensors, floats as float32, if they are exactly those expected.
   *
   * @param source where they are from, for messages
   * @throws Failure (data) naming every tensor that is missing, unexpected or of another shape
   */
  static SortedMap<String, TensorData> conform(
      SortedMap<String, TensorData> given,
      List<StateEntry> expected,
      ModelConfig config,
      String source) {
    List<String> missing = new ArrayList<>();
    List<String> wrong = new ArrayList<>();
    SortedMap<String, TensorData> tensors = new TreeMap<>();
    for (StateEntry entry : expected) {
      TensorData tensor = given.get(entry.name());
      if (tensor == null) {
        missing.add(entry.name());
      } else if (!tensor.shape().equals(entry.shape()) || !fits(tensor.type(), entry)) {
        String wanted = (entry.isFloat() ? "F32" : "I64") + entry.shape();
        wrong.add("%s (expected %s, found %s)".formatted(entry.name(), wanted, tensor));
      } else {
        boolean convert = entry.isFloat() && tensor.type() != TensorData.Type.F32;
        tensors.put(
            entry.name(), convert ? TensorData.of(tensor.floats(), tensor.shape()) : tensor);
      }
    }
    Set<String> names = expected.stream().map(StateEntry::name).collect(Collectors.toSet());
    List<String> unexpected =
        given.keySet().stream().filter(name -> !names.contains(name)).toList();
    if (!missing.isEmpty() || !wrong.isEmpty() || !unexpected.isEmpty()) {
      throw Failure.data(
          "The weights in %s do not fit %s. Missing: %s. Unexpected: %s. Of another shape or type:"
              + " %s. Use weights of that network, or change the model to the one they are for.",
          source, config.toJson(), listed(missing), listed(unexpected), listed(wrong));
    }
    return tensors;
  }

  /**
   * Tensors with the batch counters that files made before PyTorch 0.4.1 do not have; nothing
   * depends on them.
   */
  static SortedMap<String, TensorData> withCounters(
      SortedMap<String, TensorData> given, List<StateEntry> expected) {
    SortedMap<String, TensorData> tensors = new TreeMap<>(given);
    for (StateEntry entry : expected) {
      if (!entry.isFloat()) {
        tensors.putIfAbsent(entry.name(), TensorData.of(new long[] {0}, entry.shape()));
      }
    }
    return tensors;
  }

  private static boolean fits(TensorData.Type type, StateEntry entry) {
    return entry.isFloat() ? type.isFloatingPoint() : type == TensorData.Type.I64;
  }

  private static String listed(List<String> names) {
    return names.isEmpty() ? "none" : String.join(", ", names);
  }
}
