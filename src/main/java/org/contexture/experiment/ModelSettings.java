package org.contexture.experiment;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.contexture.experiment.keys.Key;
import org.contexture.experiment.keys.Section;
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
 * @param weights a file of trained weights, or {@link #IMAGENET}, in place of pre-training
 */
public record ModelSettings(
    Backbone backbone, Head head, int embeddingSize, Precision precision, Optional<Path> weights) {

  /** In place of a file: the weights that torchvision offers for the backbone. */
  static final Path IMAGENET = Path.of("imagenet");

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
                  + " bfloat16, faster where the processor or GPU has instructions for it and"
                  + " several times slower where not. Weights, head, embeddings and loss are"
                  + " float32.")
          .or(Precision.FLOAT32);
  private static final Key<Optional<Path>> WEIGHTS =
      Key.pathOrNone(
              "weights",
              "A file of trained weights with torchvision's names, safetensors or a checkpoint of"
                  + " PyTorch, relative to the working directory; or imagenet: those that"
                  + " torchvision offers for the backbone, fetched. They take the place of the"
                  + " pre-training stage.")
          .or(Optional.empty());

  static final Section<ModelSettings> SECTION =
      Section.of(BACKBONE, HEAD, EMBEDDING_SIZE, PRECISION, WEIGHTS)
          .as(
              values ->
                  new ModelSettings(
                      values.of(BACKBONE),
                      values.of(HEAD),
                      values.of(EMBEDDING_SIZE),
                      values.of(PRECISION),
                      values.of(WEIGHTS)));
}
