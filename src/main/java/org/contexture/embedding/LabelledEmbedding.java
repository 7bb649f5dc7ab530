package org.contexture.embedding;

import java.util.Optional;
import org.contexture.record.Split;

/** An embedding of an image whose class is known. */
public final class LabelledEmbedding {
  /** What rounding leaves of the squared length of a unit vector: such vectors stay as they are. */
  private static final double TOLERANCE = 1e-6;

  private final String label;
  private final Split split;
  private final float[] vector;

  private LabelledEmbedding(String label, Split split, float[] vector) {
    this.label = label;
    this.split = split;
    this.vector = vector;
  }

  /**
   * An embedding, brought to length 1.
   *
   * @throws IllegalArgumentException if the vector has no direction: it is zero or not finite
   */
  static LabelledEmbedding of(String label, Split split, float[] vector) {
    double squares = 0;
    for (float component : vector) {
      squares += (double) component * component;
    }
    if (!(squares > 0) || Double.isInfinite(squares)) {
      throw new IllegalArgumentException(
          "has the length %s; embeddings are finite and not zero".formatted(Math.sqrt(squares)));
    }
    float[] unit = vector.clone();
    if (Math.abs(squares - 1) > TOLERANCE) {
      double length = Math.sqrt(squares);
      for (int i = 0; i < unit.length; i++) {
        unit[i] = (float) (unit[i] / length);
      }
    }
    return new LabelledEmbedding(label, split, unit);
  }

  /**
   * Whether an image is asked, searched or both.
   *
   * @param isQuery what is said of it, if anything
   * @param isGallery what is said of it, if anything
   * @throws IllegalArgumentException if it is neither
   */
  static Split split(Optional<Boolean> isQuery, Optional<Boolean> isGallery) {
    boolean asked = isQuery.orElse(isGallery.isEmpty() || !isGallery.get());
    boolean searched = isGallery.orElse(isQuery.isEmpty() || !isQuery.get());
    if (!asked && !searched) {
      throw new IllegalArgumentException("is neither asked nor searched");
    }
    return asked && searched ? Split.TEST : asked ? Split.QUERY : Split.GALLERY;
  }

  /**
   * The class of an image in a folder per class.
   *
   * @throws IllegalArgumentException if it is in no folder
   */
  static String folder(String path) {
    int end = path.lastIndexOf('/');
    if (end < 1) {
      throw new IllegalArgumentException(
          "has no label, and its path '%s' no folder that could stand for one".formatted(path));
    }
    return path.substring(0, end);
  }

  /** The class. */
  public String label() {
    return label;
  }

  /** {@code TEST} where it is both asked and searched. */
  public Split split() {
    return split;
  }

  /** The unit vector. */
  public float[] vector() {
    return vector.clone();
  }
}
