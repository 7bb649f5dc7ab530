package org.contexture.experiment;

import java.util.List;
import java.util.Optional;
import org.contexture.experiment.keys.Key;
import org.contexture.experiment.keys.Section;
import org.contexture.experiment.keys.Values;
import org.contexture.model.Backbone;
import org.contexture.model.Head;
import org.contexture.model.Precision;

/**
 * The network that embeds images.
 *
 * @param backbone the network up to its last feature maps
 * @param head how feature maps become an embedding
 * @param embeddingSize numbers in an embedding
 * @param precision what it computes in
 * @param weights where trained weights are that take the place of pre-training
 * @param weightsSha256 what the file of weights has to be
 */
public record ModelSettings(
    Backbone backbone,
    Head head,
    int embeddingSize,
    Precision precision,
    Optional<WeightsPlace> weights,
    Optional<String> weightsSha256) {

  private static final Key<Backbone> BACKBONE =
      Key.choice(
              "backbone",
              List.of(Backbone.RESNET18, Backbone.RESNET34, Backbone.RESNET50, Backbone.RESNET101),
              Backbone::key,
              "The network up to its last feature maps.")
          .or(Backbone.RESNET18);
  private static final Key<Head> HEAD =
      Key.choice(
              "head",
              List.of(Head.values()),
              Head::key,
              "How feature maps become an embedding: global average and linear; global maximum,"
                  + " layer norm and linear; generalised mean, or average and maximum, and linear, as in"
                  + " the paper's 224 track; or linear over the maps of all stages, each averaged"
                  + " over a grid, which keeps where things are and what they look like up close"
                  + " and suits small pictures of centred objects.")
          .or(Head.AVERAGE_LINEAR);
  private static final Key<Integer> EMBEDDING_SIZE =
      Key.whole("embedding_size", 2, 4096, "How many numbers an embedding has.").or(128);
  private static final Key<Precision> PRECISION =
      Key.choice(
              "precision",
              List.of(Precision.values()),
              Precision::key,
              "What images and convolutions are computed in, in training and embedding: float32, by"
                  + " which the same experiment is the same bytes again on one machine; or"
                  + " bfloat16, faster on most processors and GPUs with instructions for it"
                  + " (docs/training.md) and slower without; or float16, for GPUs without bfloat16,"
                  + " with losses that training multiplies so that small gradients do not vanish."
                  + " Weights, embeddings, loss and heads are float32, but for the linear layer of"
                  + " pyramid_linear, which is computed in this precision.")
          .or(Precision.FLOAT32);
  private static final Key<Optional<String>> WEIGHTS =
      Key.textOrNone(
              "weights",
              "[^~].*",
              "a path relative to the working directory, an address that starts with http:// or"
                  + " https://, or imagenet",
              "A file of trained weights with torchvision's names, safetensors or a checkpoint of"
                  + " PyTorch: a path relative to the working directory, or an address to fetch it"
                  + " from; or imagenet: those that torchvision offers for the backbone, fetched."
                  + " They take the place of the pre-training stage.")
          .or(Optional.empty());
  private static final Key<Optional<String>> WEIGHTS_SHA256 =
      Key.textOrNone(
              "weights_sha256",
              "[0-9a-f]{64}",
              "64 lower-case hexadecimal digits",
              "The SHA-256 that the file of weights must have, as sha256sum prints it. An address"
                  + " needs one.")
          .or(Optional.empty());

  static final Section<ModelSettings> SECTION =
      Section.of(BACKBONE, HEAD, EMBEDDING_SIZE, PRECISION, WEIGHTS, WEIGHTS_SHA256)
          .rule(List.of(WEIGHTS), ModelSettings::noAddress)
          .rule(List.of(WEIGHTS, WEIGHTS_SHA256), ModelSettings::digestViolation)
          .as(
              values ->
                  new ModelSettings(
                      values.of(BACKBONE),
                      values.of(HEAD),
                      values.of(EMBEDDING_SIZE),
                      values.of(PRECISION),
                      values.of(WEIGHTS).map(WeightsPlace::new),
                      values.of(WEIGHTS_SHA256)));

  private static Optional<String> noAddress(Values values) {
    return values.of(WEIGHTS).map(WeightsPlace::new).flatMap(WeightsPlace::problem);
  }

  private static Optional<String> digestViolation(Values values) {
    Optional<WeightsPlace> place = values.of(WEIGHTS).map(WeightsPlace::new);
    boolean given = values.of(WEIGHTS_SHA256).isPresent();
    if (given && place.filter(one -> !one.isImageNet()).isEmpty()) {
      return Optional.of("goes with a path or an address of weights; leave it out");
    }
    return !given && place.filter(WeightsPlace::isAddress).isPresent()
        ? Optional.of(
            "is an address, and what comes from there is used only if its SHA-256 is that of"
                + " model.weights_sha256; give it")
        : Optional.empty();
  }
}
