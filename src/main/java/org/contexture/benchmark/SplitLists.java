package org.contexture.benchmark;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The lists that define a split, as the paper's code reads them: rows {@code image_id class_id
 * super_class_id path} below that header, parted by blanks; {@code path,super_label,class_id}
 * without a header for iNaturalist. Lines end with LF, the last one too.
 */
public final class SplitLists {
  private static final String HEADER = "image_id class_id super_class_id path\n";

  private final Form form;
  private final SortedMap<String, List<String>> rows = new TreeMap<>();

  /** What the rows of a benchmark are like. */
  private enum Form {
    /** Images are counted anew in each list; paths are below the data set's folder. */
    COUNTED,
    /** Images have numbers of their own. */
    NUMBERED,
    /** As the lists that come with Stanford Online Products: everything is counted from 1. */
    FROM_ONE,
    COMMAS
  }

  private final String benchmark;
  private final String root;

  private SplitLists(String benchmark, Form form, String root) {
    this.benchmark = benchmark;
    this.form = form;
    this.root = root;
  }

  /**
   * Lists with no rows yet.
   *
   * @param benchmark its name in experiment files; one that the paper does not use has lists like
   *     In-Shop's
   */
  public static SplitLists of(String benchmark) {
    return switch (benchmark) {
      case "cub200" -> new SplitLists(benchmark, Form.COUNTED, "CUB_200_2011/");
      case "cars196" -> new SplitLists(benchmark, Form.COUNTED, "");
      case "sop" -> new SplitLists("Ebay", Form.FROM_ONE, "Stanford_Online_Products/");
      case "inaturalist" -> new SplitLists("iNaturalist", Form.COMMAS, "");
      default -> new SplitLists(benchmark, Form.NUMBERED, "");
    };
  }

  /** Adds an image at the end of the list of its subset. */
  public void add(LabelledImage image) {
    List<String> list =
        rows.computeIfAbsent(
            "%s_%s.txt".formatted(benchmark, image.subset().word()), name -> new ArrayList<>());
    String path =
        image.path().startsWith(root) ? image.path().substring(root.length()) : image.path();
    list.add(
        switch (form) {
          case COUNTED -> row(list.size(), image.label(), image.superLabel(), path);
          case NUMBERED -> row(image.id(), image.label(), image.superLabel(), path);
          case FROM_ONE -> row(image.id(), image.label() + 1, image.superLabel() + 1, path);
          case COMMAS -> "%s,%d,%d\n".formatted(path, image.superLabel(), image.label());
        });
  }

  private static String row(long id, int label, int superLabel, String path) {
    return "%d %d %d %s\n".formatted(id, label, superLabel, path);
  }

  /** The lists by the names of their files. */
  public SortedMap<String, String> texts() {
    SortedMap<String, String> texts = new TreeMap<>();
    rows.forEach(
        (name, list) ->
            texts.put(
                name, list.stream().collect(joining("", form == Form.COMMAS ? "" : HEADER, ""))));
    return texts;
  }
}
