package org.contexture.stage;

import com.google.auto.value.AutoValue;
import org.contexture.pipeline.Settings;
import org.contexture.pipeline.StageConfig;

/** What {@link UnpackStage} makes its dataset from. */
@AutoValue
public abstract class UnpackConfig implements StageConfig {

  /** SHA-256 of the content of each source, in hexadecimal, separated by blanks. */
  abstract String sourceSha256();

  /** A shard ends with the file that brings it to this many bytes. */
  abstract long shardBytes();

  public static UnpackConfig of(String sourceSha256, long shardBytes) {
    return new AutoValue_UnpackConfig(sourceSha256, shardBytes);
  }

  @Override
  public Settings settings() {
    return Settings.builder()
        .put("source_sha256", sourceSha256())
        .put("shard_bytes", shardBytes())
        .build();
  }
}
