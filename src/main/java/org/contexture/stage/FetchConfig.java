package org.contexture.stage;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.contexture.fetch.Checksum;
import org.contexture.fetch.RemoteFile;
import org.contexture.pipeline.Settings;
import org.contexture.pipeline.StageConfig;

/**
 * Which files {@link FetchStage} fetches, wherever they are.
 *
 * @param files the checksum of each file, by its name
 */
public record FetchConfig(SortedMap<String, Checksum> files) implements StageConfig {

  public FetchConfig {
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
  }

  static FetchConfig of(List<RemoteFile> files) {
    SortedMap<String, Checksum> checksums = new TreeMap<>();
    files.forEach(file -> checksums.put(file.name(), file.checksum()));
    return new FetchConfig(checksums);
  }

  @Override
  public Settings settings() {
    Settings.Builder checksums = Settings.builder();
    files.forEach((name, checksum) -> checksums.put(name, checksum.toString()));
    return Settings.builder().put("files", checksums.build()).build();
  }
}
