package org.contexture.benchmark;

import java.util.Locale;

/**
 * An image of a benchmark with its labels.
 *
 * @param id number of the image, unique in the benchmark
 * @param path its file
 * @param label number of its class
 * @param className readable name of its class
 * @param superLabel number of its super class, or 0
 * @param superName readable name of its super class, or empty
 * @param subset what its class is for
 */
public record LabelledImage(
    long id,
    String path,
    int label,
    String className,
    int superLabel,
    String superName,
    Subset subset) {

  /** The parts of a benchmark; no class for training is in any of the others. */
  public enum Subset {
    /** For training; classes for validation are taken from these. */
    TRAIN,
    /** For testing: searched among all others for testing. */
    TEST,
    /** For testing: searched in the gallery. */
    QUERY,
    /** For testing: what queries are searched in. */
    GALLERY;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
