package org.contexture.benchmark;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What is known of a published benchmark without its files. Training images are taken to be spread
 * evenly over the classes.
 *
 * @param trainingImages how many images there are to train on
 * @param testImages how many are embedded in a test, queries and gallery together
 * @param trainingClasses how many training classes each super class has; one super class where
 *     there are none
 */
public record BenchmarkOutline(int trainingImages, int testImages, List<Integer> trainingClasses) {

  public BenchmarkOutline {
    trainingClasses = List.copyOf(trainingClasses);
  }

  /** The class of each training image, in ascending order. */
  public int[] labels() {
    long classes = trainingClasses.stream().mapToInt(Integer::intValue).sum();
    return IntStream.range(0, trainingImages)
        .map(image -> (int) (image * classes / trainingImages))
        .toArray();
  }

  /** The super class of each training image. */
  public int[] superLabels() {
    int[] ofClass =
        IntStream.range(0, trainingClasses.size())
            .flatMap(group -> IntStream.range(0, trainingClasses.get(group)).map(one -> group))
            .toArray();
    return IntStream.of(labels()).map(label -> ofClass[label]).toArray();
  }
}
