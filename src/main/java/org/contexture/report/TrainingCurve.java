package org.contexture.report;

import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * The course of one training stage.
 *
 * @param role the model it made: pre-trained, trained or control
 * @param label what it did: {@code multi_similarity from random weights}
 * @param epochs its epochs, in order
 * @param keptEpoch the number of the epoch whose weights were kept
 * @param selectedOn what they were selected by
 */
public record TrainingCurve(
    ModelRole role,
    String label,
    List<Epoch> epochs,
    OptionalInt keptEpoch,
    SelectedOn selectedOn) {

  public TrainingCurve {
    Objects.requireNonNull(role, "role");
    Objects.requireNonNull(label, "label");
    Objects.requireNonNull(keptEpoch, "keptEpoch");
    Objects.requireNonNull(selectedOn, "selectedOn");
    epochs = List.copyOf(epochs);
  }
}
