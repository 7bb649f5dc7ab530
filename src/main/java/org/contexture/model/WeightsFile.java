package org.contexture.model;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.contexture.failure.Failure;

/**
 * What a file of trained weights holds, under the names that tensors have in Contexture.
 *
 * <p>Files name the same tensors differently: torchvision and timm have bare names, the paper's
 * code puts {@code backbone.} (256 track) or {@code model.} (224 track) in front and calls the
 * linear layer of its heads {@code remap} or {@code embedding}, and {@code DataParallel} puts
 * {@code module.} before all of them. The classifier {@code fc}, which the 224 track saves without
 * ever using it, is left aside.
 *
 * @param tensors the tensors by name: {@code backbone.…} and {@code remap.…}
 * @param network what the file says of the network it is for, if it does: the class of a whole
 *     module, or the architecture that Contexture writes into its own files
 */
record WeightsFile(SortedMap<String, TensorData> tensors, Optional<String> network) {

  /**
   * Reads a file: safetensors, or what {@code torch.save} writes of a state dict or a whole module.
   *
   * @param source where it is from, for messages
   * @throws Failure (data) if it is damaged, or holds what is not read
   */
  static WeightsFile parse(byte[] file, String source) {
    if (TorchCheckpoint.isOne(file)) {
      TorchCheckpoint checkpoint = TorchCheckpoint.parse(file, source);
      return new WeightsFile(renamed(checkpoint.tensors(), source), checkpoint.moduleClass());
    }
    Safetensors safetensors = Safetensors.parse(file, source);
    return new WeightsFile(
        renamed(safetensors.tensors(), source),
        Optional.ofNullable(safetensors.metadata().get(TrainedWeights.ARCHITECTURE)));
  }

  private static SortedMap<String, TensorData> renamed(
      SortedMap<String, TensorData> given, String source) {
    SortedMap<String, TensorData> tensors = new TreeMap<>();
    given.forEach(
        (name, tensor) -> {
          String bare = name.replaceFirst("^(module\\.)?((backbone|model)\\.)?", "");
          if (bare.startsWith("fc.")) {
            return;
          }
          String known = renamed(bare);
          TensorData other = tensors.put(known, tensor);
          if (other != null) {
            throw Failure.data(
                "%s has two tensors that could be %s, %s among them. Leave out the ones that are not"
                    + " of the network.",
                source, known, name);
          }
        });
    return tensors;
  }

  private static String renamed(String bare) {
    if (bare.startsWith("embedding.")) {
      return bare.replaceFirst("embedding", "remap");
    }
    return bare.startsWith("remap.") ? bare : NetworkDefinition.BACKBONE_PREFIX + bare;
  }
}
