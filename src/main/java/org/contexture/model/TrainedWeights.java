package org.contexture.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.contexture.failure.Failure;

/**
 * The weights of a whole network, backbone and head, from files made elsewhere and in files for use
 * elsewhere.
 */
public final class TrainedWeights {
  /** The key of a safetensors header under which the canonical architecture stands. */
  static final String ARCHITECTURE = "architecture";

  /** The heads of the networks that the paper's 256 track saves as whole modules, by class. */
  private static final Map<String, Head> PUBLISHED_MODULES =
      Map.of(
          "networks.CUB_Network", Head.MAX_NORM_LINEAR,
          "networks.SOP_Network", Head.AVERAGE_LINEAR);

  private TrainedWeights() {}

  /**
   * The weights of a checkpoint, as safetensors with Contexture's names.
   *
   * @param file safetensors, or what {@code torch.save} writes of a state dict or a whole module
   * @param source where it is from, for messages
   * @throws Failure (data) if it says that it is for another network, or naming every tensor that
   *     is missing, unexpected or of another shape
   */
  public static byte[] imported(ModelConfig config, byte[] file, String source) {
    WeightsFile weights = WeightsFile.parse(file, source);
    weights.network().ifPresent(network -> requireSame(config, network, source));
    List<StateEntry> expected = NetworkDefinition.of(config).entries();
    return Safetensors.of(
            StateDict.conform(
                StateDict.withCounters(weights.tensors(), expected), expected, config, source))
        .toBytes();
  }

  private static void requireSame(ModelConfig config, String network, String source) {
    boolean other =
        network.startsWith("{")
            ? !network.equals(config.toJson())
            : Optional.ofNullable(PUBLISHED_MODULES.get(network))
                .filter(head -> head != config.head())
                .isPresent();
    if (other) {
      throw Failure.data(
          "The weights in %s are of the network %s, but the experiment's is %s. Change the"
              + " experiment's model and images.size to those of the weights.",
          source, network, config.toJson());
    }
  }

  /**
   * Weights under the names that torchvision has for them, for programs other than Contexture.
   *
   * @param weights what {@link EmbeddingNetwork#weights} wrote
   * @return safetensors: torchvision's names for the backbone, {@code remap.weight} and {@code
   *     remap.bias} for the head's linear layer, and the architecture in the header
   */
  public static byte[] exported(ModelConfig config, byte[] weights) {
    SortedMap<String, TensorData> tensors = new TreeMap<>();
    Safetensors.parse(weights, "the checkpoint")
        .tensors()
        .forEach(
            (name, tensor) ->
                tensors.put(
                    name.startsWith(NetworkDefinition.BACKBONE_PREFIX)
                        ? name.substring(NetworkDefinition.BACKBONE_PREFIX.length())
                        : name,
                    tensor));
    return new Safetensors(new TreeMap<>(Map.of(ARCHITECTURE, config.toJson())), tensors).toBytes();
  }
}
