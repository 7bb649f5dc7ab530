package org.contexture.sampling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.contexture.failure.Failure;

/** The examples of each class. Classes are numbered from 0 in ascending order of their labels. */
final class ClassMembers {
  private final int[] labels;
  private final int[][] examples;

  private ClassMembers(int[] labels, int[][] examples) {
    this.labels = labels;
    this.examples = examples;
  }

  /** Sorts examples by their labels. */
  static ClassMembers of(int[] labels) {
    SortedMap<Integer, List<Integer>> positions = new TreeMap<>();
    for (int i = 0; i < labels.length; i++) {
      positions.computeIfAbsent(labels[i], label -> new ArrayList<>()).add(i);
    }
    return new ClassMembers(
        positions.keySet().stream().mapToInt(Integer::intValue).toArray(),
        positions.values().stream()
            .map(members -> members.stream().mapToInt(Integer::intValue).toArray())
            .toArray(int[][]::new));
  }

  /** How many classes there are. */
  int classes() {
    return examples.length;
  }

  /** The label of a class. */
  int label(int number) {
    return labels[number];
  }

  /** The class of each example, by its position. */
  int[] classOfEach() {
    int[] classes = new int[Arrays.stream(examples).mapToInt(own -> own.length).sum()];
    for (int label = 0; label < examples.length; label++) {
      for (int example : examples[label]) {
        classes[example] = label;
      }
    }
    return classes;
  }

  /** How many examples a class has. */
  int size(int label) {
    return examples[label].length;
  }

  /**
   * Makes sure that a batch can hold so many classes.
   *
   * @throws Failure when there are fewer
   */
  void requireClasses(int classesPerBatch) {
    if (classes() < classesPerBatch) {
      throw Failure.usage(
          "A batch is to hold %d classes, but the training examples have only %d. Set"
              + " classes_per_batch of this stage to at most %d.",
          classesPerBatch, classes(), classes());
    }
  }

  /** Draws examples of a class: without replacement, or with it when the class has too few. */
  int[] draw(int label, int count, SplittableRandom random) {
    int[] members = examples[label];
    if (members.length < count) {
      int[] drawn = new int[count];
      for (int i = 0; i < count; i++) {
        drawn[i] = members[random.nextInt(members.length)];
      }
      return drawn;
    }
    return Draw.some(members, count, random);
  }

  /** Draws so many examples of each of some classes, one class after the other. */
  int[] drawEach(int[] labels, int count, SplittableRandom random) {
    return Arrays.stream(labels)
        .flatMap(label -> IntStream.of(draw(label, count, random)))
        .toArray();
  }
}
