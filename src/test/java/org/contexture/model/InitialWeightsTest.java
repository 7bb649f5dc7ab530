package org.contexture.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.contexture.failure.Failure;
import org.junit.jupiter.api.Test;

class InitialWeightsTest {
  private static final ModelConfig TINY =
      new ModelConfig(Backbone.TINY, Head.AVERAGE_LINEAR, 64, 32);
  private static final ModelConfig RESNET18 =
      new ModelConfig(Backbone.RESNET18, Head.AVERAGE_LINEAR, 128, 64);

  private static SortedMap<String, TensorData> parsed(byte[] weights) {
    return new TreeMap<>(Safetensors.parse(weights, "test").tensors());
  }

  @Test
  void convolutionsAreNormalWithFanOutVariance() {
    float[] values =
        parsed(InitialWeights.random(RESNET18, 1)).get("backbone.layer2.0.conv1.weight").floats();
    double deviation = Math.sqrt(2.0 / (128 * 9));
    double sum = 0;
    double squares = 0;
    double fourths = 0;
    for (float value : values) {
      double z = value / deviation;
      sum += z;
      squares += z * z;
      fourths += z * z * z * z;
    }
    int n = values.length;
    assertThat(sum / n).isCloseTo(0, within(4 / Math.sqrt(n)));
    assertThat(squares / n).isCloseTo(1, within(4 * Math.sqrt(2.0 / n)));
    assertThat(fourths / n).isCloseTo(3, within(4 * Math.sqrt(96.0 / n)));
  }

  @Test
  void linearLayersAreUniformWithinTheirBound() {
    SortedMap<String, TensorData> weights = parsed(InitialWeights.random(RESNET18, 1));
    float[] values = weights.get("remap.weight").floats();
    double bound = 1 / Math.sqrt(512);
    double squares = 0;
    double largest = 0;
    for (float value : values) {
      squares += value / bound * (value / bound);
      largest = Math.max(largest, Math.abs(value));
    }
    assertThat(largest).isBetween(0.999 * bound, bound);
    assertThat(squares / values.length).isCloseTo(1.0 / 3, within(0.01));
    assertThat(weights.get("remap.bias").floats()).doesNotContain(0);
  }

  @Test
  void normalisationStartsAsTheIdentity() {
    SortedMap<String, TensorData> weights = parsed(InitialWeights.random(TINY, 1));
    assertThat(weights.get("backbone.bn1.weight").floats()).containsOnly(1);
    assertThat(weights.get("backbone.bn1.running_var").floats()).containsOnly(1);
    assertThat(weights.get("backbone.bn1.bias").floats()).containsOnly(0);
    assertThat(weights.get("backbone.bn1.running_mean").floats()).containsOnly(0);
    assertThat(weights.get("backbone.bn1.num_batches_tracked").longs()).containsExactly(0);
  }

  @Test
  void dependOnTheSeedAndOnTheNameOfTheTensorOnly() {
    assertThat(InitialWeights.random(TINY, 7)).isEqualTo(InitialWeights.random(TINY, 7));
    SortedMap<String, TensorData> one = parsed(InitialWeights.random(TINY, 7));
    SortedMap<String, TensorData> other = parsed(InitialWeights.random(TINY, 8));
    String name = "backbone.layer1.0.conv2.weight";
    assertThat(one.get(name).floats()).isNotEqualTo(other.get(name).floats());
    ModelConfig wider = new ModelConfig(Backbone.TINY, Head.MAX_NORM_LINEAR, 128, 64);
    assertThat(parsed(InitialWeights.random(wider, 7)).get(name).floats())
        .isEqualTo(one.get(name).floats());
  }

  @Test
  void stayTheSameFromVersionToVersion() {
    NormalStream stream = NormalStream.of(0, "backbone.conv1.weight");
    // From an implementation of the same definition in Python.
    assertThat(stream.uniform()).isEqualTo(0.2901095242621816);
    assertThat(stream.normal()).isEqualTo(1.1484533481992738);
    assertThat(stream.normal()).isEqualTo(1.0079603447422845);
  }

  @Test
  void aGivenBackboneIsTakenWithAndWithoutPrefixAndClassifier() {
    SortedMap<String, TensorData> source = parsed(InitialWeights.random(TINY, 3));
    SortedMap<String, TensorData> torchvision = new TreeMap<>();
    source.forEach(
        (name, tensor) -> {
          if (name.startsWith("backbone.") && !name.endsWith(".num_batches_tracked")) {
            torchvision.put(name.substring("backbone.".length()), tensor);
          }
        });
    torchvision.put("fc.weight", TensorData.of(new float[] {1}, List.of(1L, 1L)));
    byte[] bare = Safetensors.of(torchvision).toBytes();

    byte[] fromBare = InitialWeights.pretrained(TINY, 4, bare, "bare.safetensors");
    byte[] fromOwn =
        InitialWeights.pretrained(TINY, 4, InitialWeights.random(TINY, 3), "own.safetensors");

    assertThat(fromBare).isEqualTo(fromOwn);
    SortedMap<String, TensorData> loaded = parsed(fromBare);
    assertThat(loaded.get("backbone.conv1.weight").floats())
        .isEqualTo(source.get("backbone.conv1.weight").floats());
    assertThat(loaded.get("remap.weight").floats())
        .isEqualTo(parsed(InitialWeights.random(TINY, 4)).get("remap.weight").floats());
  }

  @Test
  void everyTensorThatDoesNotFitIsNamedAtOnce() {
    SortedMap<String, TensorData> weights = parsed(InitialWeights.random(TINY, 3));
    weights.remove("backbone.bn1.bias");
    weights.remove("backbone.layer4.0.conv3.weight");
    weights.put("backbone.layer5.0.conv1.weight", TensorData.of(new float[1], List.of(1L)));
    weights.put("backbone.bn1.weight", TensorData.of(new float[9], List.of(9L)));
    byte[] file = Safetensors.of(weights).toBytes();
    assertThatThrownBy(() -> InitialWeights.pretrained(TINY, 0, file, "odd.safetensors"))
        .isInstanceOf(Failure.class)
        .hasMessageStartingWith("The weights in odd.safetensors do not fit ")
        .hasMessageContaining("\"backbone\":\"tiny\"")
        .hasMessageContaining("Missing: backbone.bn1.bias, backbone.layer4.0.conv3.weight.")
        .hasMessageContaining("Unexpected: backbone.layer5.0.conv1.weight.")
        .hasMessageContaining("backbone.bn1.weight (expected F32[8], found F32[9])");
  }
}
