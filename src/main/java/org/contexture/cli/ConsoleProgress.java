package org.contexture.cli;

import static java.util.stream.Collectors.joining;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.contexture.pipeline.Dataset;
import org.contexture.pipeline.DatasetId;
import org.contexture.pipeline.Manifest;
import org.contexture.pipeline.Progress;
import org.contexture.pipeline.RunListener;

/**
 * Tells a person how a run goes: on a terminal by one line that changes, elsewhere by a plain line
 * of each stage every few seconds.
 */
final class ConsoleProgress implements RunListener {
  private static final Duration PLAIN_INTERVAL = Duration.ofSeconds(5);
  private static final String ERASE_LINE = "\r\u001b[K";

  private final PrintWriter out;
  private final Terminal terminal;
  private final Function<Dataset<?>, String> owner;
  private final Set<DatasetId> made = new HashSet<>();
  private final Map<DatasetId, StagePace> atWork = new LinkedHashMap<>();

  /** What is at the other end. */
  enum Terminal {
    /** A terminal that moves its cursor. */
    INTERACTIVE,
    /** A file, a pipe or a log. */
    PLAIN
  }

  ConsoleProgress(PrintWriter out, Terminal terminal) {
    this(out, terminal, dataset -> "");
  }

  /**
   * Tells it to a writer.
   *
   * @param owner what a dataset is made for, in a few words; empty where that goes without saying
   */
  ConsoleProgress(PrintWriter out, Terminal terminal, Function<Dataset<?>, String> owner) {
    this.out = out;
    this.terminal = terminal;
    this.owner = owner;
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
    atWork.put(dataset.id(), new StagePace(dataset.label(), System.nanoTime()));
    line("%-22s running: %s%s", dataset.label(), reason, forWhom(dataset));
    if (!dataset.stage().notice().isEmpty()) {
      line("%-22s %s", "", dataset.stage().notice());
    }
  }

  private String forWhom(Dataset<?> dataset) {
    String whom = owner.apply(dataset);
    return whom.isEmpty() ? "" : ", for " + whom;
  }

  @Override
  public synchronized void waiting(Dataset<?> dataset, String who) {
    line("%-22s waiting: %s", dataset.label(), who);
  }

  @Override
  public synchronized void progressed(Dataset<?> dataset, Progress progress) {
    StagePace pace = atWork.get(dataset.id());
    if (pace == null) {
      return;
    }
    long now = System.nanoTime();
    pace.reached(progress, now);
    if (terminal == Terminal.INTERACTIVE) {
      out.print(
          ERASE_LINE
              + (atWork.size() == 1
                  ? pace.text()
                  : atWork.values().stream().map(StagePace::shortText).collect(joining(" | "))));
      out.flush();
    } else if (pace.isDue(now, PLAIN_INTERVAL)) {
      out.println(pace.text() + forWhom(dataset));
    }
  }

  @Override
  public synchronized void finished(Dataset<?> dataset, Manifest manifest) {
    made.add(dataset.id());
    StagePace pace = atWork.remove(dataset.id());
    String rejected = manifest.rejected() == 0 ? "" : ", " + manifest.rejected() + " rejected";
    line(
        "%-22s made %d records%s in %s (%s)%s",
        dataset.label(),
        manifest.records(),
        rejected,
        StagePace.duration(pace.seconds(System.nanoTime())),
        dataset.id(),
        forWhom(dataset));
  }

  @Override
  public synchronized void failed(Dataset<?> dataset) {
    atWork.remove(dataset.id());
    if (terminal == Terminal.INTERACTIVE) {
      out.print(ERASE_LINE); // so that why it failed does not stand on it
      out.flush();
    }
  }

  private void line(String format, Object... arguments) {
    String erase = terminal == Terminal.INTERACTIVE ? ERASE_LINE : "";
    out.println(erase + String.format(Locale.ROOT, format, arguments));
  }
}
