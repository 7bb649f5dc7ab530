package org.contexture.sampling;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Batches of classes that the network mixes up: a class drawn by chance and those that its images'
 * nearest neighbours are most often of, under the network as it is at the beginning of the epoch.
 * Every class is reached once an epoch; where too few neighbours are left, a batch is filled with
 * other classes.
 */
public final class NearestClassesSampler implements BatchSampler {
  private final SamplerInput input;
  private final ClassMembers members;
  private final ClassGroups groups;
  private final int[] classes;
  private final int neighbours;

  /**
   * A sampler.
   *
   * @param neighbours how many nearest images, itself included, are looked at of each image
   */
  NearestClassesSampler(SamplerInput input, int neighbours) {
    this.input = input;
    this.members = ClassMembers.of(input.labels());
    this.groups = new ClassGroups(members, input.classesPerBatch(), input.imagesPerClass());
    this.classes = members.classOfEach();
    this.neighbours = neighbours;
  }

  @Override
  public List<int[]> epoch(int epoch) {
    SplittableRandom random = EpochRandom.of(input.seed(), epoch);
    List<Map<Integer, Integer>> meetings = meetings();
    Set<Integer> left = new LinkedHashSet<>();
    for (int label : Draw.order(members.classes(), random)) {
      left.add(label);
    }
    List<List<Integer>> made = new ArrayList<>();
    while (!left.isEmpty()) {
      int first = left.iterator().next();
      List<Integer> group = new ArrayList<>(List.of(first));
      left.remove(first);
      nearestFirst(meetings.get(first)).stream()
          .filter(left::contains)
          .limit(input.classesPerBatch() - 1L)
          .forEach(group::add);
      group.forEach(left::remove);
      List<Integer> others =
          left.stream().limit(input.classesPerBatch() - (long) group.size()).toList();
      group.addAll(others);
      others.forEach(left::remove);
      made.add(group);
    }
    return groups.batches(made, random);
  }

  /** For each class, how often a nearest neighbour of its images is of another class. */
  private List<Map<Integer, Integer>> meetings() {
    int[][] nearest = input.nearest().nearest(neighbours);
    List<Map<Integer, Integer>> meetings = new ArrayList<>();
    for (int label = 0; label < members.classes(); label++) {
      meetings.add(new HashMap<>());
    }
    for (int image = 0; image < nearest.length; image++) {
      for (int neighbour : nearest[image]) {
        if (classes[neighbour] != classes[image]) {
          meetings.get(classes[image]).merge(classes[neighbour], 1, Integer::sum);
        }
      }
    }
    return meetings;
  }

  private static List<Integer> nearestFirst(Map<Integer, Integer> meetings) {
    return meetings.entrySet().stream()
        .sorted(
            Map.Entry.<Integer, Integer>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .map(Map.Entry::getKey)
        .toList();
  }

  @Override
  public int batchesPerEpoch() {
    return (members.classes() + input.classesPerBatch() - 1) / input.classesPerBatch();
  }

  @Override
  public int batchSize() {
    return input.batchSize();
  }
}
