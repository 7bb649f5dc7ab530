package org.contexture.experiment;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.contexture.experiment.keys.Key;
import org.contexture.experiment.keys.Range;
import org.contexture.experiment.keys.Section;
import org.contexture.experiment.keys.Values;
import org.contexture.image.Resize;
import org.contexture.stage.ShardConfig;

/**
 * How images are prepared, stored and seen.
 *
 * @param size width and height of what the network sees, in pixels
 * @param encoding how an image is stored in a shard
 * @param storedForTraining the size that images to train on are stored in; of no meaning for
 *     originals
 * @param storedForTesting the size that images to test on are stored in; of no meaning for
 *     originals
 * @param seenInTests what is done to a stored image before the network sees its middle
 * @param jpegQuality 1 to 100 when the encoding is JPEG, else empty
 * @param shardMegabytes about how large a shard is, in MiB
 * @param maxRejectedShare share of the images that may be unusable before the run stops
 */
public record ImageSettings(
    int size,
    ShardConfig.Encoding encoding,
    Resize storedForTraining,
    Resize storedForTesting,
    Resize seenInTests,
    OptionalInt jpegQuality,
    int shardMegabytes,
    double maxRejectedShare) {

  private static final int LARGEST = 1024;

  private static final Key<Integer> SIZE =
      Key.whole("size", 8, LARGEST, "Width and height of what the network sees, in pixels.").or(64);
  private static final Key<ShardConfig.Encoding> ENCODING =
      Key.choice(
              "encoding",
              List.of(ShardConfig.Encoding.values()),
              encoding -> encoding.name().toLowerCase(Locale.ROOT),
              "How images are stored in shards: png loses nothing, jpeg is smaller, original is the"
                  + " file as it came, so that crops are cut from the original.")
          .or(ShardConfig.Encoding.PNG);
  private static final Key<Optional<Integer>> STORED_SIZE =
      Key.wholeOrNone(
              "stored_size",
              8,
              LARGEST,
              "The size that images are stored in, in pixels; none is that which the network sees.")
          .or(Optional.empty());
  private static final Key<Resize.Rule> TRAIN_RESIZE =
      rule(
          "train_resize",
          "How images to train on are resized to be stored: their short_side gets that size and the"
              + " aspect is kept, or they are squashed to a square.");
  private static final Key<Resize.Rule> TEST_RESIZE =
      rule(
          "test_resize",
          "How images to test on are resized, to be stored and to be seen: short_side keeps the"
              + " aspect, square does not.");
  private static final Key<Optional<Integer>> TEST_SIZE =
      Key.wholeOrNone(
              "test_size",
              8,
              LARGEST,
              "The size that images are brought to in tests, before the network sees their middle;"
                  + " none is that which the network sees.")
          .or(Optional.empty());
  private static final Key<Integer> JPEG_QUALITY =
      Key.whole("jpeg_quality", 1, 100, "Quality of the JPEG encoder.").or(95);
  private static final Key<Integer> SHARD_MEGABYTES =
      Key.whole("shard_megabytes", 1, 1024, "About how large a shard file is, in MiB.").or(128);
  private static final Key<Double> MAX_REJECTED_SHARE =
      Key.number(
              "max_rejected_share",
              Range.of(0, 1),
              "Share of the images that may be unusable before the run stops.")
          .or(0.0);

  static final Section<ImageSettings> SECTION =
      Section.of(SIZE, ENCODING, TEST_RESIZE, TEST_SIZE, SHARD_MEGABYTES, MAX_REJECTED_SHARE)
          .when(ENCODING, ShardConfig.Encoding.PNG, STORED_SIZE, TRAIN_RESIZE)
          .when(ENCODING, ShardConfig.Encoding.JPEG, STORED_SIZE, TRAIN_RESIZE, JPEG_QUALITY)
          .rule(List.of(SIZE, TEST_SIZE), ImageSettings::tooSmallToCut)
          .as(ImageSettings::of);

  private static Key<Resize.Rule> rule(String name, String description) {
    return Key.choice(
            name,
            List.of(Resize.Rule.values()),
            rule -> rule.name().toLowerCase(Locale.ROOT),
            description)
        .or(Resize.Rule.SHORT_SIDE);
  }

  private static Optional<String> tooSmallToCut(Values values) {
    int size = values.of(SIZE);
    return values
        .of(TEST_SIZE)
        .filter(before -> before < size)
        .map(
            before ->
                "%d pixels have no square of %d to be seen; allowed: size and more"
                    .formatted(before, size));
  }

  private static ImageSettings of(Values values) {
    int size = values.of(SIZE);
    int storedSize = values.when(STORED_SIZE).flatMap(given -> given).orElse(size);
    Resize.Rule forTests = values.of(TEST_RESIZE);
    return new ImageSettings(
        size,
        values.of(ENCODING),
        new Resize(values.when(TRAIN_RESIZE).orElse(Resize.Rule.SHORT_SIDE), storedSize),
        new Resize(forTests, storedSize),
        new Resize(forTests, values.of(TEST_SIZE).orElse(size)),
        values.when(JPEG_QUALITY).map(OptionalInt::of).orElse(OptionalInt.empty()),
        values.of(SHARD_MEGABYTES),
        values.of(MAX_REJECTED_SHARE));
  }
}
