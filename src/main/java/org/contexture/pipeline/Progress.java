package org.contexture.pipeline;

/**
 * How far work is.
 *
 * @param done units done
 * @param total units there are, done ones included
 * @param unit what is counted
 * @param note a few words more, or empty
 */
public record Progress(long done, long total, Unit unit, String note) {
  private static final int PARTS = 4;

  static final Progress NONE = new Progress(0, 0, Unit.THINGS, "");

  /** What is counted. */
  public enum Unit {
    /** Images, files, steps: the stage says what it works on. */
    THINGS,
    BYTES
  }

  static Progress parse(String text) {
    String[] parts = text.split(" ", PARTS);
    try {
      return new Progress(
          Long.parseLong(parts[0]),
          Long.parseLong(parts[1]),
          Unit.valueOf(parts[2]),
          parts.length == PARTS ? parts[PARTS - 1] : "");
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException torn) {
      return NONE;
    }
  }

  /** What two tasks of one stage have done together; the words are those of the second. */
  Progress plus(Progress other) {
    return new Progress(done + other.done, total + other.total, other.unit, other.note);
  }

  /** What tasks have done together, where more of them, as long as these, have not begun. */
  Progress withMore(int waiting, int tasks) {
    long more = waiting <= 0 ? 0 : Math.round((double) total * waiting / tasks);
    return new Progress(done, total + more, unit, note);
  }

  /** The same with more words; empty ones add nothing. */
  Progress withNote(String more) {
    if (more.isEmpty()) {
      return this;
    }
    return new Progress(done, total, unit, note.isEmpty() ? more : note + ", " + more);
  }

  String text() {
    return done + " " + total + " " + unit + " " + note;
  }
}
