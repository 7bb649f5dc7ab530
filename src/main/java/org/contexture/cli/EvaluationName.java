package org.contexture.cli;

import java.util.Locale;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * What the evaluation of given weights is called, never as the experiment itself: the store would
 * take what it needs for what the experiment needs.
 *
 * @param experiment the name of the file of the experiment
 * @param weights the name of the file of the weights
 */
record EvaluationName(String experiment, String weights) {
  private static final String BETWEEN = "-of-";
  private static final int LONGEST = 64;
  private static final int LONGEST_WEIGHTS = 48;
  private static final int DIGITS = 8;

  /** The name, as an experiment may have it. */
  String text() {
    String of = BETWEEN + part(weights, LONGEST_WEIGHTS);
    return part(experiment, LONGEST - of.length()) + of;
  }

  /** Letters and digits of a file's name; some of its digest where not all that tells fit. */
  private static String part(String file, int longest) {
    String base = file.replaceFirst("\\.[^.]*$", "");
    String words = words(base);
    if (!words.isEmpty() && words.length() <= longest) {
      return words;
    }
    String digest = DigestUtils.sha256Hex(base).substring(0, DIGITS);
    String first = words(words.substring(0, Math.min(words.length(), longest - DIGITS - 1)));
    return first.isEmpty() ? digest : first + "-" + digest;
  }

  private static String words(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
  }
}
