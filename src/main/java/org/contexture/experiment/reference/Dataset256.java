package org.contexture.experiment.reference;

import java.util.Arrays;
import java.util.List;

/** A data set of the 256 track, and all that goes with it there (see {@link Track256}). */
enum Dataset256 {
  CUB("CUB", "cub", "cub200", List.of(1, 2, 4, 8)),
  CARS("Cars", "cars", "cars196", List.of(1, 2, 4, 8)),
  SOP("SOP", "sop", "sop", List.of(1, 10, 100)),
  INAT("iNat", "inat", "inaturalist", List.of(1, 4, 16, 32)),
  INSHOP("inshop", "inshop", "inshop", List.of(1, 10, 20, 30, 40, 50));

  private static final int PLAIN_SIZE = 227;

  private final String word;
  private final String shortName;
  private final String benchmark;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of, of numbers
  private final List<Integer> recallAt;

  Dataset256(String word, String shortName, String benchmark, List<Integer> recallAt) {
    this.word = word;
    this.shortName = shortName;
    this.benchmark = benchmark;
    this.recallAt = recallAt;
  }

  static List<String> words() {
    return Arrays.stream(values()).map(dataset -> dataset.word).toList();
  }

  static Dataset256 of(String word) {
    return Arrays.stream(values())
        .filter(dataset -> dataset.word.equals(word))
        .findFirst()
        .orElseThrow();
  }

  /** As names of experiments have it. */
  String shortName() {
    return shortName;
  }

  String benchmark() {
    return benchmark;
  }

  /** The K of the last line that the program prints. */
  List<Integer> recallAt() {
    return recallAt;
  }

  /** The network: CUB_Network or SOP_Network. */
  String head() {
    return isOfFewClasses() ? "max_norm_linear" : "average_linear";
  }

  boolean hasSuperClasses() {
    return this == SOP || this == INAT;
  }

  private boolean isOfFewClasses() {
    return this == CUB || this == CARS;
  }

  /** The transforms bigtrain and bigtest. */
  void images(ExperimentText experiment) {
    if (isOfFewClasses()) {
      experiment.set("images.size", 256);
      experiment.set("images.encoding", "original");
      experiment.set("images.test_resize", "short_side");
      experiment.set("images.test_size", 288);
    } else if (this == INAT) {
      experiment.set("images.size", 224);
      experiment.set("images.encoding", "jpeg");
      experiment.set("images.jpeg_quality", 75);
      experiment.set("images.stored_size", 288);
      experiment.set("images.test_resize", "short_side");
      experiment.set("images.test_size", 256);
    } else {
      experiment.set("images.size", 256);
      experiment.set("images.encoding", "png");
      experiment.set("images.stored_size", 288);
      experiment.set("images.train_resize", "short_side");
      experiment.set("images.test_resize", "square");
      experiment.set("images.test_size", 288);
    }
  }

  /** The transform none, for training and for tests. */
  static void plainImages(ExperimentText experiment) {
    experiment.set("images.size", PLAIN_SIZE);
    experiment.set("images.encoding", "png");
    experiment.set("images.stored_size", PLAIN_SIZE);
    experiment.set("images.train_resize", "square");
    experiment.set("images.test_resize", "square");
  }

  void sampler(ExperimentText experiment) {
    if (hasSuperClasses()) {
      experiment.set("train.sampler.name", "super_class_halves");
      experiment.set("train.sampler.batches_per_pair", 10);
      experiment.set("train.sampler.multiplier", this == SOP ? 66 : 70);
    } else {
      experiment.set("train.sampler.name", "repeated_groups");
      experiment.set("train.sampler.most_batches", this == INSHOP ? 600 : 42);
      experiment.set("train.sampler.repeats", this == CUB ? 5 : 10);
    }
  }
}
