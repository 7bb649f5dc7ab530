package org.contexture.experiment.keys;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/**
 * The word a user probably meant: the nearest by edit distance (insert, delete, replace, swap two
 * neighbours; Damerau 1964, in its restricted form), when it is near enough to be worth saying.
 */
public final class Nearest {
  private Nearest() {}

  /** The nearest candidate, the first of equals; none when all are too far. */
  public static Optional<String> to(String word, Collection<String> candidates) {
    String wanted = plain(word);
    int farthest = Math.min(3, (wanted.length() + 1) / 3);
    String nearest = null;
    for (String candidate : candidates) {
      String other = plain(candidate);
      if (Math.abs(other.length() - wanted.length()) <= farthest) {
        int distance = distance(wanted, other);
        if (distance <= farthest) {
          nearest = candidate;
          farthest = distance - 1;
        }
      }
    }
    return Optional.ofNullable(nearest);
  }

  private static String plain(String word) {
    return word.toLowerCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
  }

  private static int distance(String from, String to) {
    int[] beforeLast = new int[to.length() + 1];
    int[] last = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int[] row = new int[to.length() + 1];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = last[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(last[j], row[j - 1]));
        boolean swapped =
            i > 1
                && j > 1
                && from.charAt(i - 1) == to.charAt(j - 2)
                && from.charAt(i - 2) == to.charAt(j - 1);
        if (swapped) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
      }
      beforeLast = last;
      last = row;
    }
    return last[to.length()];
  }
}
