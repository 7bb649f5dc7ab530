package org.contexture.fetch;

import java.io.Serializable;
import java.time.Duration;

/**
 * How long a source is waited for.
 *
 * @param connect until a connection is made
 * @param answer from the question to the first line of the answer
 * @param stall without a single byte
 * @param attempts in a row that bring nothing
 * @param pause before the second attempt; doubled before each further one
 * @param longestPause at most, whatever the source asks for
 */
public record Patience(
    Duration connect,
    Duration answer,
    Duration stall,
    int attempts,
    Duration pause,
    Duration longestPause)
    implements Serializable {

  /** For large files from busy servers far away. */
  public static final Patience DEFAULT =
      new Patience(
          Duration.ofSeconds(20),
          Duration.ofSeconds(60),
          Duration.ofSeconds(60),
          6,
          Duration.ofSeconds(1),
          Duration.ofMinutes(2));

  /** How long to wait after so many attempts in a row that brought nothing. */
  Duration pauseAfter(int failures) {
    Duration doubled = pause.multipliedBy(1L << Math.min(failures - 1, 30));
    return doubled.compareTo(longestPause) > 0 ? longestPause : doubled;
  }
}
