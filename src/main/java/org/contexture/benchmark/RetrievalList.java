package org.contexture.benchmark;

import java.util.ArrayList;
import java.util.List;
import org.contexture.record.Rejection;

/**
 * A list of images in the format of Stanford Online Products: a header {@code image_id class_id
 * super_class_id path}, then one image a line, separated by single blanks.
 */
final class RetrievalList {
  static final String HEADER = "image_id class_id super_class_id path";

  private final List<Row> rows = new ArrayList<>();
  private final List<Rejection> rejections = new ArrayList<>();

  /** One image of the list. */
  record Row(long imageId, int classId, int superClassId, String path) {}

  /**
   * Reads a list.
   *
   * @param name its file, for rejections
   * @throws org.contexture.failure.Failure if it is no UTF-8
   */
  RetrievalList(String name, byte[] content) {
    String[] lines = MetadataLines.text(name, content).lines().toArray(String[]::new);
    if (lines.length == 0 || !lines[0].strip().equals(HEADER)) {
      rejections.add(
          new Rejection(
              lines.length == 0 ? "" : lines[0],
              name + " line 1",
              "the first line must be '" + HEADER + "'"));
    }
    for (int i = 1; i < lines.length; i++) {
      if (!lines[i].isBlank()) {
        read(lines[i], name + " line " + (i + 1));
      }
    }
  }

  private void read(String line, String where) {
    String[] parts = line.split(" ", 4);
    if (parts.length != 4) {
      rejections.add(new Rejection(line, where, "a row has four parts: " + HEADER));
      return;
    }
    try {
      rows.add(
          new Row(
              Long.parseLong(parts[0]),
              Integer.parseInt(parts[1]),
              Integer.parseInt(parts[2]),
              parts[3]));
    } catch (NumberFormatException notNumber) {
      rejections.add(new Rejection(line, where, "image, class and super class are whole numbers"));
    }
  }

  List<Row> rows() {
    return rows;
  }

  List<Rejection> rejections() {
    return rejections;
  }
}
