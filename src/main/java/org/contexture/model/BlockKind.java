package org.contexture.model;

/**
 * The two residual blocks of "Deep Residual Learning" (He et al. 2016), as torchvision has them.
 */
enum BlockKind {
  /** Two 3×3 convolutions. */
  BASIC(1),
  /** 1×1, 3×3 (which carries the stride) and 1×1, the last with four times the planes. */
  BOTTLENECK(4);

  private final int expansion;

  BlockKind(int expansion) {
    this.expansion = expansion;
  }

  /** Output channels of a block as a multiple of its planes. */
  int expansion() {
    return expansion;
  }
}
