package org.contexture.embedding;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import org.contexture.failure.Failure;
import org.contexture.file.WholeFile;
import org.contexture.image.Normalisation;
import org.contexture.image.Resize;
import org.contexture.model.ModelConfig;
import org.contexture.model.Precision;
import org.contexture.model.TrainedWeights;

/**
 * What has to be known to use a trained network outside of the experiment that made it: the JSON
 * file beside its weights. The weights are a safetensors file of the same name with torchvision's
 * names.
 *
 * @param format version of this description
 * @param architecture the network
 * @param view how an image is brought to the network's input: resized, then its middle cut out
 * @param normalisation what is done to its samples, each divided by 255 before
 * @param weights the file beside this one
 * @param training what made it
 */
public record TrainedModel(
    int format,
    Architecture architecture,
    View view,
    Standardisation normalisation,
    Weights weights,
    Training training) {
  private static final int FORMAT = 1;
  private static final String WEIGHTS = ".safetensors";
  private static final String DESCRIPTION = ".json";
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build();

  /**
   * {@link ModelConfig}, by its names in experiment files.
   *
   * @param backbone the convolutional part
   * @param head what follows it
   * @param embeddingSize numbers in an embedding
   * @param inputSize pixels a side of what the network sees
   */
  public record Architecture(String backbone, String head, int embeddingSize, int inputSize) {
    static Architecture of(ModelConfig model) {
      return new Architecture(
          model.backbone().key(), model.head().key(), model.embeddingSize(), model.inputSize());
    }
  }

  /**
   * What is done to an image before its middle is cut out.
   *
   * @param resize {@code short_side} or {@code square}
   * @param size pixels
   */
  public record View(String resize, int size) {
    static View of(Resize resize) {
      return new View(resize.rule().name().toLowerCase(Locale.ROOT), resize.size());
    }

    private Optional<Resize> asResize() {
      return Arrays.stream(Resize.Rule.values())
          .filter(rule -> rule.name().toLowerCase(Locale.ROOT).equals(resize))
          .map(rule -> new Resize(rule, size))
          .findFirst();
    }
  }

  /**
   * By channel: red, green, blue.
   *
   * @param mean what is subtracted
   * @param deviation what is divided by
   */
  public record Standardisation(List<Float> mean, List<Float> deviation) {
    public Standardisation {
      mean = List.copyOf(mean);
      deviation = List.copyOf(deviation);
    }
  }

  /**
   * A file.
   *
   * @param file its name
   * @param sha256 its SHA-256, in hexadecimal
   */
  public record Weights(String file, @JsonProperty("sha256") String sha256) {}

  /**
   * What made the weights.
   *
   * @param experiment name of the experiment
   * @param dataset the dataset that holds the checkpoint, as {@code STAGE/FINGERPRINT}
   * @param fingerprint the whole fingerprint of that dataset: of the settings of the stage that
   *     made it, and of all that it was made from
   * @param steps optimiser steps in that stage
   * @param contexture the version of Contexture
   */
  public record Training(
      String experiment, String dataset, String fingerprint, long steps, String contexture) {}

  /**
   * Writes a model's two files, unless they are there already.
   *
   * @param directory where they go; it is made if it is missing
   * @param checkpoint the weights as a checkpoint holds them
   * @return the file of the weights
   * @throws IOException if the directory cannot be written to
   */
  public static Path write(
      Path directory, ModelConfig model, Resize view, byte[] checkpoint, Training training)
      throws IOException {
    Files.createDirectories(directory);
    Path file = directory.resolve(training.experiment() + WEIGHTS);
    if (isWritten(file, training)) {
      return file;
    }
    byte[] weights = TrainedWeights.exported(model, checkpoint);
    TrainedModel description =
        new TrainedModel(
            FORMAT,
            Architecture.of(model),
            View.of(view),
            new Standardisation(Normalisation.mean(), Normalisation.deviation()),
            new Weights(file.getFileName().toString(), DigestUtils.sha256Hex(weights)),
            training);
    WholeFile.write(file, out -> out.write(weights));
    WholeFile.write(description(file), out -> out.write(JSON.writeValueAsBytes(description)));
    return file;
  }

  /** Whether the two files there belong together and say that they came about in the same way. */
  private static boolean isWritten(Path file, Training training) throws IOException {
    Path description = description(file);
    if (!Files.exists(file) || !Files.exists(description)) {
      return false;
    }
    try {
      TrainedModel written = JSON.readValue(Files.readAllBytes(description), TrainedModel.class);
      return written.training().equals(training)
          && written
              .weights()
              .sha256()
              .equals(new DigestUtils(DigestUtils.getSha256Digest()).digestAsHex(file));
    } catch (JsonProcessingException another) {
      return false;
    }
  }

  private static Path description(Path weights) {
    String name = weights.getFileName().toString();
    return weights.resolveSibling(
        name.substring(0, name.length() - WEIGHTS.length()) + DESCRIPTION);
  }

  /**
   * Reads the description of a model that {@link #write} wrote.
   *
   * @param weights the safetensors file; its description lies beside it
   * @throws Failure (usage) if the description is not there, (data) if it is none
   */
  public static TrainedModel describe(Path weights) {
    requireName(weights);
    Path beside = description(weights);
    return parse(beside, bytes(beside));
  }

  private static void requireName(Path weights) {
    if (!weights.getFileName().toString().endsWith(WEIGHTS)) {
      throw Failure.usage(
          "%s is no model: a model is a %s file with a %s file beside it, as 'contexture run'"
              + " writes them.",
          weights, WEIGHTS, DESCRIPTION);
    }
  }

  /**
   * Loads a model that {@link #write} wrote.
   *
   * @param weights the safetensors file; its description lies beside it
   * @throws Failure (usage) if a file is not there, (data) if they do not belong together
   */
  public static ImageEmbedder load(Path weights) {
    TrainedModel description = describe(weights);
    Path beside = description(weights);
    byte[] file = bytes(weights);
    String found = DigestUtils.sha256Hex(file);
    if (!found.equals(description.weights().sha256())) {
      throw Failure.data(
          "%s is not the file that %s describes: its SHA-256 is %s, not %s. Take both files from"
              + " the same run.",
          weights, beside, found, description.weights().sha256());
    }
    ModelConfig model = description.model(beside);
    return ImageEmbedder.load(
        model,
        Precision.FLOAT32,
        TrainedWeights.imported(model, file, weights.toString()),
        description.view().asResize().orElseThrow());
  }

  private ModelConfig model(Path source) {
    if (view.size() < Math.max(1, architecture.inputSize())) {
      throw Failure.data(
          "%s: view.size is %d; it has to be at least 1, and at least architecture.input_size,"
              + " which is %d. Take both files of the model from a run of Contexture.",
          source, view.size(), architecture.inputSize());
    }
    if (format != FORMAT
        || view.asResize().isEmpty()
        || !normalisation.equals(
            new Standardisation(Normalisation.mean(), Normalisation.deviation()))) {
      throw Failure.data(
          "%s describes a model that this version of Contexture cannot run: format %d, %s, %s.",
          source, format, view, normalisation);
    }
    try {
      return ModelConfig.parse(JSON.writeValueAsString(architecture));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static TrainedModel parse(Path file, byte[] json) {
    try {
      return JSON.readValue(json, TrainedModel.class);
    } catch (IOException malformed) {
      throw Failure.data(
              "%s does not describe a model: %s.",
              file,
              Optional.ofNullable(malformed.getMessage()).orElse("").lines().findFirst().orElse(""))
          .causedBy(malformed);
    }
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException missing) {
      throw Failure.usage(
              "There is no file %s; a model is a %s file with a %s file beside it.",
              file, WEIGHTS, DESCRIPTION)
          .causedBy(missing);
    } catch (IOException unreadable) {
      throw Failure.environment("%s cannot be read: %s.", file, unreadable).causedBy(unreadable);
    }
  }
}
