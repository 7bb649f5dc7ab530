package org.contexture.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.contexture.fetch.ByteCount;
import org.contexture.pipeline.Dataset;
import org.contexture.pipeline.DatasetId;
import org.contexture.pipeline.Manifest;
import org.contexture.pipeline.Progress;
import org.contexture.pipeline.RunListener;

/**
 * Tells a person how a run goes: on a terminal by one line that changes, elsewhere by a plain line
 * every few seconds.
 */
final class ConsoleProgress implements RunListener {
  private static final Duration PLAIN_INTERVAL = Duration.ofSeconds(5);
  private static final String ERASE_LINE = "\r\u001b[K";

  private final PrintWriter out;
  private final Terminal terminal;
  private final Set<DatasetId> made = new HashSet<>();
  private long started;
  private long firstDone;
  private long firstTime;
  private long lastPrinted;

  /** What is at the other end. */
  enum Terminal {
    /** A terminal that moves its cursor. */
    INTERACTIVE,
    /** A file, a pipe or a log. */
    PLAIN
  }

  ConsoleProgress(PrintWriter out, Terminal terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** The datasets that were made, not reused. */
  synchronized Set<DatasetId> made() {
    return Set.copyOf(made);
  }

  @Override
  public synchronized void reused(Dataset<?> dataset, Manifest manifest) {
    line("%-22s reused %s records (%s)", dataset.label(), manifest.records(), dataset.id());
  }

  @Override
  public synchronized void started(Dataset<?> dataset, String reason) {
    started = System.nanoTime();
    firstTime = 0;
    lastPrinted = started;
    line("%-22s running: %s", dataset.label(), reason);
    if (!dataset.stage().notice().isEmpty()) {
      line("%-22s %s", "", dataset.stage().notice());
    }
  }

  @Override
  public synchronized void waiting(Dataset<?> dataset, String who) {
    line("%-22s waiting: %s", dataset.label(), who);
  }

  @Override
  public synchronized void progressed(Dataset<?> dataset, Progress progress) {
    long now = System.nanoTime();
    if (firstTime == 0) {
      firstTime = now;
      firstDone = progress.done();
    }
    String text = describe(dataset, progress, (now - firstTime) / 1e9);
    if (terminal == Terminal.INTERACTIVE) {
      out.print(ERASE_LINE + text);
      out.flush();
    } else if (now - lastPrinted >= PLAIN_INTERVAL.toNanos()) {
      lastPrinted = now;
      out.println(text);
    }
  }

  private String describe(Dataset<?> dataset, Progress progress, double seconds) {
    String text =
        String.format(
            Locale.ROOT,
            "%-22s %s/%s",
            dataset.label(),
            amount(progress.done(), progress.unit()),
            amount(progress.total(), progress.unit()));
    long done = progress.done() - firstDone;
    if (done > 0 && seconds > 0) {
      double rate = done / seconds;
      long left = Math.round((progress.total() - progress.done()) / rate);
      String pace =
          switch (progress.unit()) {
            case THINGS -> String.format(Locale.ROOT, "%.1f", rate);
            case BYTES -> ByteCount.text(Math.round(rate));
          };
      text += ", %s/s, %s left".formatted(pace, duration(left));
    }
    return progress.note().isEmpty() ? text : text + ", " + progress.note();
  }

  private static String amount(long count, Progress.Unit unit) {
    return switch (unit) {
      case THINGS -> Long.toString(count);
      case BYTES -> ByteCount.text(count);
    };
  }

  @Override
  public synchronized void finished(Dataset<?> dataset, Manifest manifest) {
    made.add(dataset.id());
    String rejected = manifest.rejected() == 0 ? "" : ", " + manifest.rejected() + " rejected";
    line(
        "%-22s made %d records%s in %s (%s)",
        dataset.label(),
        manifest.records(),
        rejected,
        duration(Math.round((System.nanoTime() - started) / 1e9)),
        dataset.id());
  }

  private void line(String format, Object... arguments) {
    String erase = terminal == Terminal.INTERACTIVE ? ERASE_LINE : "";
    out.println(erase + String.format(Locale.ROOT, format, arguments));
  }

  static String duration(long seconds) {
    return seconds < 60
        ? seconds + " s"
        : String.format(Locale.ROOT, "%d min %02d s", seconds / 60, seconds % 60);
  }
}
