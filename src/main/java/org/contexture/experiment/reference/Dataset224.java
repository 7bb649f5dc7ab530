package org.contexture.experiment.reference;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A data set of the 224 track. */
enum Dataset224 {
  CUB("cub", "cub200", List.of(1, 2, 4, 8, 16, 32)),
  CARS("cars", "cars196", List.of(1, 2, 4, 8, 16, 32)),
  SOP("SOP", "sop", List.of(1, 10, 100, 1000));

  private final String word;
  private final String benchmark;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of, of numbers
  private final List<Integer> recallAt;

  Dataset224(String word, String benchmark, List<Integer> recallAt) {
    this.word = word;
    this.benchmark = benchmark;
    this.recallAt = recallAt;
  }

  static List<String> words() {
    return Arrays.stream(values()).map(dataset -> dataset.word).toList();
  }

  static Dataset224 of(String word) {
    return Arrays.stream(values())
        .filter(dataset -> dataset.word.equals(word))
        .findFirst()
        .orElseThrow();
  }

  /** As names of experiments have it. */
  String shortName() {
    return word.toLowerCase(Locale.ROOT);
  }

  String benchmark() {
    return benchmark;
  }

  /** The K that the program prints. */
  List<Integer> recallAt() {
    return recallAt;
  }
}
