package org.contexture.sampling;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.contexture.failure.Failure;

/**
 * The published {@code HierarchicalSamplerBalanced}: each super class has as many half batches as
 * is its share of the images, and batches are halves of two super classes. Super classes take turns
 * at being paired with each of the others; what remains of a large one is left out.
 *
 * <p>A half that comes after the last class of its super class goes on with the first ones of
 * another order, so that it can hold a class twice.
 */
public final class SuperClassHalvesSampler implements BatchSampler {
  private final ClassMembers members;
  private final SuperClasses supers;
  private final int classesPerBatch;
  private final int imagesPerClass;
  private final int[] halves;
  private final List<Pair> pairs;
  private final int mostBatches;
  private final long seed;

  /** A batch: half of one super class, half of another. */
  record Pair(int first, int second) {}

  /**
   * A sampler.
   *
   * @param labels the class of each training example
   * @param superLabels the super class of each training example
   * @param classesPerBatch an even number
   * @param batchesPerPair published: 10
   * @param multiplier how many pairs of super classes an epoch is as long as: 66 for Stanford
   *     Online Products, 70 for iNaturalist
   * @param mostBatches of an epoch; published for the 224 track: 84480 by the images of a batch
   * @throws Failure when batches have an odd number of classes, or no two super classes have half a
   *     batch
   */
  public SuperClassHalvesSampler(
      int[] labels,
      int[] superLabels,
      int classesPerBatch,
      int imagesPerClass,
      int batchesPerPair,
      int multiplier,
      int mostBatches,
      long seed) {
    SuperClasses.requireEven(classesPerBatch);
    this.members = ClassMembers.of(labels);
    this.supers = SuperClasses.of(labels, superLabels);
    supers.requireTwo();
    this.classesPerBatch = classesPerBatch;
    this.imagesPerClass = imagesPerClass;
    this.halves = halves(supers.examples(), batchesPerPair, multiplier);
    this.pairs = pairs(halves);
    if (pairs.isEmpty()) {
      throw Failure.usage(
          "The half batches of the %d super classes are %s: there are no two of different ones to"
              + " make a batch of. Raise sampler.multiplier of this stage, or choose another"
              + " sampler.name for it.",
          halves.length, Arrays.toString(halves));
    }
    this.mostBatches = mostBatches;
    this.seed = seed;
  }

  /** How many half batches each super class has; in float32, halves to even, as published. */
  static int[] halves(int[] examples, int batchesPerPair, int multiplier) {
    float all = Arrays.stream(examples).sum();
    return Arrays.stream(examples)
        .map(own -> (int) Math.rint(own / all * batchesPerPair * multiplier * 2))
        .toArray();
  }

  /** Which super classes meet, given how many half batches each has. */
  static List<Pair> pairs(int[] halves) {
    int[] left = halves.clone();
    List<Pair> pairs = new ArrayList<>();
    int first = 0;
    while (Arrays.stream(left).filter(count -> count > 0).count() >= 2) {
      for (int second = 0; second < left.length && left[first] > 0; second++) {
        if (second != first && left[second] > 0) {
          left[first]--;
          left[second]--;
          pairs.add(new Pair(first, second));
        }
      }
      first = (first + 1) % left.length;
    }
    return pairs;
  }

  @Override
  public List<int[]> epoch(int epoch) {
    SplittableRandom random = EpochRandom.of(seed, epoch);
    List<Deque<int[]>> made = new ArrayList<>();
    for (int superClass = 0; superClass < supers.count(); superClass++) {
      made.add(halvesOf(superClass, random));
    }
    List<int[]> batches = new ArrayList<>();
    for (Pair pair : pairs) {
      int[] first = made.get(pair.first()).removeLast();
      int[] second = made.get(pair.second()).removeLast();
      batches.add(IntStream.concat(IntStream.of(first), IntStream.of(second)).toArray());
    }
    Collections.shuffle(batches, new Random(random.nextLong()));
    return List.copyOf(batches.subList(0, batchesPerEpoch()));
  }

  private Deque<int[]> halvesOf(int superClass, SplittableRandom random) {
    int[] classes = supers.classes(superClass);
    int size = classesPerBatch / 2;
    int needed = halves[superClass] * size;
    int[] sequence = classes;
    while (sequence.length < needed) {
      sequence =
          IntStream.concat(
                  IntStream.of(sequence), IntStream.of(Draw.some(classes, classes.length, random)))
              .toArray();
    }
    int[] drawn = Draw.some(sequence, needed, random);
    Deque<int[]> made = new ArrayDeque<>();
    for (int from = 0; from < needed; from += size) {
      made.add(
          members.drawEach(Arrays.copyOfRange(drawn, from, from + size), imagesPerClass, random));
    }
    return made;
  }

  @Override
  public int batchesPerEpoch() {
    return Math.min(mostBatches, pairs.size());
  }

  @Override
  public int batchSize() {
    return Math.multiplyExact(classesPerBatch, imagesPerClass);
  }
}
