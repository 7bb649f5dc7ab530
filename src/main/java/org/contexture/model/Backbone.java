package org.contexture.model;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The residual networks on offer, layer by layer torchvision's without {@code fc}: a 7×7 stem with
 * stride 2, a max pool, and four stages of blocks of which the last three halve the resolution.
 */
public enum Backbone {
  /** One narrow bottleneck a stage, 256 features: for tests. */
  TINY("tiny", BlockKind.BOTTLENECK, 8, 1, 1, 1, 1),
  RESNET18("resnet18", BlockKind.BASIC, 64, 2, 2, 2, 2),
  RESNET34("resnet34", BlockKind.BASIC, 64, 3, 4, 6, 3),
  RESNET50("resnet50", BlockKind.BOTTLENECK, 64, 3, 4, 6, 3),
  RESNET101("resnet101", BlockKind.BOTTLENECK, 64, 3, 4, 23, 3),
  /** ResNet-50 with one block a stage: for tests. */
  BOTTLENECK1111("bottleneck1111", BlockKind.BOTTLENECK, 64, 1, 1, 1, 1);

  private final String key;
  private final BlockKind block;
  private final int width;

  @SuppressWarnings("ImmutableEnumChecker") // never written to
  private final int[] blocksPerStage;

  Backbone(String key, BlockKind block, int width, int... blocksPerStage) {
    this.key = key;
    this.block = block;
    this.width = width;
    this.blocksPerStage = blocksPerStage;
  }

  /** The name in experiment files and in checkpoints. */
  public String key() {
    return key;
  }

  /** Channels of the last feature map, and so the size of the pooled vector. */
  public int features() {
    return channels(stages() - 1);
  }

  BlockKind block() {
    return block;
  }

  /** Channels of the stem. */
  int width() {
    return width;
  }

  int stages() {
    return blocksPerStage.length;
  }

  int blocks(int stage) {
    return blocksPerStage[stage];
  }

  /** Channels inside the blocks of a stage. */
  int planes(int stage) {
    return width << stage;
  }

  /** Channels of the feature map of a stage. */
  int channels(int stage) {
    return planes(stage) * block.expansion();
  }

  /** Height and width of the feature map of a stage for images of this size. */
  int mapSize(int inputSize, int stage) {
    int size = inputSize;
    // The stem's convolution, its pool, and every stage but the first.
    for (int halvings = stage + 2; halvings > 0; halvings--) {
      size = Convolution.sideAfter(size, 2);
    }
    return size;
  }

  /** The backbone called {@code key}. */
  public static Optional<Backbone> ofKey(String key) {
    return Arrays.stream(values()).filter(backbone -> backbone.key.equals(key)).findFirst();
  }

  /** All names, for messages. */
  public static String keys() {
    return Arrays.stream(values()).map(Backbone::key).collect(Collectors.joining(", "));
  }
}
