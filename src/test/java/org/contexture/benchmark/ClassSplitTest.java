package org.contexture.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClassSplitTest {
  private static final List<String> CLASSES =
      IntStream.range(0, 200).mapToObj(i -> "class " + i).toList();

  @Test
  void theShareIsRoundedToTheNearestNumberOfClasses() {
    ClassSplit split = new ClassSplit(1, "test");

    assertThat(split.share(CLASSES, 0)).isEmpty();
    assertThat(split.share(CLASSES, 0.12)).hasSize(24);
    assertThat(split.share(CLASSES, 1)).hasSize(200);
    assertThat(split.share(CLASSES.subList(0, 5), 0.29)).hasSize(1);
    assertThat(split.share(CLASSES.subList(0, 5), 0.31)).hasSize(2);
    assertThat(split.share(List.of(), 0.5)).isEmpty();
  }

  /** If this fails, every split that was ever made by chance changes. */
  @Test
  void theChoiceIsTheSameForEver() {
    assertThat(new ClassSplit(1, "test").share(CLASSES.subList(0, 20), 0.2))
        .containsExactly("class 10", "class 12", "class 18", "class 3");
  }

  @Test
  void neitherOrderNorRepetitionOfTheClassesMatters() {
    List<String> other = new ArrayList<>(CLASSES);
    other.addAll(CLASSES.subList(0, 50));
    Collections.reverse(other);

    assertThat(new ClassSplit(1, "test").share(other, 0.3))
        .isEqualTo(new ClassSplit(1, "test").share(CLASSES, 0.3));
  }

  @Test
  void seedsAndPurposesChooseIndependently() {
    Set<String> chosen = new ClassSplit(1, "test").share(CLASSES, 0.5);

    for (ClassSplit other : List.of(new ClassSplit(2, "test"), new ClassSplit(1, "validation"))) {
      Set<String> common = new HashSet<>(chosen);
      common.retainAll(other.share(CLASSES, 0.5));
      assertThat(common).hasSizeBetween(35, 65);
    }
  }

  @Test
  void aClassMoreMovesAtMostOne() {
    ClassSplit split = new ClassSplit(7, "test");
    Set<String> before = split.share(CLASSES, 0.5);
    List<String> more = new ArrayList<>(CLASSES);
    more.add("one more");
    Set<String> after = split.share(more, 0.5);

    Set<String> lost = new HashSet<>(before);
    lost.removeAll(after);
    assertThat(lost).hasSizeLessThanOrEqualTo(1);
  }
}
