package org.contexture.fetch;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.contexture.failure.Failure;

/**
 * Fetches files: asks one source after another, each as patiently as it is told to, goes on where
 * an earlier attempt stopped, and gives nothing out whose checksum is not the expected one.
 */
public final class Fetcher {
  private final Patience patience;
  private final Sleeper sleeper;
  private final HttpSource http;
  private final FolderSource folder = new FolderSource();

  /** Waits. */
  @FunctionalInterface
  public interface Sleeper {
    void sleep(Duration time) throws InterruptedException;
  }

  /** A fetcher that waits in real time. */
  public Fetcher(Patience patience) {
    this(patience, time -> Thread.sleep(time.toMillis()));
  }

  Fetcher(Patience patience, Sleeper sleeper) {
    this.patience = patience;
    this.sleeper = sleeper;
    this.http = new HttpSource(patience);
  }

  /**
   * Fetches a file.
   *
   * @param directory where it goes under its name, and where what has come so far is kept; no two
   *     fetches of one name may use it at a time
   * @throws Failure if no source has it, with what each of them did; or if the disk is full
   * @throws IOException if the directory cannot be written to
   */
  public Fetched fetch(RemoteFile file, Path directory, FetchListener listener)
      throws IOException, InterruptedException {
    Optional<Fetched> earlier = folder.resume(file, directory, listener);
    if (earlier.isPresent()) {
      return earlier.get();
    }
    List<String> reasons = new ArrayList<>();
    for (URI source : file.sources()) {
      try {
        return fetch(file, source, directory, listener);
      } catch (SourceException failed) {
        reasons.add("%s %s".formatted(source, failed.getMessage()));
        listener.trouble("%s is left: it %s.".formatted(source, failed.getMessage()));
      }
    }
    throw Failure.environment(
        "%s cannot be fetched: %s. What has come so far is kept for the next run. If you have the"
            + " file, or can get it elsewhere, put it into a folder that fetch.mirror names.",
        file.name(), String.join("; ", reasons));
  }

  private Fetched fetch(RemoteFile file, URI source, Path directory, FetchListener listener)
      throws IOException, InterruptedException, SourceException {
    if (source.getScheme().equals("file")) {
      return folder.fetch(file, source, directory, listener);
    }
    try (PartialFile part = PartialFile.open(file, directory)) {
      receive(file, source, part, listener);
      if (!part.checksum().equals(file.checksum()) && part.isOfSeveralAnswers()) {
        listener.trouble(
            "The parts of %s do not fit together; it is fetched again as a whole."
                .formatted(file.name()));
        part.restart();
        receive(file, source, part, listener);
      }
      Checksum actual = part.checksum();
      if (!actual.equals(file.checksum())) {
        part.restart();
      }
      file.require(actual);
      return part.finish(source);
    }
  }

  /** Asks until everything is here, or until the source has nothing new several times. */
  private void receive(RemoteFile file, URI source, PartialFile part, FetchListener listener)
      throws IOException, InterruptedException, SourceException {
    int failures = 0;
    while (true) {
      long before = part.length();
      try {
        http.receive(file, source, part, listener);
        return;
      } catch (SourceException failed) {
        failures = part.length() > before ? 1 : failures + 1;
        if (failed.remedy() != SourceException.Remedy.TIME || failures == patience.attempts()) {
          throw failed;
        }
        pause(failed, failures, source, listener);
      }
    }
  }

  private void pause(SourceException failed, int failures, URI source, FetchListener listener)
      throws IOException, InterruptedException {
    Duration wanted = failed.after().orElse(patience.pauseAfter(failures));
    Duration pause =
        wanted.compareTo(patience.longestPause()) > 0 ? patience.longestPause() : wanted;
    listener.trouble(
        "%s %s; it is asked again in %d s."
            .formatted(source, failed.getMessage(), pause.toSeconds()));
    sleeper.sleep(pause);
  }
}
