package org.contexture.stage;

import com.google.auto.value.AutoValue;
import java.io.Serializable;
import java.util.Locale;
import org.contexture.image.Resize;
import org.contexture.pipeline.Settings;
import org.contexture.pipeline.StageConfig;

/** How {@link ShardStage} prepares images. */
@AutoValue
public abstract class ShardConfig implements StageConfig, Serializable {
  private static final long serialVersionUID = 1L;

  /** What is done to images to train and validate on; of no meaning for originals. */
  abstract Resize resize();

  /** What is done to images to test on; of no meaning for originals. */
  abstract Resize testResize();

  /** How pixels are stored. */
  abstract Encoding encoding();

  /** JPEG quality, 1 to 100; of no meaning for other encodings. */
  abstract int jpegQuality();

  /** Size a shard aims at, in bytes of original images. */
  abstract long shardBytes();

  /** Shuffles the examples. */
  abstract long seed();

  /** A picture format of examples. */
  public enum Encoding {
    /** Lossless; right for drawings and small pictures. */
    PNG,
    /** Lossy and small; right for photographs. */
    JPEG,
    /** The file as it came, of whatever size; right where crops are cut from originals. */
    ORIGINAL
  }

  public static Builder builder() {
    return new AutoValue_ShardConfig.Builder();
  }

  /** Builds a configuration; every property is required. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder resize(Resize resize);

    public abstract Builder testResize(Resize resize);

    public abstract Builder encoding(Encoding encoding);

    public abstract Builder jpegQuality(int jpegQuality);

    public abstract Builder shardBytes(long shardBytes);

    public abstract Builder seed(long seed);

    public abstract ShardConfig build();
  }

  @Override
  public Settings settings() {
    Settings.Builder settings =
        Settings.builder()
            .put("encoding", encoding().name().toLowerCase(Locale.ROOT))
            .put("shard_bytes", shardBytes())
            .put("seed", seed());
    if (encoding() != Encoding.ORIGINAL) {
      settings.put("resize", ResizeSettings.of(resize()));
      settings.put("test_resize", ResizeSettings.of(testResize()));
    }
    if (encoding() == Encoding.JPEG) {
      settings.put("jpeg_quality", jpegQuality());
    }
    return settings.build();
  }
}
