package org.contexture.sampling;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The classes of each super class, both numbered from 0 in ascending order. */
final class SuperClasses {
  private final int[][] classes;
  private final int[] examples;

  private SuperClasses(int[][] classes, int[] examples) {
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
        classes.values().stream()
            .map(members -> members.stream().mapToInt(Integer::intValue).toArray())
            .toArray(int[][]::new),
        counts.values().stream().mapToInt(Integer::intValue).toArray());
  }

  /** How many super classes there are. */
  int count() {
    return classes.length;
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
