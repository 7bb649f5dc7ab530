package org.contexture.stage;

import com.google.auto.value.AutoValue;
import org.contexture.pipeline.Settings;
import org.contexture.pipeline.StageConfig;

/** How {@link IndexStage} labels and splits. */
@AutoValue
public abstract class IndexConfig implements StageConfig {

  /** Name of the benchmark. */
  abstract String benchmark();

  /** Version of the benchmark's reading of labels. */
  abstract int labelling();

  /**
   * SHA-256 of each list that the split is given by, in hexadecimal, separated by blanks; empty
   * where the benchmark's own files say it.
   */
  abstract String splitSha256();

  /** Whether there is no result unless images and classes are as many as published. */
  abstract boolean publishedCounts();

  /** Share of the classes for testing, where the benchmark does not say; 0 where it does. */
  abstract double testShare();

  /** Share of the training classes held out for validation. */
  abstract double validationShare();

  /** Chooses the classes. */
  abstract long seed();

  public static Builder builder() {
    return new AutoValue_IndexConfig.Builder().testShare(0).splitSha256("").publishedCounts(false);
  }

  /** Builds a configuration; every property without a stated default is required. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder benchmark(String benchmark);

    public abstract Builder labelling(int labelling);

    public abstract Builder splitSha256(String splitSha256);

    public abstract Builder publishedCounts(boolean published);

    public abstract Builder testShare(double testShare);

    public abstract Builder validationShare(double validationShare);

    public abstract Builder seed(long seed);

    public abstract IndexConfig build();
  }

  @Override
  public Settings settings() {
    return Settings.builder()
        .put("benchmark", benchmark())
        .put("labelling", labelling())
        .put("split_sha256", splitSha256())
        .put("published_counts", publishedCounts())
        .put("test_share", testShare())
        .put("validation_share", validationShare())
        .put("seed", seed())
        .build();
  }
}
