package org.contexture.sampling;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** The examples of each class. Classes are numbered from 0 in ascending order of their labels. */
final class ClassMembers {
  private final int[][] examples;

  private ClassMembers(int[][] examples) {
    this.examples = examples;
  }

  /** Sorts examples by their labels. */
  static ClassMembers of(int[] labels) {
    SortedMap<Integer, List<Integer>> positions = new TreeMap<>();
    for (int i = 0; i < labels.length; i++) {
      positions.computeIfAbsent(labels[i], label -> new ArrayList<>()).add(i);
    }
    return new ClassMembers(
        positions.values().stream()
            .map(members -> members.stream().mapToInt(Integer::intValue).toArray())
            .toArray(int[][]::new));
  }

  /** How many classes there are. */
  int classes() {
    return examples.length;
  }

  /** The examples of a class, in ascending order. */
  int[] of(int label) {
    return examples[label].clone();
  }

  /** Draws examples of a class: without replacement, or with it when the class has too few. */
  int[] draw(int label, int count, SplittableRandom random) {
    int[] members = of(label);
    if (members.length < count) {
      int[] drawn = new int[count];
      for (int i = 0; i < count; i++) {
        drawn[i] = members[random.nextInt(members.length)];
      }
      return drawn;
    }
    return Draw.some(members, count, random);
  }
}
