package org.contexture.loss;

import java.util.List;

/**
 * Triplets of images of a batch, by their positions: an anchor, one of its class, and one of
 * another class.
 */
record Triplets(List<Triplet> all) {

  /** One of them. */
  record Triplet(int anchor, int positive, int negative) {}

  Triplets {
    all = List.copyOf(all);
  }
}
