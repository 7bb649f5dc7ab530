package org.contexture.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.contexture.golden.GoldenFiles;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Files that PyTorch and the paper's code wrote hold the tensors, and embed as, they did there. */
class TorchCheckpointGoldenTest {
  private final GoldenFiles files = GoldenFiles.folder("network/checkpoints");
  private final JsonNode manifest = files.json("manifest.json");

  private SortedMap<String, TensorData> read(String name) throws IOException {
    byte[] file = Files.readAllBytes(files.path(name));
    assertThat(TorchCheckpoint.isOne(file)).isTrue();
    return TorchCheckpoint.parse(file, name).tensors();
  }

  @TestFactory
  Stream<DynamicTest> tensorsAreThoseThatWereSaved() {
    List<DynamicTest> tests = new ArrayList<>();
    manifest
        .fields()
        .forEachRemaining(
            field ->
                tests.add(
                    DynamicTest.dynamicTest(
                        field.getKey(), () -> checkTensors(field.getKey(), field.getValue()))));
    assertThat(tests).isNotEmpty();
    return tests.stream();
  }

  private void checkTensors(String name, JsonNode saved) throws IOException {
    JsonNode entries = entries(name, saved);
    SortedMap<String, TensorData> tensors = read(name);

    assertThat(tensors).hasSize(entries.size());
    for (JsonNode entry : entries) {
      TensorData tensor = tensors.get(entry.get("name").asText());
      List<Long> shape = new ArrayList<>();
      entry.get("shape").forEach(length -> shape.add(length.asLong()));
      assertThat(tensor.shape()).as(entry.get("name").asText()).isEqualTo(shape);
      if (tensor.type() == TensorData.Type.F32) {
        float[] values = tensor.floats();
        double sum = 0;
        for (float value : values) {
          sum += value;
        }
        assertThat(sum).isCloseTo(entry.get("sum").asDouble(), within(1e-3));
        for (int i = 0; i < entry.get("first3").size(); i++) {
          assertThat(values[i]).isEqualTo((float) entry.get("first3").get(i).asDouble());
        }
      }
    }
  }

  /** The entries of a file; some have those of another. */
  private JsonNode entries(String name, JsonNode saved) {
    JsonNode entries = saved.get("entries");
    if (entries == null) {
      return manifest.get(name.replace(".legacy.pth", ".pth")).get("entries");
    }
    return entries.isTextual()
        ? manifest.get(entries.asText().replace("same as ", "")).get("entries")
        : entries;
  }

  @TestFactory
  Stream<DynamicTest> modulesOfThePapersCodeEmbedAsThere() {
    List<DynamicTest> tests = new ArrayList<>();
    manifest
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (name.contains("_whole_module_")) {
                tests.add(DynamicTest.dynamicTest(name, () -> checkEmbedding(name)));
              }
            });
    assertThat(tests).isNotEmpty();
    return tests.stream();
  }

  private void checkEmbedding(String name) throws IOException {
    JsonNode saved = manifest.get(name);
    String network = name.substring(0, name.indexOf("_whole_module_"));
    JsonNode shape = saved.get("input").get("shape");
    ModelConfig config = config(network, saved, entries(name, saved).size());
    Shape images = new Shape(shape.get(0).asInt(), 3, config.inputSize(), config.inputSize());
    float[] input =
        new GoldenTensors(saved.get("input").get("seed").asInt())
            .images(Math.toIntExact(images.size()));
    float[] expected = files.npz(network + ".expected_embedding.npz").floats("embedding");

    try (NDManager manager = NDManager.newBaseManager("PyTorch");
        EmbeddingNetwork loaded =
            EmbeddingNetwork.load(
                config,
                Precision.FLOAT32,
                ByteBuffer.wrap(
                    TrainedWeights.imported(config, Files.readAllBytes(files.path(name)), name)),
                manager);
        FoldedNetwork folded = loaded.folded(manager)) {
      float[] actual = folded.embed(manager.create(input, images)).toFloatArray();

      assertThat(actual).hasSameSizeAs(expected);
      for (int i = 0; i < actual.length; i++) {
        assertThat(actual[i]).isCloseTo(expected[i], within(2e-5f));
      }
    }
  }

  /** The network of a module: the backbone by its features and the number of its tensors. */
  private static ModelConfig config(String network, JsonNode saved, int entries) {
    Head head =
        switch (network) {
          case "CUB_Network" -> Head.MAX_NORM_LINEAR;
          case "SOP_Network" -> Head.AVERAGE_LINEAR;
          default -> throw new AssertionError("no head for the class " + network);
        };
    int embeddingSize = saved.get("embedding_size").asInt();
    int inputSize = saved.get("input").get("shape").get(3).asInt();
    return Arrays.stream(Backbone.values())
        .filter(backbone -> backbone.features() == saved.get("backbone_features").asInt())
        .map(backbone -> new ModelConfig(backbone, head, embeddingSize, inputSize))
        .filter(config -> NetworkDefinition.of(config).entries().size() == entries)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no backbone for " + saved));
  }
}
