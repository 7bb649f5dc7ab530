package org.contexture.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CandidatesTest {
  @Test
  void keepEveryRowThatCouldBeNearestAndFewOthers() {
    Candidates candidates = new Candidates(1, Double.NEGATIVE_INFINITY, 0.05);

    candidates.consider(new float[] {0.1f, 0.79f, 0.9f, 0.72f, 0.95f}, 5, 10);

    // The second best is 0.9, for the best may be the query: 0.79 is out, being less than 0.9 - 2 ×
    // 0.05.
    assertThat(candidates.rows()).containsExactly(12, 14);
    candidates.consider(new float[] {0.81f, 0.5f}, 2, 20);
    assertThat(candidates.rows()).containsExactly(12, 14, 20);
  }

  @Test
  void dropWhatTheExactSimilaritiesFoundBeforeRuleOut() {
    Candidates candidates = new Candidates(3, 0.5, 0.05);

    candidates.consider(new float[] {0.4f, 0.46f, 0.7f}, 3, 0);

    assertThat(candidates.rows()).containsExactly(1, 2);
  }

  @Test
  void stayFewWhenRowsComeInAscendingSimilarity() {
    Candidates candidates = new Candidates(10, Double.NEGATIVE_INFINITY, 1e-6);
    float[] ascending = new float[5000];
    for (int i = 0; i < ascending.length; i++) {
      ascending[i] = i / 5000f;
    }

    candidates.consider(ascending, 5000, 0);

    assertThat(candidates.rows()).containsExactly(IntStream.range(4989, 5000).toArray());
  }

  @Test
  void keepAllThatAreEqual() {
    Candidates candidates = new Candidates(2, Double.NEGATIVE_INFINITY, 1e-6);

    candidates.consider(new float[300], 300, 0);

    assertThat(candidates.rows()).hasSize(300);
  }

  @Test
  void keepAllWhenThereAreNoMoreThanTheDepth() {
    Candidates candidates = new Candidates(Integer.MAX_VALUE, Double.NEGATIVE_INFINITY, 1e-6);
    Random random = new Random(1);
    float[] some = new float[100];
    for (int i = 0; i < some.length; i++) {
      some[i] = random.nextFloat();
    }

    candidates.consider(some, 100, 0);

    assertThat(candidates.rows()).hasSize(100);
  }
}
