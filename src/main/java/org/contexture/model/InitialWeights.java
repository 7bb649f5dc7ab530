package org.contexture.model;

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
    return Safetensors.of(randomTensors(config, seed)).toBytes();
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
    SortedMap<String, TensorData> tensors = randomTensors(config, seed);
    tensors.putAll(
        StateDict.conform(StateDict.withCounters(given, expected), expected, config, source));
    return Safetensors.of(tensors).toBytes();
  }

  static SortedMap<String, TensorData> randomTensors(ModelConfig config, long seed) {
    SortedMap<String, TensorData> tensors = new TreeMap<>();
    NetworkDefinition.of(config)
        .entries()
        .forEach(entry -> tensors.put(entry.name(), random(entry, config, seed)));
    return tensors;
  }

  private static TensorData random(StateEntry entry, ModelConfig config, long seed) {
    List<Long> shape = entry.shape();
    NormalStream stream = NormalStream.of(seed, entry.name());
    return switch (entry.role()) {
      case CONVOLUTION -> {
        double deviation = StrictMath.sqrt(2.0 / (shape.get(0) * shape.get(2) * shape.get(3)));
        yield filled(entry, () -> deviation * stream.normal());
      }
      case NORM_WEIGHT, RUNNING_VARIANCE -> filled(entry, () -> 1);
      case NORM_BIAS, RUNNING_MEAN -> filled(entry, () -> 0);
      case BATCHES_TRACKED -> TensorData.of(new long[] {0}, shape);
      case LINEAR_WEIGHT, LINEAR_BIAS ->
          config.head().isOf224Track()
              ? headOf224Track(entry, stream)
              : uniformHead(entry, config, stream);
    };
  }

  private static TensorData uniformHead(StateEntry entry, ModelConfig config, NormalStream stream) {
    double bound = 1 / StrictMath.sqrt(config.headInputs());
    return filled(entry, () -> bound * (2 * stream.uniform() - 1));
  }

  private static TensorData headOf224Track(StateEntry entry, NormalStream stream) {
    double deviation = StrictMath.sqrt(2.0 / entry.shape().get(0));
    return filled(entry, () -> entry.role() == Role.LINEAR_BIAS ? 0 : deviation * stream.normal());
  }

  private static TensorData filled(StateEntry entry, DoubleSupplier value) {
    float[] values = new float[Math.toIntExact(entry.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) value.getAsDouble();
    }
    return TensorData.of(values, entry.shape());
  }
}
