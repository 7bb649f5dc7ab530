package org.contexture.sampling;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** Groups of classes of which batches are made; those that are too small are filled by chance. */
final class ClassGroups {
  private final ClassMembers members;
  private final int classesPerBatch;
  private final int imagesPerClass;

  ClassGroups(ClassMembers members, int classesPerBatch, int imagesPerClass) {
    members.requireClasses(classesPerBatch);
    this.members = members;
    this.classesPerBatch = classesPerBatch;
    this.imagesPerClass = imagesPerClass;
  }

  /**
   * A batch of each group, in random order.
   *
   * @param groups different classes each, at most as many as a batch has
   */
  List<int[]> batches(List<List<Integer>> groups, SplittableRandom random) {
    List<int[]> batches = new ArrayList<>();
    for (int group : Draw.order(groups.size(), random)) {
      batches.add(members.drawEach(filled(groups.get(group), random), imagesPerClass, random));
    }
    return batches;
  }

  private int[] filled(List<Integer> group, SplittableRandom random) {
    Set<Integer> classes = new LinkedHashSet<>(group);
    if (classes.size() < classesPerBatch) {
      for (int other : Draw.order(members.classes(), random)) {
        if (classes.size() < classesPerBatch) {
          classes.add(other);
        }
      }
    }
    return classes.stream().mapToInt(Integer::intValue).toArray();
  }
}
