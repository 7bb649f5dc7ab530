package org.contexture.experiment.keys;

/** How a message quotes what a user wrote: short, and without characters that move a terminal. */
public final class Quoted {
  private static final int LONGEST = 60;

  private Quoted() {}

  /** {@code 'text'}, shortened. */
  public static String of(String text) {
    return "'" + shortened(text) + "'";
  }

  /** At most 60 characters of a text, with control and formatting characters as {@code \\u….} */
  static String shortened(String text) {
    StringBuilder shown = new StringBuilder();
    int[] codePoints = text.codePoints().limit(LONGEST + 1L).toArray();
    for (int i = 0; i < Math.min(codePoints.length, LONGEST); i++) {
      if (isVisible(codePoints[i])) {
        shown.appendCodePoint(codePoints[i]);
      } else {
        shown.append("\\u%04x".formatted(codePoints[i]));
      }
    }
    return codePoints.length > LONGEST ? shown.append('…').toString() : shown.toString();
  }

  private static boolean isVisible(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
