package org.contexture.benchmark;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.contexture.benchmark.LabelledImage.Subset;
import org.contexture.failure.Failure;
import org.contexture.record.Rejection;

/**
 * One's own images, named by a list that lies in the folder that holds them: a {@code .csv} file,
 * or a {@code .txt} file in the format of Stanford Online Products. Files that the list does not
 * name are not part of the data set. Classes are numbered in the order of their names, images in
 * the order of the list. A list that does not say which classes are for testing leaves that to a
 * seed.
 */
public final class ImageList implements Benchmark {
  private static final long serialVersionUID = 1L;

  private final String list;
  private final double testShare;
  private final long seed;

  /**
   * A row of a list.
   *
   * @param subset what it is for; empty where the list does not say
   */
  record Row(String path, String label, String superLabel, Optional<Subset> subset, String where) {}

  /** What a list says, and what of it cannot be used. */
  record Rows(List<Row> usable, List<Rejection> rejections) {}

  /**
   * A list.
   *
   * @param testShare share of the classes for testing, 0 to 1, where the list does not say
   * @param seed chooses them
   */
  public ImageList(Path list, double testShare, long seed) {
    this.list = list.toString();
    this.testShare = testShare;
    this.seed = seed;
  }

  @Override
  public String name() {
    return "image-list";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public List<FileSource> sources() {
    String file = Path.of(list).toAbsolutePath().toString();
    return List.of(Folder.listed(Path.of(file).getParent(), () -> filesOf(Path.of(file))));
  }

  /** The list itself and the images that it names. */
  private static List<String> filesOf(Path list) throws IOException {
    if (!Files.isRegularFile(list)) {
      throw Failure.data("There is no list %s.", list);
    }
    String name = list.getFileName().toString();
    List<String> files = new ArrayList<>(List.of(name));
    rows(name, Files.readAllBytes(list)).usable().forEach(row -> files.add(row.path()));
    return files;
  }

  @Override
  public String attribution() {
    return "";
  }

  @Override
  public Labelling label(List<String> paths, MetadataReader metadata) {
    String file = Path.of(list).getFileName().toString();
    byte[] content = metadata.read(file);
    Rows rows = rows(file, content);
    List<Row> usable = withoutClassesOnBothSides(rows);
    Map<String, Integer> labels = numbered(usable.stream().map(Row::label).toList());
    Map<String, Integer> superLabels = numbered(usable.stream().map(Row::superLabel).toList());
    Set<String> test = test(usable, labels.keySet());
    Listing listing = new Listing(paths);
    rows.rejections().forEach(bad -> listing.reject(bad.getWhat(), bad.getWhere(), bad.getWhy()));
    rows.usable().stream()
        .filter(row -> !labels.containsKey(row.label()))
        .forEach(
            row ->
                listing.refuse(
                    row.path(),
                    row.where(),
                    "its class %s has images for training and for testing".formatted(row.label())));
    long id = 0;
    for (Row row : usable) {
      listing.add(
          new LabelledImage(
              id++,
              row.path(),
              labels.get(row.label()),
              row.label(),
              superLabels.get(row.superLabel()),
              row.superLabel(),
              row.subset().orElse(test.contains(row.label()) ? Subset.TEST : Subset.TRAIN)),
          row.where());
    }
    return listing.finish(path -> false);
  }

  private static Rows rows(String file, byte[] content) {
    return file.endsWith(".txt") ? productRows(file, content) : ImageCsv.read(file, content);
  }

  private static Rows productRows(String file, byte[] content) {
    RetrievalList rows = new RetrievalList(file, content);
    return new Rows(
        rows.rows().stream()
            .map(
                row ->
                    new Row(
                        row.path(),
                        Integer.toString(row.classId()),
                        Integer.toString(row.superClassId()),
                        Optional.empty(),
                        file + " image " + row.imageId()))
            .toList(),
        rows.rejections());
  }

  private static List<Row> withoutClassesOnBothSides(Rows rows) {
    Map<String, Set<Boolean>> sides = new HashMap<>();
    for (Row row : rows.usable()) {
      row.subset()
          .ifPresent(
              subset ->
                  sides
                      .computeIfAbsent(row.label(), label -> new HashSet<>())
                      .add(subset == Subset.TRAIN));
    }
    return rows.usable().stream()
        .filter(row -> sides.getOrDefault(row.label(), Set.of()).size() < 2)
        .toList();
  }

  private static Map<String, Integer> numbered(List<String> names) {
    Map<String, Integer> numbers = new TreeMap<>();
    new TreeSet<>(names).forEach(name -> numbers.put(name, numbers.size()));
    return numbers;
  }

  /** The classes for testing; drawn by the seed where no row says what it is for. */
  private Set<String> test(List<Row> rows, Set<String> classes) {
    boolean told = rows.stream().anyMatch(row -> row.subset().isPresent());
    Set<String> test =
        told
            ? new TreeSet<>(
                rows.stream()
                    .filter(row -> row.subset().filter(Subset.TRAIN::equals).isEmpty())
                    .map(Row::label)
                    .toList())
            : new ClassSplit(seed, "test").share(classes, testShare);
    if (test.isEmpty() || test.size() == classes.size()) {
      throw Failure.data(
          "Of the %d classes of %s, %d are for testing: both training and testing need some. %s",
          classes.size(),
          list,
          test.size(),
          new ArrayList<>(classes).stream().limit(5).collect(joining(", ", "The first: ", ".")));
    }
    return test;
  }
}
