package org.contexture.experiment;

import java.util.SortedMap;
import java.util.TreeMap;

/** Options of a loss as a line of text. */
final class LossOptions {
  private LossOptions() {}

  /** Reads keys and values in turn, between spaces. */
  static SortedMap<String, Double> of(String line) {
    String[] words = line.split(" ", -1);
    SortedMap<String, Double> options = new TreeMap<>();
    for (int i = 0; i < words.length; i += 2) {
      options.put(words[i], Double.valueOf(words[i + 1]));
    }
    return options;
  }
}
