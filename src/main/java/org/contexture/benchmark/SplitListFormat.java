package org.contexture.benchmark;

import java.io.Serializable;
import java.util.Optional;
import org.contexture.benchmark.LabelledImage.Subset;

/**
 * How the paper's code writes a list of images: rows {@code image_id class_id super_class_id path}
 * below that header, parted by blanks; {@code path,super_label,class_id} without a header for
 * iNaturalist. Lines end with LF, the last one too.
 *
 * @param prefix what names of lists begin with
 * @param rows what rows are like
 * @param root what the paths of images begin with and those of rows do not
 */
record SplitListFormat(String prefix, Rows rows, String root) implements Serializable {
  /** What the rows of a benchmark are like. */
  enum Rows {
    /** Images are counted anew in each list; paths are below the data set's folder. */
    COUNTED,
    /** Images have numbers of their own. */
    NUMBERED,
    /** As the lists that come with Stanford Online Products: everything is counted from 1. */
    FROM_ONE,
    COMMAS
  }

  /** What a row says of an image. */
  record Row(String path, int label, int superLabel) {}

  /**
   * The format of a benchmark's lists; one that the paper does not use has lists like In-Shop's.
   *
   * @param benchmark its name in experiment files
   */
  static SplitListFormat of(String benchmark) {
    return switch (benchmark) {
      case "cub200" -> new SplitListFormat(benchmark, Rows.COUNTED, "CUB_200_2011/");
      case "cars196" -> new SplitListFormat(benchmark, Rows.COUNTED, "");
      case "sop" -> new SplitListFormat("Ebay", Rows.FROM_ONE, "Stanford_Online_Products/");
      case "inaturalist" -> new SplitListFormat("iNaturalist", Rows.COMMAS, "");
      default -> new SplitListFormat(benchmark, Rows.NUMBERED, "");
    };
  }

  String fileName(Subset subset) {
    return "%s_%s.txt".formatted(prefix, subset.word());
  }

  /** The first line, or nothing. */
  String header() {
    return rows == Rows.COMMAS ? "" : RetrievalList.HEADER + "\n";
  }

  /** Whether a line is the first line of a list; the paper's code looks for this word. */
  boolean isHeader(String line) {
    return line.contains("image_id");
  }

  /**
   * The line of an image.
   *
   * @param position in its list, from 0
   */
  String write(int position, LabelledImage image) {
    String path =
        image.path().startsWith(root) ? image.path().substring(root.length()) : image.path();
    return switch (rows) {
      case COUNTED -> row(position, image.label(), image.superLabel(), path);
      case NUMBERED -> row(image.id(), image.label(), image.superLabel(), path);
      case FROM_ONE -> row(image.id(), image.label() + 1, image.superLabel() + 1, path);
      case COMMAS -> path + "," + image.superLabel() + "," + image.label() + "\n";
    };
  }

  private static String row(long id, int label, int superLabel, String path) {
    return id + " " + label + " " + superLabel + " " + path + "\n";
  }

  /** What a line says; empty if it is no row of this format. */
  Optional<Row> read(String line) {
    if (rows == Rows.COMMAS) {
      int classId = line.lastIndexOf(',');
      int superLabel = line.lastIndexOf(',', classId - 1);
      return superLabel < 1
          ? Optional.empty()
          : row(
              line.substring(0, superLabel),
              line.substring(classId + 1),
              line.substring(superLabel + 1, classId),
              0);
    }
    String[] parts = line.split(" ", 4);
    int from = rows == Rows.FROM_ONE ? 1 : 0;
    return parts.length == 4 && Whole.of(parts[0]).isPresent()
        ? row(root + parts[3], parts[1], parts[2], from)
        : Optional.empty();
  }

  private static Optional<Row> row(String path, String label, String superLabel, int from) {
    Optional<Integer> classNumber = Whole.of(label);
    Optional<Integer> superNumber = Whole.of(superLabel);
    return classNumber.isPresent() && superNumber.isPresent() && !path.isEmpty()
        ? Optional.of(new Row(path, classNumber.get() - from, superNumber.get() - from))
        : Optional.empty();
  }
}
