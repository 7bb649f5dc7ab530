package org.contexture.loss;

import java.util.ArrayList;
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

  /** Every triplet there is. */
  static Triplets every(int[] labels) {
    List<Triplet> triplets = new ArrayList<>();
    for (int anchor = 0; anchor < labels.length; anchor++) {
      for (int positive = 0; positive < labels.length; positive++) {
        if (positive == anchor || labels[positive] != labels[anchor]) {
          continue;
        }
        for (int negative = 0; negative < labels.length; negative++) {
          if (labels[negative] != labels[anchor]) {
            triplets.add(new Triplet(anchor, positive, negative));
          }
        }
      }
    }
    return new Triplets(triplets);
  }
}
