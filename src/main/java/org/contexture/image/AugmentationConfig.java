package org.contexture.image;

import com.google.auto.value.AutoValue;
import java.io.Serializable;

/** How training changes images. The defaults are those of the paper's runs on CUB and Cars. */
@AutoValue
public abstract class AugmentationConfig implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Least part of the image that a crop keeps, above 0. */
  public abstract double scaleMinimum();

  /** Greatest part of the image that a crop keeps, at most 1. */
  public abstract double scaleMaximum();

  /** Least width by height of a crop. */
  public abstract double ratioMinimum();

  /** Greatest width by height of a crop. */
  public abstract double ratioMaximum();

  /** How often left and right are exchanged. */
  public abstract double flipProbability();

  /** Whether all images of a class in a batch are first put in one {@link ClassOrientation}. */
  public abstract boolean turnClasses();

  /** The defaults, to change some of. */
  public static Builder builder() {
    return new AutoValue_AugmentationConfig.Builder()
        .scaleMinimum(0.16)
        .scaleMaximum(1)
        .ratioMinimum(0.75)
        .ratioMaximum(1.33)
        .flipProbability(0.5)
        .turnClasses(false);
  }

  /** Sets some of the values. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder scaleMinimum(double value);

    public abstract Builder scaleMaximum(double value);

    public abstract Builder ratioMinimum(double value);

    public abstract Builder ratioMaximum(double value);

    public abstract Builder flipProbability(double value);

    public abstract Builder turnClasses(boolean value);

    abstract AugmentationConfig values();

    /** The configuration; a value out of its range is an {@link IllegalArgumentException}. */
    public AugmentationConfig build() {
      AugmentationConfig config = values();
      new RandomResizedCrop(
          1,
          config.scaleMinimum(),
          config.scaleMaximum(),
          config.ratioMinimum(),
          config.ratioMaximum());
      check("flipProbability", config.flipProbability());
      return config;
    }

    private static void check(String name, double value) {
      if (!(value >= 0 && value <= 1)) {
        throw new IllegalArgumentException("%s is %s; allowed is 0 to 1".formatted(name, value));
      }
    }
  }
}
