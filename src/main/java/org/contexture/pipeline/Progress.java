package org.contexture.pipeline;

/**
 * How far work is.
 *
 * @param done units done
 * @param total units there are, done ones included
 * @param note a few words more, or empty
 */
public record Progress(long done, long total, String note) {

  static Progress parse(String text) {
    String[] parts = text.split(" ", 3);
    try {
      return new Progress(
          Long.parseLong(parts[0]), Long.parseLong(parts[1]), parts.length > 2 ? parts[2] : "");
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException torn) {
      return new Progress(0, 0, "");
    }
  }

  String text() {
    return done + " " + total + " " + note;
  }
}
