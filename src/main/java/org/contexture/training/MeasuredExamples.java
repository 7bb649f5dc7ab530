package org.contexture.training;

import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.contexture.record.Split;
import org.contexture.retrieval.EmbeddingTile;

/**
 * The examples that are measured on, by their numbers: first those that are only searched for, then
 * those that are searched for and searched among, then those that are only searched among.
 */
final class MeasuredExamples {
  private final int[] numbers;
  private final int onlySearchedFor;
  private final int onlySearchedAmong;

  private MeasuredExamples(int[] searchedFor, int[] both, int[] searchedAmong) {
    numbers = Stream.of(searchedFor, both, searchedAmong).flatMapToInt(IntStream::of).toArray();
    onlySearchedFor = searchedFor.length;
    onlySearchedAmong = searchedAmong.length;
  }

  /** Every validation example, each searched for among all others. */
  static MeasuredExamples ofValidation(TrainingExamples examples) {
    return new MeasuredExamples(
        new int[0], numbersOf(examples, Set.of(Split.VALIDATION)), new int[0]);
  }

  /** Every test example, as it is measured in the end: queries alone are not searched among. */
  static MeasuredExamples ofTest(TrainingExamples examples) {
    return new MeasuredExamples(
        numbersOf(examples, Set.of(Split.QUERY)),
        numbersOf(examples, Set.of(Split.TEST)),
        numbersOf(examples, Set.of(Split.GALLERY)));
  }

  private static int[] numbersOf(TrainingExamples examples, Set<Split> splits) {
    return IntStream.range(0, examples.size())
        .filter(number -> splits.contains(examples.label(number).getSplit()))
        .toArray();
  }

  /** The numbers of all of them, each once; not to be written to. */
  int[] numbers() {
    return numbers;
  }

  /** Those that are searched for, of what was made of all {@link #numbers}, in their order. */
  EmbeddingTile queries(EmbeddingTile all) {
    return all.rows(0, numbers.length - onlySearchedAmong);
  }

  /** Those that are searched among, of the same. */
  EmbeddingTile gallery(EmbeddingTile all) {
    return all.rows(onlySearchedFor, numbers.length);
  }
}
