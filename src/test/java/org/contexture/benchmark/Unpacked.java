package org.contexture.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What came out of a source, in order. */
final class Unpacked implements FileSource.Receiver {
  private final Map<String, byte[]> files = new LinkedHashMap<>();
  private final List<String> refused = new ArrayList<>();
  private final Set<FileSource.Counted> counted = EnumSet.noneOf(FileSource.Counted.class);
  private long lastProgress;

  /** Everything in a source, unpacked in parts of about so many bytes. */
  static Unpacked of(FileSource source, long bytes) throws IOException {
    Unpacked all = new Unpacked();
    all.add(source, bytes);
    return all;
  }

  /** Unpacks everything in one more source, in parts of about so many bytes. */
  void add(FileSource source, long bytes) throws IOException {
    try (FileSource.Opened opened = source.open()) {
      for (EntryRange part : source.parts(bytes)) {
        lastProgress = 0;
        opened.unpack(part, this);
      }
    }
  }

  @Override
  public void file(String path, byte[] content) {
    assertThat(files.put(path, content)).as(path).isNull();
  }

  @Override
  public void refused(String path, String reason) {
    refused.add(path + ": " + reason);
  }

  @Override
  public void progress(long done, long total, FileSource.Counted nowCounted) {
    counted.add(nowCounted);
    assertThat(done).isBetween(lastProgress, total);
    lastProgress = done;
  }

  List<String> paths() {
    return List.copyOf(files.keySet());
  }

  byte[] bytes(String path) {
    return files.get(path);
  }

  String text(String path) {
    return new String(files.get(path), StandardCharsets.UTF_8);
  }

  /** What was counted to say how far it is. */
  Set<FileSource.Counted> counted() {
    return counted;
  }

  /** Each {@code PATH: REASON}. */
  List<String> refused() {
    return refused;
  }
}
