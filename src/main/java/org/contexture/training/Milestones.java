package org.contexture.training;

import java.io.Serializable;
import java.util.List;

/**
 * When learning rates fall, and how far.
 *
 * @param epochs those at whose beginning they fall, counted from 0
 * @param factor what they are multiplied by each time
 */
public record Milestones(List<Integer> epochs, double factor) implements Serializable {

  public Milestones {
    epochs = List.copyOf(epochs);
  }

  /** For rates that do not fall so. */
  public static Milestones none() {
    return new Milestones(List.of(), 1);
  }
}
