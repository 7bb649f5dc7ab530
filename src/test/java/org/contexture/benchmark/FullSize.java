package org.contexture.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.Cell;
import us.hebi.matlab.mat.types.MatFile;
import us.hebi.matlab.mat.types.Sink;
import us.hebi.matlab.mat.types.Sinks;
import us.hebi.matlab.mat.types.Struct;

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

  /** CUB-200-2011. */
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

  /** The class of each car, from 1; two neighbours for testing are not in the order of classes. */
  static List<Integer> carClasses() {
    List<Integer> classes = new ArrayList<>();
    for (int label : spread(8054, 98)) {
      classes.add(1 + label);
    }
    for (int label : spread(8131, 98)) {
      classes.add(99 + label);
    }
    Collections.swap(classes, 8054, 9000);
    return classes;
  }

  /**
   * Cars-196.
   *
   * @param classes the class of each image
   */
  static FullSize cars196(List<Integer> classes) {
    FullSize whole = new FullSize();
    Struct annotations = Mat5.newStruct(1, classes.size());
    for (int i = 0; i < classes.size(); i++) {
      String path = "car_ims/%06d.jpg".formatted(i + 1);
      annotations.set("relative_im_path", i, Mat5.newString(path));
      annotations.set("class", i, Mat5.newScalar(classes.get(i)));
      whole.paths.add(path);
    }
    Cell names = Mat5.newCell(1, 196);
    for (int i = 0; i < 196; i++) {
      names.set(i, Mat5.newString("Car " + i));
    }
    try (MatFile file = Mat5.newMatFile()) {
      file.addArray("annotations", annotations).addArray("class_names", names);
      ByteBuffer content = ByteBuffer.allocate((int) file.getUncompressedSerializedSize());
      int length;
      try (Sink sink = Sinks.wrap(content)) {
        file.writeTo(sink);
        length = Math.toIntExact(sink.position());
      }
      whole.metadata.put("cars_annos.mat", Arrays.copyOf(content.array(), length));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return whole;
  }

  /** Stanford Online Products. */
  static FullSize onlineProducts() {
    FullSize whole = new FullSize();
    int image = 1;
    int firstClass = 1;
    for (Map.Entry<String, int[]> list :
        List.of(
            Map.entry("Ebay_train.txt", spread(59551, 11318)),
            Map.entry("Ebay_test.txt", spread(60502, 11316)))) {
      StringBuilder rows = new StringBuilder(RetrievalList.HEADER + "\n");
      for (int label : list.getValue()) {
        int kind = 1 + label * 12 / 11318;
        int product = firstClass + label;
        String path = "kind_" + kind + "_final/" + product + "_" + image + ".JPG";
        rows.append(image + " " + product + " " + kind + " " + path + "\n");
        whole.paths.add("Stanford_Online_Products/" + path);
        image++;
      }
      whole.with("Stanford_Online_Products/" + list.getKey(), rows);
      firstClass += 11318;
    }
    return whole;
  }

  /** In-Shop: the numbers of items for training and testing alternate, as they do there. */
  static FullSize inShop() {
    List<Integer> training = new ArrayList<>();
    List<Integer> testing = new ArrayList<>();
    for (int item = 1; item <= 7982; item++) {
      (item == 7982 || (item % 2 == 1 && item < 7969) ? testing : training).add(item);
    }
    Collections.swap(training, 1000, 2000); // the official list is not in the order of items
    FullSize whole = new FullSize();
    StringBuilder rows = new StringBuilder("52712\nimage_name item_id evaluation_status\n");
    for (int label : spread(25882, 3997)) {
      whole.addClothes(training.get(label), "train", rows);
    }
    int[] queries = sizes(spread(14218, 3985));
    int[] gallery = sizes(spread(12612, 3985));
    for (int label = 0; label < testing.size(); label++) {
      List<String> statuses = new ArrayList<>(List.of("gallery", "query"));
      statuses.addAll(Collections.nCopies(gallery[label] - 1, "gallery"));
      statuses.addAll(Collections.nCopies(queries[label] - 1, "query"));
      for (String status : statuses) {
        whole.addClothes(testing.get(label), status, rows);
      }
    }
    return whole.with("list_eval_partition.txt", rows);
  }

  private static int[] sizes(int[] labels) {
    int[] sizes = new int[labels[labels.length - 1] + 1];
    for (int label : labels) {
      sizes[label]++;
    }
    return sizes;
  }

  private void addClothes(int item, String status, StringBuilder rows) {
    String name = "id_%08d".formatted(item);
    String path = "img/WOMEN/Dresses/" + name + "/" + paths.size() + ".jpg";
    paths.add(path);
    rows.append(path + "  " + name + " " + status + "\n");
  }

  FullSize with(String path, CharSequence content) {
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

  /** The lines of a file of metadata. */
  List<String> lines(String path) {
    return new String(metadata.get(path), StandardCharsets.UTF_8).lines().toList();
  }

  List<String> paths() {
    return List.copyOf(paths);
  }

  Labelling labelBy(PublishedBenchmark benchmark) {
    return benchmark.label(paths, metadata::get);
  }
}
