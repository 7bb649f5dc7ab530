package org.contexture.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.contexture.failure.Failure;

/**
 * The architecture of an embedding network: all that has to be known to read its weights.
 *
 * @param backbone the convolutional part
 * @param head what follows it
 * @param embeddingSize length of an embedding
 * @param inputSize height and width of the images, in pixels
 */
public record ModelConfig(Backbone backbone, Head head, int embeddingSize, int inputSize) {
  private static final List<String> KEYS =
      List.of("backbone", "embedding_size", "head", "input_size");

  public ModelConfig {
    if (embeddingSize < 1 || embeddingSize > 65_536) {
      throw new IllegalArgumentException(
          "embeddingSize is %d; allowed is 1 to 65536".formatted(embeddingSize));
    }
    if (inputSize < 1 || inputSize > 4096) {
      throw new IllegalArgumentException(
          "inputSize is %d; allowed is 1 to 4096".formatted(inputSize));
    }
  }

  /** Length of the vector that the linear layer of the head takes. */
  int headInputs() {
    return switch (head) {
      case AVERAGE_LINEAR, MAX_NORM_LINEAR, GEM_LINEAR, AVERAGE_MAX_LINEAR -> backbone.features();
      case PYRAMID_LINEAR ->
          IntStream.range(0, backbone.stages())
              .map(stage -> backbone.channels(stage) * gridSize(stage) * gridSize(stage))
              .sum();
    };
  }

  /** Cells a side of the grid that {@link Head#PYRAMID_LINEAR} averages the map of a stage over. */
  int gridSize(int stage) {
    return Head.gridSize(backbone.mapSize(inputSize, stage));
  }

  /** The canonical form: keys in order of name, no white space. */
  public String toJson() {
    return String.format(
        Locale.ROOT,
        "{\"backbone\":\"%s\",\"embedding_size\":%d,\"head\":\"%s\",\"input_size\":%d}",
        backbone.key(),
        embeddingSize,
        head.key(),
        inputSize);
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws Failure (data) if the text is anything else
   */
  public static ModelConfig parse(String json) {
    JsonNode node;
    try {
      node = new ObjectMapper().readTree(json);
    } catch (JsonProcessingException e) {
      throw refusal(json, "it is not JSON").causedBy(e);
    }
    TreeSet<String> keys = new TreeSet<>();
    node.fieldNames().forEachRemaining(keys::add);
    if (!node.isObject() || !keys.equals(new TreeSet<>(KEYS))) {
      throw refusal(json, "its keys have to be " + String.join(", ", KEYS));
    }
    Backbone backbone =
        Backbone.ofKey(node.get("backbone").asText())
            .orElseThrow(() -> refusal(json, "backbone has to be one of " + Backbone.keys()));
    Head head =
        Head.ofKey(node.get("head").asText())
            .orElseThrow(() -> refusal(json, "head has to be one of " + Head.keys()));
    JsonNode embeddingSize = node.get("embedding_size");
    JsonNode inputSize = node.get("input_size");
    if (!embeddingSize.isInt() || !inputSize.isInt()) {
      throw refusal(json, "the sizes have to be whole numbers");
    }
    try {
      return new ModelConfig(backbone, head, embeddingSize.intValue(), inputSize.intValue());
    } catch (IllegalArgumentException e) {
      throw refusal(json, e.getMessage()).causedBy(e);
    }
  }

  private static Failure refusal(String json, String reason) {
    String shown = json.length() > 300 ? json.substring(0, 300) + "…" : json;
    return Failure.data(
        "This is no architecture that this version of Contexture knows: %s (%s). Use a checkpoint"
            + " that Contexture wrote, with the version that wrote it or a newer one.",
        shown, reason);
  }
}
