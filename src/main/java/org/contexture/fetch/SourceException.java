package org.contexture.fetch;

import java.time.Duration;
import java.util.Optional;

/** A source does not give the file; the message says why, as the end of a sentence. */
final class SourceException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Remedy remedy;
  private final transient Optional<Duration> after;

  /** What may help. */
  enum Remedy {
    /** The same source again, later. */
    TIME,
    /** Another source only. */
    ANOTHER_SOURCE
  }

  private SourceException(
      Remedy remedy, Optional<Duration> after, String message, Throwable cause) {
    super(message, cause);
    this.remedy = remedy;
    this.after = after;
  }

  /** It may work later. */
  static SourceException forNow(String message) {
    return new SourceException(Remedy.TIME, Optional.empty(), message, null);
  }

  /** It may work later. */
  static SourceException forNow(String message, Throwable cause) {
    return new SourceException(Remedy.TIME, Optional.empty(), message, cause);
  }

  /** It may work after some time that the source tells. */
  static SourceException until(Duration after, String message) {
    return new SourceException(Remedy.TIME, Optional.of(after), message, null);
  }

  /** It will not work. */
  static SourceException forGood(String message) {
    return new SourceException(Remedy.ANOTHER_SOURCE, Optional.empty(), message, null);
  }

  Remedy remedy() {
    return remedy;
  }

  Optional<Duration> after() {
    return after;
  }
}
