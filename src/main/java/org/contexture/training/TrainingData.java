package org.contexture.training;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.contexture.failure.Failure;
import org.contexture.record.Selection;
import org.contexture.record.Split;

/**
 * Which examples are for what. Examples go by their numbers, classes are numbered within each split
 * from 0 in ascending order of their labels.
 */
final class TrainingData {
  private final int[] training;
  private final MeasuredExamples validation;
  private final MeasuredExamples test;
  private final int[] trainingLabels;
  private final int[] classes;
  private final int[] superLabels;

  /**
   * Sorts out examples.
   *
   * @throws Failure (data) if none is in the training split
   */
  TrainingData(TrainingExamples examples) {
    training =
        IntStream.range(0, examples.size())
            .filter(number -> examples.label(number).getSplit() == Split.TRAIN)
            .toArray();
    validation = MeasuredExamples.ofValidation(examples);
    test = MeasuredExamples.ofTest(examples);
    if (training.length == 0) {
      throw Failure.data(
          "None of the %d examples is in the training split. Choose a split that leaves classes to"
              + " train on.",
          examples.size());
    }
    superLabels =
        Arrays.stream(training).map(number -> examples.label(number).getSuperLabel()).toArray();
    trainingLabels = labels(examples, training);
    classes = new int[examples.size()];
    for (int[] split : List.of(training, validation.numbers(), test.numbers())) {
      int[] labels = labels(examples, split);
      for (int number : split) {
        classes[number] = Arrays.binarySearch(labels, examples.label(number).getLabel());
      }
    }
  }

  /** The labels of some examples, each once, ascending: places are class numbers. */
  private static int[] labels(TrainingExamples examples, int[] numbers) {
    return Arrays.stream(numbers)
        .map(number -> examples.label(number).getLabel())
        .distinct()
        .sorted()
        .toArray();
  }

  /** The label of each training example, in the order of their numbers. */
  int[] labelsOfTraining() {
    return Arrays.stream(training).map(number -> trainingLabels[classes[number]]).toArray();
  }

  /** The super class of each training example, in the order of their numbers. */
  int[] trainingSuperClasses() {
    return superLabels.clone();
  }

  /** How many training classes there are. */
  int trainingClassCount() {
    return trainingLabels.length;
  }

  /** The label of each training class, by its number; not to be written to. */
  int[] trainingLabels() {
    return trainingLabels;
  }

  /** The numbers of the training examples; not to be written to. */
  int[] training() {
    return training;
  }

  /** Example numbers from positions among the training examples. */
  int[] trainingNumbers(int[] positions) {
    return Arrays.stream(positions).map(position -> training[position]).toArray();
  }

  /** The examples that are measured on. */
  MeasuredExamples measured(Selection selection) {
    return selection == Selection.TEST ? test : validation;
  }

  /** The class number of each example. */
  int[] classes() {
    return classes;
  }
}
