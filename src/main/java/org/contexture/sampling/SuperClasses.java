package org.contexture.sampling;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.contexture.failure.Failure;

/** The classes of each super class, both numbered from 0 in ascending order. */
final class SuperClasses {
  private final int[] labels;
  private final int[][] classes;
  private final int[] examples;

  private SuperClasses(int[] labels, int[][] classes, int[] examples) {
    this.labels = labels;
    this.classes = classes;
    this.examples = examples;
  }

  /**
   * Sorts the classes of examples.
   *
   * @param labels the class of each example
   * @param superLabels the super class of each example; a class is in that of its first example
   */
  static SuperClasses of(int[] labels, int[] superLabels) {
    SortedMap<Integer, Integer> superOf = new TreeMap<>();
    SortedMap<Integer, Integer> counts = new TreeMap<>();
    for (int i = 0; i < labels.length; i++) {
      superOf.putIfAbsent(labels[i], superLabels[i]);
      counts.merge(superLabels[i], 1, Integer::sum);
    }
    SortedMap<Integer, List<Integer>> classes = new TreeMap<>();
    int number = 0;
    for (int superLabel : superOf.values()) {
      classes.computeIfAbsent(superLabel, label -> new ArrayList<>()).add(number++);
    }
    return new SuperClasses(
        classes.keySet().stream().mapToInt(Integer::intValue).toArray(),
        classes.values().stream()
            .map(members -> members.stream().mapToInt(Integer::intValue).toArray())
            .toArray(int[][]::new),
        counts.values().stream().mapToInt(Integer::intValue).toArray());
  }

  /** How many super classes there are. */
  int count() {
    return classes.length;
  }

  /** The label of a super class. */
  int label(int superClass) {
    return labels[superClass];
  }

  /**
   * Makes sure that a batch can be two halves.
   *
   * @throws Failure when it has an odd number of classes
   */
  static void requireEven(int classesPerBatch) {
    if (classesPerBatch % 2 != 0) {
      throw Failure.usage(
          "Half a batch is of one super class, but %d classes a batch cannot be halved. Set"
              + " classes_per_batch of this stage to an even number.",
          classesPerBatch);
    }
  }

  /**
   * Makes sure that there are two super classes to make batches of.
   *
   * @throws Failure when there is one only
   */
  void requireTwo() {
    if (count() < 2) {
      throw Failure.usage(
          "Batches are halves of two super classes, but the training examples are all of super"
              + " class %d. Choose another sampler.name for this stage.",
          label(0));
    }
  }

  /** The numbers of the classes of a super class, in ascending order. */
  int[] classes(int superClass) {
    return classes[superClass].clone();
  }

  /** How many examples each super class has. */
  int[] examples() {
    return examples.clone();
  }
}
