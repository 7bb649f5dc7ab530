package org.contexture.report;

/**
 * Where markup begins: elements, and text made harmless. Besides the five characters that mean
 * something to HTML, it takes out what can mislead a reader or break the page: control characters,
 * halves of surrogate pairs, and the marks that turn the direction of writing (a class name holding
 * one could make wrong text look right); each becomes U+FFFD.
 */
final class Html {
  private static final char REPLACEMENT = '\ufffd';

  private Html() {}

  /** An empty element. */
  static Element element(String tag) {
    return Element.of(tag);
  }

  /** An empty element of a class, or of several, parted by blanks. */
  static Element element(String tag, String cssClass) {
    return Element.of(tag).with("class", cssClass);
  }

  /** Text, escaped. */
  static Node text(String text) {
    return out -> escape(text, out);
  }

  /** A style sheet of ours, which must not close its own element. */
  static Node styleSheet(String css) {
    if (css.contains("</")) {
      throw new IllegalArgumentException("a style sheet cannot contain '</'");
    }
    return out -> out.append("<style>").append(css).append("</style>");
  }

  /** A script of ours, which must not close its own element. */
  static Node script(String text) {
    if (text.contains("</")) {
      throw new IllegalArgumentException("a script cannot contain '</'");
    }
    return out -> out.append("<script>").append(text).append("</script>");
  }

  static void escape(String text, StringBuilder out) {
    text.codePoints().forEach(point -> escape(point, out));
  }

  private static void escape(int point, StringBuilder out) {
    switch (point) {
      case '&' -> out.append("&amp;");
      case '<' -> out.append("&lt;");
      case '>' -> out.append("&gt;");
      case '"' -> out.append("&quot;");
      case '\'' -> out.append("&#39;");
      case '\n', '\t' -> out.append((char) point);
      default -> {
        if (misleads(point)) {
          out.append(REPLACEMENT);
        } else {
          out.appendCodePoint(point);
        }
      }
    }
  }

  private static boolean misleads(int point) {
    return Character.isISOControl(point)
        || Character.getType(point) == Character.SURROGATE
        || (point >= 0x202a && point <= 0x202e)
        || (point >= 0x2066 && point <= 0x2069);
  }
}
