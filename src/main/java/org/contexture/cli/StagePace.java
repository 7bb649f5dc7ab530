package org.contexture.cli;

import java.time.Duration;
import java.util.Locale;
import org.contexture.fetch.ByteCount;
import org.contexture.pipeline.Progress;

/** How far a stage is, and how fast. */
final class StagePace {
  private static final double NANOS = 1e9;

  private final String label;
  private final long started;
  private long firstDone;
  private long firstTime;
  private long lastTime;
  private long lastPrinted;
  private Progress last;

  /**
   * Of a stage that begins.
   *
   * @param started when, as {@link System#nanoTime} has it
   */
  StagePace(String label, long started) {
    this.label = label;
    this.started = started;
    lastPrinted = started;
  }

  /** The stage is this far. */
  void reached(Progress progress, long now) {
    if (last == null) {
      firstTime = now;
      firstDone = progress.done();
    }
    last = progress;
    lastTime = now;
  }

  /** Whether it is time to say so again; that counts as said. */
  boolean isDue(long now, Duration interval) {
    boolean due = now - lastPrinted >= interval.toNanos();
    if (due) {
      lastPrinted = now;
    }
    return due;
  }

  /** For how long it has been at work. */
  long seconds(long now) {
    return Math.round((now - started) / NANOS);
  }

  /** How far it is, how fast, how long yet. */
  String text() {
    String text = String.format(Locale.ROOT, "%-22s %s", label, last == null ? "begins" : share());
    if (last == null) {
      return text;
    }
    long done = last.done() - firstDone;
    double seconds = (lastTime - firstTime) / NANOS;
    if (done > 0 && seconds > 0) {
      double rate = done / seconds;
      long left = Math.round((last.total() - last.done()) / rate);
      String pace =
          switch (last.unit()) {
            case THINGS -> String.format(Locale.ROOT, "%.1f", rate);
            case BYTES -> ByteCount.text(Math.round(rate));
          };
      text += ", %s/s, %s left".formatted(pace, duration(left));
    }
    return last.note().isEmpty() ? text : text + ", " + last.note();
  }

  /** How far it is. */
  String shortText() {
    return last == null ? label : label + " " + share();
  }

  private String share() {
    return amount(last.done()) + "/" + amount(last.total());
  }

  private String amount(long count) {
    return switch (last.unit()) {
      case THINGS -> Long.toString(count);
      case BYTES -> ByteCount.text(count);
    };
  }

  /** {@code 42 s}, {@code 4 min 02 s}. */
  static String duration(long seconds) {
    return seconds < 60
        ? seconds + " s"
        : String.format(Locale.ROOT, "%d min %02d s", seconds / 60, seconds % 60);
  }
}
