package org.contexture.benchmark;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.contexture.failure.Failure;

/** The lines of a file that holds labels. */
final class MetadataLines {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private MetadataLines() {}

  /**
   * A line that is not blank.
   *
   * @param text without the end of the line and without blanks there
   * @param where the file and the number of the line, for rejections
   */
  record Line(String text, String where) {

    /** Its parts between blanks, the last one with all blanks that are left over. */
    String[] parts(int count) {
      return text.split(" +", count);
    }
  }

  /**
   * Reads a file in UTF-8.
   *
   * @throws Failure if it is no UTF-8
   */
  static List<Line> of(String file, byte[] content) {
    List<Line> lines = new ArrayList<>();
    int number = 0;
    for (String line : text(file, content).lines().toList()) {
      number++;
      if (!line.isBlank()) {
        lines.add(new Line(line.stripTrailing(), file + " line " + number));
      }
    }
    return lines;
  }

  /**
   * The text of a file in UTF-8, without the byte order mark that some programs write before it.
   *
   * @throws Failure if it is no UTF-8
   */
  static String text(String file, byte[] content) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
      return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    } catch (CharacterCodingException notText) {
      throw Failure.data("%s is no text in UTF-8, and it holds the labels.", file)
          .causedBy(notText);
    }
  }
}
