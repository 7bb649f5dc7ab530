package org.contexture.experiment;

import java.util.List;
import java.util.OptionalInt;
import org.contexture.experiment.keys.Key;
import org.contexture.experiment.keys.Range;
import org.contexture.experiment.keys.Section;

/**
 * How images are prepared and stored.
 *
 * @param size width and height in pixels
 * @param encoding how an image is stored in a shard
 * @param jpegQuality 1 to 100 when the encoding is JPEG, else empty
 * @param shardMegabytes about how large a shard is, in MiB
 * @param maxRejectedShare share of the images that may be unusable before the run stops
 */
public record ImageSettings(
    int size,
    Encoding encoding,
    OptionalInt jpegQuality,
    int shardMegabytes,
    double maxRejectedShare) {

  /** How an image is stored. */
  public enum Encoding {
    PNG("png"),
    JPEG("jpeg");

    private final String key;

    Encoding(String key) {
      this.key = key;
    }

    public String key() {
      return key;
    }
  }

  private static final Key<Integer> SIZE =
      Key.whole("size", 8, 1024, "Width and height that images are resized to, in pixels.").or(64);
  private static final Key<Encoding> ENCODING =
      Key.choice(
              "encoding",
              List.of(Encoding.values()),
              Encoding::key,
              "How images are stored in shards: png loses nothing, jpeg is smaller.")
          .or(Encoding.PNG);
  private static final Key<Integer> JPEG_QUALITY =
      Key.whole("jpeg_quality", 1, 100, "Quality of the JPEG encoder.").or(95);
  private static final Key<Integer> SHARD_MEGABYTES =
      Key.whole("shard_megabytes", 1, 2000, "About how large a shard file is, in MiB.").or(128);
  private static final Key<Double> MAX_REJECTED_SHARE =
      Key.number(
              "max_rejected_share",
              Range.of(0, 1),
              "Share of the images that may be unusable before the run stops.")
          .or(0.0);

  static final Section<ImageSettings> SECTION =
      Section.of(SIZE, ENCODING, SHARD_MEGABYTES, MAX_REJECTED_SHARE)
          .when(ENCODING, Encoding.JPEG, JPEG_QUALITY)
          .as(
              values ->
                  new ImageSettings(
                      values.of(SIZE),
                      values.of(ENCODING),
                      values.when(JPEG_QUALITY).map(OptionalInt::of).orElse(OptionalInt.empty()),
                      values.of(SHARD_MEGABYTES),
                      values.of(MAX_REJECTED_SHARE)));
}
