package org.contexture.flink;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.contexture.failure.Failure;

/**
 * Bears that a cluster gives no answer for a while. What has waited for hours is not to end since
 * one answer was late, or since the JobManager or the workers are being started again.
 */
final class Silence {
  private final Duration longest;
  private OptionalLong start = OptionalLong.empty();

  /**
   * A silence that has not begun.
   *
   * @param longest after so much of it without an answer, the cluster is given up
   */
  Silence(Duration longest) {
    this.longest = longest;
  }

  /**
   * Asks something.
   *
   * @return the answer; empty as long as it is worth asking again
   * @throws Failure of the question, if it has failed for too long
   */
  <T> Optional<T> bear(Supplier<T> question) {
    long asked = System.nanoTime();
    try {
      Optional<T> answer = Optional.of(question.get());
      start = OptionalLong.empty();
      return answer;
    } catch (Failure none) {
      start = OptionalLong.of(start.orElse(asked));
      if (System.nanoTime() - start.getAsLong() >= longest.toNanos()) {
        throw none;
      }
      return Optional.empty();
    }
  }
}
