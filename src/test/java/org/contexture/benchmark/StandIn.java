package org.contexture.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.contexture.failure.Failure;

/** The files of a published benchmark's stand-in, some of them perhaps changed. */
final class StandIn {
  private final LabelReader reader;
  private final List<String> paths = new ArrayList<>();
  private final Map<String, byte[]> metadata = new HashMap<>();

  private StandIn(LabelReader reader) {
    this.reader = reader;
  }

  /** The folder of the stand-ins. */
  static Path folder() {
    try {
      return Path.of(StandIn.class.getResource("mini/README.md").toURI()).getParent();
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static StandIn of(LabelReader reader) {
    StandIn standIn = new StandIn(reader);
    try {
      for (PublishedFile file : reader.files()) {
        FileSource source = FileSource.of(folder().resolve(file.name()));
        Unpacked unpacked = Unpacked.of(source, 1 << 20);
        for (String path : unpacked.paths()) {
          standIn.paths.add(path);
          if (!path.toLowerCase(Locale.ROOT).endsWith(".jpg")) {
            standIn.metadata.put(path, unpacked.bytes(path));
          }
        }
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return standIn;
  }

  /** With a line, or a part of one, replaced wherever it is in a file. */
  StandIn replacing(String path, String old, String replacement) {
    String text = new String(metadata.get(path), StandardCharsets.UTF_8);
    if (!text.contains(old)) {
      throw new IllegalArgumentException(path + " has no " + old);
    }
    return with(path, text.replace(old, replacement).getBytes(StandardCharsets.UTF_8));
  }

  StandIn with(String path, byte[] content) {
    metadata.put(path, content);
    return this;
  }

  StandIn without(String path) {
    paths.remove(path);
    return this;
  }

  StandIn withFile(String path) {
    paths.add(path);
    return this;
  }

  byte[] content(String path) {
    return metadata.get(path).clone();
  }

  Labelling label() {
    return reader.label(
        paths,
        path -> {
          if (!metadata.containsKey(path)) {
            throw Failure.data("There is no %s.", path);
          }
          return metadata.get(path);
        });
  }
}
