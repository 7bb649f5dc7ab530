package org.contexture.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.contexture.benchmark.LabelledImage.Subset;
import org.contexture.failure.Failure;
import org.contexture.record.Rejection;

/**
 * A list of images as CSV (RFC 4180, UTF-8), with a header that names the columns in any order:
 * {@code path} and {@code label}, and perhaps {@code super_label}, {@code split} (train or test),
 * {@code is_query} and {@code is_gallery} (true or false, of images for testing; both by default).
 */
final class ImageCsv {
  private static final String PATH = "path";
  private static final String LABEL = "label";
  private static final String SUPER_LABEL = "super_label";
  private static final String SPLIT = "split";
  private static final String IS_QUERY = "is_query";
  private static final String IS_GALLERY = "is_gallery";
  private static final List<String> COLUMNS =
      List.of(PATH, LABEL, SUPER_LABEL, SPLIT, IS_QUERY, IS_GALLERY);

  private final String file;
  private final List<ImageList.Row> rows = new ArrayList<>();
  private final List<Rejection> rejections = new ArrayList<>();

  private ImageCsv(String file) {
    this.file = file;
  }

  /**
   * Reads a list.
   *
   * @throws Failure if it is no text, or has no such header
   */
  static ImageList.Rows read(String file, byte[] content) {
    ImageCsv csv = new ImageCsv(file);
    CSVFormat format =
        CSVFormat.RFC4180
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .setIgnoreEmptyLines(true)
            .get();
    try (CSVParser parser = CSVParser.parse(MetadataLines.text(file, content), format)) {
      csv.requireColumns(parser.getHeaderNames());
      for (CSVRecord record : parser) {
        csv.add(record, file + " line " + parser.getCurrentLineNumber());
      }
    } catch (IOException | UncheckedIOException | IllegalArgumentException broken) {
      throw Failure.data("%s is no CSV: %s", file, broken.getMessage()).causedBy(broken);
    }
    return new ImageList.Rows(csv.rows, csv.rejections);
  }

  private void requireColumns(List<String> header) {
    if (!header.containsAll(List.of(PATH, LABEL)) || !COLUMNS.containsAll(header)) {
      throw Failure.data(
          "The first line of %s has to name its columns: path,label and perhaps %s. It is: %s",
          file, String.join(", ", COLUMNS.subList(2, COLUMNS.size())), String.join(",", header));
    }
  }

  private void add(CSVRecord record, String where) {
    if (!record.isConsistent()) {
      reject(
          record, where, "it has " + record.size() + " columns, and the first line another number");
      return;
    }
    String path = record.get(PATH);
    String label = record.get(LABEL);
    String split = value(record, SPLIT);
    Optional<Boolean> query = flag(record, IS_QUERY);
    Optional<Boolean> gallery = flag(record, IS_GALLERY);
    if (path.isBlank() || label.isBlank()) {
      reject(record, where, "its path or its label is empty");
    } else if (!List.of("", "train", "test").contains(split)) {
      reject(record, where, "its split is neither train nor test");
    } else if (record.isMapped(SPLIT) && split.isEmpty()) {
      reject(record, where, "its split is empty");
    } else if (query.isEmpty() || gallery.isEmpty()) {
      reject(record, where, "is_query and is_gallery are true or false");
    } else if (split.equals("test") && !query.get() && !gallery.get()) {
      reject(record, where, "it is for testing, but neither query nor gallery");
    } else {
      rows.add(
          new ImageList.Row(
              path,
              label,
              value(record, SUPER_LABEL),
              subset(split, query.get(), gallery.get()),
              where));
    }
  }

  private void reject(CSVRecord record, String where, String why) {
    rejections.add(new Rejection(String.join(",", record.values()), where, why));
  }

  private static Optional<Subset> subset(String split, boolean query, boolean gallery) {
    return switch (split) {
      case "train" -> Optional.of(Subset.TRAIN);
      case "test" ->
          Optional.of(query && gallery ? Subset.TEST : query ? Subset.QUERY : Subset.GALLERY);
      default -> Optional.empty();
    };
  }

  private static String value(CSVRecord record, String column) {
    return record.isMapped(column) ? record.get(column) : "";
  }

  /** True where the column is empty or missing; nothing for other words than true and false. */
  private static Optional<Boolean> flag(CSVRecord record, String column) {
    return switch (value(record, column)) {
      case "", "true", "True", "1" -> Optional.of(true);
      case "false", "False", "0" -> Optional.of(false);
      default -> Optional.empty();
    };
  }
}
