package org.contexture.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.contexture.failure.Failure;
import org.contexture.golden.GoldenFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainedWeightsTest {
  private static final ModelConfig TINY = new ModelConfig(Backbone.TINY, Head.GEM_LINEAR, 64, 32);

  private final byte[] weights = InitialWeights.random(TINY, 3);

  @Test
  void leaveUnderTheNamesOfTorchvisionAndComeBackTheSame() {
    byte[] exported = TrainedWeights.exported(TINY, weights);

    Safetensors file = Safetensors.parse(exported, "test");
    assertThat(file.tensors())
        .containsKeys("conv1.weight", "layer4.0.downsample.1.num_batches_tracked", "remap.bias")
        .hasSize(Safetensors.parse(weights, "test").tensors().size());
    assertThat(file.metadata()).containsEntry("architecture", TINY.toJson());
    assertThat(TrainedWeights.imported(TINY, exported, "test")).isEqualTo(weights);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "module.", "backbone.", "module.backbone.", "model.", "module.model."})
  void prefixesOfOtherProgramsAreTakenAway(String prefix) {
    SortedMap<String, TensorData> renamed = new TreeMap<>();
    Safetensors.parse(weights, "test")
        .tensors()
        .forEach(
            (name, tensor) ->
                renamed.put(
                    name.startsWith("remap.")
                        ? prefix.replace("backbone.", "") + name.replace("remap", "embedding")
                        : prefix + name.substring("backbone.".length()),
                    tensor));
    renamed.put(prefix + "fc.weight", TensorData.of(new float[] {1}, List.of(1L, 1L)));

    assertThat(TrainedWeights.imported(TINY, Safetensors.of(renamed).toBytes(), "test"))
        .isEqualTo(weights);
  }

  @Test
  void twoTensorsThatBecomeOneAreNamed() {
    SortedMap<String, TensorData> tensors =
        new TreeMap<>(Safetensors.parse(weights, "test").tensors());
    tensors.put("module.backbone.bn1.bias", tensors.get("backbone.bn1.bias"));

    assertThatThrownBy(
            () ->
                TrainedWeights.imported(
                    TINY, Safetensors.of(tensors).toBytes(), "both.safetensors"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("both.safetensors has two tensors that could be backbone.bn1.bias")
        .hasMessageContaining("module.backbone.bn1.bias among them");
  }

  @Test
  void aHeadThatIsMissingIsNamed() {
    SortedMap<String, TensorData> backbone =
        new TreeMap<>(Safetensors.parse(weights, "test").tensors());
    backbone.keySet().removeIf(name -> name.startsWith("remap."));

    assertThatThrownBy(
            () ->
                TrainedWeights.imported(
                    TINY, Safetensors.of(backbone).toBytes(), "backbone.safetensors"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("backbone.safetensors do not fit")
        .hasMessageContaining("Missing: remap.weight, remap.bias.");
  }

  @Test
  void weightsThatSayWhatTheyAreForAreHeldToIt() {
    ModelConfig other = new ModelConfig(Backbone.TINY, Head.AVERAGE_LINEAR, 64, 32);
    assertThatThrownBy(
            () ->
                TrainedWeights.imported(
                    other, TrainedWeights.exported(TINY, weights), "own.safetensors"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("own.safetensors are of the network " + TINY.toJson())
        .hasMessageContaining("the experiment's is " + other.toJson());
  }

  @Test
  void aModuleOfThePapersCodeIsHeldToItsHead() throws Exception {
    byte[] module =
        Files.readAllBytes(
            GoldenFiles.onClassPath("network/checkpoints")
                .path("CUB_Network_whole_module_cuda0.pt"));

    assertThat(
            TrainedWeights.imported(
                new ModelConfig(Backbone.TINY, Head.MAX_NORM_LINEAR, 64, 64), module, "CUB.pt"))
        .isNotEmpty();
    assertThatThrownBy(
            () ->
                TrainedWeights.imported(
                    new ModelConfig(Backbone.TINY, Head.AVERAGE_LINEAR, 64, 64), module, "CUB.pt"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("CUB.pt are of the network networks.CUB_Network");
  }
}
