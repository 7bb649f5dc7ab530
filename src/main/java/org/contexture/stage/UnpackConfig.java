package org.contexture.stage;

import com.google.auto.value.AutoValue;
import java.util.Optional;
import org.contexture.pipeline.Settings;
import org.contexture.pipeline.StageConfig;

/** What {@link UnpackStage} makes its dataset from. */
@AutoValue
public abstract class UnpackConfig implements StageConfig {

  /**
   * SHA-256 of the content of each source, in hexadecimal, separated by blanks; empty where they
   * are an input of the stage.
   */
  abstract Optional<String> sourceSha256();

  /** A shard ends with the file that brings it to this many bytes. */
  abstract long shardBytes();

  /** For sources that are somewhere outside the store. */
  public static UnpackConfig of(String sourceSha256, long shardBytes) {
    return new AutoValue_UnpackConfig(Optional.of(sourceSha256), shardBytes);
  }

  /** For sources that are a dataset. */
  public static UnpackConfig ofFetched(long shardBytes) {
    return new AutoValue_UnpackConfig(Optional.empty(), shardBytes);
  }

  @Override
  public Settings settings() {
    Settings.Builder settings = Settings.builder().put("shard_bytes", shardBytes());
    sourceSha256().ifPresent(digests -> settings.put("source_sha256", digests));
    return settings.build();
  }
}
