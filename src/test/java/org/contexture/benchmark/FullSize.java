package org.contexture.benchmark;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A published benchmark at its full size and in its official format, with made-up names: its
 * metadata, and of the pictures the paths alone. Some of it may be changed.
 */
final class FullSize {
  private final List<String> paths = new ArrayList<>();
  private final Map<String, byte[]> metadata = new HashMap<>();

  private FullSize() {}

  /** Images of classes in their order, as evenly as can be: the class of each, from 0. */
  private static int[] spread(int images, int classes) {
    int[] labels = new int[images];
    for (int i = 0; i < images; i++) {
      labels[i] = (int) ((long) i * classes / images);
    }
    return labels;
  }

  static FullSize cub200() {
    FullSize whole = new FullSize();
    StringBuilder images = new StringBuilder();
    StringBuilder labels = new StringBuilder();
    StringBuilder classes = new StringBuilder();
    for (int number = 1; number <= 200; number++) {
      classes.append("%d %03d.Bird_%d\n".formatted(number, number, number));
    }
    int id = 0;
    for (int[] part : List.of(spread(5864, 100), spread(5924, 100))) {
      int first = id == 0 ? 1 : 101;
      for (int label : part) {
        id++;
        String path = "%03d.Bird_%d/Bird_%05d.jpg".formatted(first + label, first + label, id);
        images.append("%d %s\n".formatted(id, path));
        labels.append("%d %d\n".formatted(id, first + label));
        whole.paths.add("CUB_200_2011/images/" + path);
      }
    }
    return whole
        .with("CUB_200_2011/images.txt", images)
        .with("CUB_200_2011/image_class_labels.txt", labels)
        .with("CUB_200_2011/classes.txt", classes);
  }

  private FullSize with(String path, CharSequence content) {
    metadata.put(path, content.toString().getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** With another text wherever a pattern is found in a file. */
  FullSize replacing(String path, String pattern, String replacement) {
    String text = new String(metadata.get(path), StandardCharsets.UTF_8);
    String changed = text.replaceAll(pattern, replacement);
    if (changed.equals(text)) {
      throw new IllegalArgumentException(path + " has no " + pattern);
    }
    return with(path, changed);
  }

  FullSize without(String path) {
    if (!paths.remove(path)) {
      throw new IllegalArgumentException("there is no " + path);
    }
    return this;
  }

  FullSize withFile(String path) {
    paths.add(path);
    return this;
  }

  List<String> paths() {
    return List.copyOf(paths);
  }

  Labelling labelBy(PublishedBenchmark benchmark) {
    return benchmark.label(paths, metadata::get);
  }
}
