package org.contexture.sampling;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Batches of which either half is of one super class, so that most negatives are hard ones, and
 * that reach every class once an epoch. The classes of each super class are cut into halves; what
 * is left over of all of them makes mixed halves. The two groups with the most halves left meet, so
 * that halves of one super class only meet where it has more than all others together. No class is
 * in a batch twice; a last batch that is too small is filled with other classes.
 *
 * <p>(The published {@link SuperClassHalvesSampler} leaves halves of large super classes out, and
 * can have a class twice in a batch and not at all in an epoch.)
 */
public final class SuperClassBalancedSampler implements BatchSampler {
  private final SuperClasses supers;
  private final ClassGroups groups;
  private final int half;
  private final int batches;
  private final int batchSize;
  private final long seed;

  /** A sampler of batches of so many classes, an even number, with so many images each. */
  SuperClassBalancedSampler(SamplerInput input) {
    SuperClasses.requireEven(input.classesPerBatch());
    ClassMembers members = ClassMembers.of(input.labels());
    supers = SuperClasses.of(input.labels(), input.superLabels());
    groups = new ClassGroups(members, input.classesPerBatch(), input.imagesPerClass());
    half = input.classesPerBatch() / 2;
    batches = pairs(new SplittableRandom(0)).size();
    batchSize = input.batchSize();
    seed = input.seed();
  }

  @Override
  public List<int[]> epoch(int epoch) {
    SplittableRandom random = EpochRandom.of(seed, epoch);
    return groups.batches(pairs(random), random);
  }

  /** The classes of each batch; how many batches there are does not depend on chance. */
  private List<List<Integer>> pairs(SplittableRandom random) {
    List<Deque<List<Integer>>> halves = new ArrayList<>();
    List<Integer> left = new ArrayList<>();
    for (int superClass = 0; superClass < supers.count(); superClass++) {
      Deque<List<Integer>> own = halves(shuffled(supers.classes(superClass), random));
      if (!own.isEmpty() && own.getLast().size() < half) {
        left.addAll(own.removeLast());
      }
      halves.add(own);
    }
    halves.add(halves(left));
    List<List<Integer>> pairs = new ArrayList<>();
    for (int first = fullest(halves, -1); first >= 0; first = fullest(halves, -1)) {
      List<Integer> pair = new ArrayList<>(halves.get(first).removeFirst());
      int second = fullest(halves, first);
      if (second < 0) {
        second = fullest(halves, -1);
      }
      if (second >= 0) {
        pair.addAll(halves.get(second).removeFirst());
      }
      pairs.add(pair);
    }
    return pairs;
  }

  private static List<Integer> shuffled(int[] classes, SplittableRandom random) {
    List<Integer> shuffled = new ArrayList<>();
    for (int label : Draw.some(classes, classes.length, random)) {
      shuffled.add(label);
    }
    return shuffled;
  }

  private Deque<List<Integer>> halves(List<Integer> classes) {
    Deque<List<Integer>> halves = new ArrayDeque<>();
    for (int from = 0; from < classes.size(); from += half) {
      halves.add(List.copyOf(classes.subList(from, Math.min(classes.size(), from + half))));
    }
    return halves;
  }

  /** Where the most halves are left, but for one place; negative where none are. */
  private static int fullest(List<Deque<List<Integer>>> halves, int except) {
    int fullest = -1;
    for (int place = 0; place < halves.size(); place++) {
      int count = place == except ? 0 : halves.get(place).size();
      if (count > (fullest < 0 ? 0 : halves.get(fullest).size())) {
        fullest = place;
      }
    }
    return fullest;
  }

  @Override
  public int batchesPerEpoch() {
    return batches;
  }

  @Override
  public int batchSize() {
    return batchSize;
  }
}
