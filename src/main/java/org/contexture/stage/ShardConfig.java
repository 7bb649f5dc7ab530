package org.contexture.stage;

import com.google.auto.value.AutoValue;
import java.io.Serializable;
import java.util.Locale;
import org.contexture.pipeline.Settings;
import org.contexture.pipeline.StageConfig;

/** How {@link ShardStage} prepares images. */
@AutoValue
public abstract class ShardConfig implements StageConfig, Serializable {
  private static final long serialVersionUID = 1L;

  /** Length of the short side in pixels; the long side follows, the aspect is kept. */
  abstract int size();

  /** How pixels are stored. */
  abstract Encoding encoding();

  /** JPEG quality, 1 to 100; of no meaning for PNG. */
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
    JPEG
  }

  public static Builder builder() {
    return new AutoValue_ShardConfig.Builder();
  }

  /** Builds a configuration; every property is required. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder size(int size);

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
            .put("size", size())
            .put("encoding", encoding().name().toLowerCase(Locale.ROOT))
            .put("shard_bytes", shardBytes())
            .put("seed", seed());
    if (encoding() == Encoding.JPEG) {
      settings.put("jpeg_quality", jpegQuality());
    }
    return settings.build();
  }
}
