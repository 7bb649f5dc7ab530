package org.contexture.model;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;
import org.contexture.failure.Failure;
import org.contexture.model.StateEntry.Role;

/**
 * The weights a network starts from, as safetensors.
 *
 * <p>Random weights have torchvision's distributions: convolutions normal with variance 2 / (output
 * channels × kernel area) ("Delving Deep into Rectifiers", He et al. 2015, fan-out), normalisation
 * 1 and 0, linear layers uniform in ±1/√inputs, or, in heads of the 224 track, normal with variance
 * 2 / outputs and no bias. Each tensor is drawn from a stream of its own ({@link NormalStream}), in
 * row-major order, so it depends on the seed, its name and its shape alone.
 */
public final class InitialWeights {
  private static final String BACKBONE_PREFIX = NetworkDefinition.BACKBONE_PREFIX;

  private InitialWeights() {}

  /** Random weights for a network. */
  public static byte[] random(ModelConfig config, long seed) {
    return written(config, seed, new TreeMap<>());
  }

  /**
   * A given backbone under a random head.
   *
   * @param weights safetensors, or what {@code torch.save} writes of a state dict or a whole
   *     module; a classifier or a head in it is left aside
   * @param source where the file is from, for messages
   * @throws Failure (data) naming every tensor that is missing, unexpected or of another shape
   */
  public static byte[] pretrained(ModelConfig config, long seed, byte[] weights, String source) {
    SortedMap<String, TensorData> given =
        new TreeMap<>(WeightsFile.parse(weights, source).tensors());
    given.keySet().removeIf(name -> !name.startsWith(BACKBONE_PREFIX));
    List<StateEntry> expected =
        NetworkDefinition.of(config).entries().stream().filter(StateEntry::inBackbone).toList();
    return written(
        config,
        seed,
        StateDict.conform(StateDict.withCounters(given, expected), expected, config, source));
  }

  /** The given tensors, and random ones for all others. */
  private static byte[] written(
      ModelConfig config, long seed, SortedMap<String, TensorData> given) {
    NetworkDefinition definition = NetworkDefinition.of(config);
    SortedMap<String, StateEntry> entries = new TreeMap<>();
    definition.entries().forEach(entry -> entries.put(entry.name(), entry));
    return Safetensors.write(
        definition.layouts(),
        (name, elements) -> {
          TensorData tensor = given.get(name);
          if (tensor == null) {
            draw(entries.get(name), config, seed, elements);
          } else {
            elements.put(tensor.data());
          }
        });
  }

  /** Puts random elements where those of a tensor belong, as many as have room there. */
  static void draw(StateEntry entry, ModelConfig config, long seed, ByteBuffer elements) {
    List<Long> shape = entry.shape();
    NormalStream stream = NormalStream.of(seed, entry.name());
    switch (entry.role()) {
      case CONVOLUTION -> {
        double deviation = StrictMath.sqrt(2.0 / (shape.get(0) * shape.get(2) * shape.get(3)));
        fill(elements, () -> deviation * stream.normal());
      }
      case NORM_WEIGHT, RUNNING_VARIANCE -> fill(elements, () -> 1);
      case NORM_BIAS, RUNNING_MEAN -> fill(elements, () -> 0);
      case BATCHES_TRACKED -> elements.putLong(0);
      case LINEAR_WEIGHT, LINEAR_BIAS -> {
        if (config.head().isOf224Track()) {
          double deviation = StrictMath.sqrt(2.0 / shape.get(0));
          boolean bias = entry.role() == Role.LINEAR_BIAS;
          fill(elements, () -> bias ? 0 : deviation * stream.normal());
        } else {
          double bound = 1 / StrictMath.sqrt(config.headInputs());
          fill(elements, () -> bound * (2 * stream.uniform() - 1));
        }
      }
    }
  }

  private static void fill(ByteBuffer elements, DoubleSupplier value) {
    while (elements.hasRemaining()) {
      elements.putFloat((float) value.getAsDouble());
    }
  }
}
