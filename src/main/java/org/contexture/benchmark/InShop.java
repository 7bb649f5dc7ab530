package org.contexture.benchmark;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.contexture.benchmark.LabelledImage.Subset;
import org.contexture.failure.Failure;

/**
 * In-Shop Clothes Retrieval, by {@code list_eval_partition.txt}: images to train on, queries, and
 * the gallery that they are searched in. A class is an item; training items are numbered first, by
 * the numbers in their names, then those for testing. Images are numbered in the order of the list,
 * those for training first.
 */
record InShop() implements LabelReader {
  private static final String LIST = "list_eval_partition.txt";
  private static final String HEADER = "image_name item_id evaluation_status";

  @Override
  public String name() {
    return "inshop";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public List<PublishedFile> files() {
    return List.of(PublishedFile.byHand("img.zip"), PublishedFile.byHand(LIST));
  }

  @Override
  public String attribution() {
    return "In-Shop Clothes Retrieval is a part of DeepFashion (Liu, Luo, Qiu, Wang, Tang:"
        + " DeepFashion: Powering Robust Clothes Recognition and Retrieval with Rich Annotations,"
        + " CVPR 2016). The Chinese University of Hong Kong gives img.zip and"
        + " list_eval_partition.txt by hand, for non-commercial research only"
        + " (http://mmlab.ie.cuhk.edu.hk/projects/DeepFashion/InShopRetrieval.html).";
  }

  @Override
  public List<ExpectedCount> expected() {
    return List.of(
        new ExpectedCount(Subset.TRAIN, 25882, 3997),
        new ExpectedCount(Subset.QUERY, 14218, 3985),
        new ExpectedCount(Subset.GALLERY, 12612, 3985));
  }

  /** A row of the list. */
  private record Row(String path, String item, int number, Subset subset, String where) {}

  @Override
  public Labelling label(List<String> paths, Benchmark.MetadataReader metadata) {
    Listing listing = new Listing(paths);
    List<Row> rows = rows(metadata.read(LIST), listing);
    List<Row> training = rows.stream().filter(row -> row.subset() == Subset.TRAIN).toList();
    List<Row> testing = rows.stream().filter(row -> row.subset() != Subset.TRAIN).toList();
    Map<Integer, Integer> labels = new HashMap<>();
    number(training, labels);
    int trainingItems = labels.size();
    number(testing, labels);
    long id = 0;
    List<Row> ordered = new ArrayList<>(training);
    ordered.addAll(testing);
    for (Row row : ordered) {
      int label = labels.get(row.number());
      if (row.subset() != Subset.TRAIN && label < trainingItems) {
        listing.refuse(row.path(), row.where(), "its item is for training too");
      } else {
        listing.add(
            new LabelledImage(id, row.path(), label, row.item(), 1, "", row.subset()), row.where());
      }
      id++;
    }
    return listing.finish(path -> path.startsWith("img/"));
  }

  private static void number(List<Row> rows, Map<Integer, Integer> labels) {
    TreeSet<Integer> items = new TreeSet<>(Comparator.naturalOrder());
    rows.forEach(row -> items.add(row.number()));
    items.forEach(item -> labels.putIfAbsent(item, labels.size()));
  }

  private static List<Row> rows(byte[] content, Listing listing) {
    List<MetadataLines.Line> lines = MetadataLines.of(LIST, content);
    if (lines.size() < 2 || !String.join(" ", lines.get(1).parts(4)).equals(HEADER)) {
      throw Failure.data(
          "%s is not the list of In-Shop: its second line has to be '%s'.", LIST, HEADER);
    }
    List<MetadataLines.Line> images = lines.subList(2, lines.size());
    if (!lines.get(0).text().equals(Integer.toString(images.size()))) {
      listing.reject(
          lines.get(0).text(),
          lines.get(0).where(),
          "it says how many images follow, and " + images.size() + " do");
    }
    List<Row> rows = new ArrayList<>();
    for (MetadataLines.Line line : images) {
      String[] parts = line.parts(4);
      Optional<Subset> subset = parts.length == 3 ? subset(parts[2]) : Optional.empty();
      Optional<Integer> number =
          parts.length == 3 && parts[1].startsWith("id_")
              ? Whole.of(parts[1].substring("id_".length()))
              : Optional.empty();
      if (subset.isEmpty() || number.isEmpty()) {
        listing.reject(
            line.text(),
            line.where(),
            "a row is a path, an item such as id_00000001, and one of train, query, gallery");
      } else {
        rows.add(new Row(parts[0], parts[1], number.get(), subset.get(), line.where()));
      }
    }
    return rows;
  }

  private static Optional<Subset> subset(String word) {
    return switch (word) {
      case "train" -> Optional.of(Subset.TRAIN);
      case "query" -> Optional.of(Subset.QUERY);
      case "gallery" -> Optional.of(Subset.GALLERY);
      default -> Optional.empty();
    };
  }
}
