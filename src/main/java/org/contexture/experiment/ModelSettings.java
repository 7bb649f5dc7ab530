package org.contexture.experiment;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.contexture.experiment.keys.Key;
import org.contexture.experiment.keys.Section;

/**
 * The network that embeds images.
 *
 * @param backbone the network up to its last feature maps
 * @param head how feature maps become an embedding
 * @param embeddingSize numbers in an embedding
 * @param weights a safetensors file of trained weights, in place of pre-training
 */
public record ModelSettings(
    Backbone backbone, Head head, int embeddingSize, Optional<Path> weights) {

  /** The networks there are. */
  public enum Backbone {
    RESNET18("resnet18");

    private final String key;

    Backbone(String key) {
      this.key = key;
    }

    public String key() {
      return key;
    }
  }

  /** How feature maps become an embedding; both end with L2 normalisation. */
  public enum Head {
    /** Global average, then linear. */
    AVERAGE_LINEAR("average_linear"),
    /** Global maximum, layer norm, then linear. */
    MAX_NORM_LINEAR("max_norm_linear"),
    /** Linear over every position. */
    FLATTEN_LINEAR("flatten_linear");

    private final String key;

    Head(String key) {
      this.key = key;
    }

    public String key() {
      return key;
    }
  }

  private static final Key<Backbone> BACKBONE =
      Key.choice(
              "backbone",
              List.of(Backbone.values()),
              Backbone::key,
              "The network up to its last feature maps.")
          .or(Backbone.RESNET18);
  private static final Key<Head> HEAD =
      Key.choice(
              "head",
              List.of(Head.values()),
              Head::key,
              "How feature maps become an embedding: global average and linear; global maximum,"
                  + " layer norm and linear; or linear over every position, which keeps where"
                  + " things are and suits small pictures of centred objects.")
          .or(Head.AVERAGE_LINEAR);
  private static final Key<Integer> EMBEDDING_SIZE =
      Key.whole("embedding_size", 2, 4096, "How many numbers an embedding has.").or(128);
  private static final Key<Optional<Path>> WEIGHTS =
      Key.pathOrNone(
              "weights",
              "A safetensors file of trained weights, relative to the working directory; they take"
                  + " the place of the pre-training stage.")
          .or(Optional.empty());

  static final Section<ModelSettings> SECTION =
      Section.of(BACKBONE, HEAD, EMBEDDING_SIZE, WEIGHTS)
          .as(
              values ->
                  new ModelSettings(
                      values.of(BACKBONE),
                      values.of(HEAD),
                      values.of(EMBEDDING_SIZE),
                      values.of(WEIGHTS)));
}
