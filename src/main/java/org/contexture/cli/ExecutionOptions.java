package org.contexture.cli;

import java.io.PrintWriter;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.contexture.pipeline.Executor;
import org.contexture.pipeline.RunListener;
import org.contexture.pipeline.Runner;
import org.contexture.pipeline.Store;
import org.contexture.report.Fact;
import picocli.CommandLine.Option;

/** Where and how stages run. */
final class ExecutionOptions {
  /** Set by the launcher, which knows where its output goes; Java 17 cannot tell. */
  private static final String TERMINAL = "contexture.terminal";

  @Option(
      names = "--runner",
      paramLabel = "RUNNER",
      defaultValue = "direct",
      description = "Where stages run: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  Runner.Kind runner;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      description = "How many tasks run at a time (default: the processors there are).")
  int parallelism = Runtime.getRuntime().availableProcessors();

  Executor executor(Store store, RunListener listener) {
    return new Executor(
        store,
        new Runner(runner, parallelism, Runner.Checks.OFF),
        CodeVersion.text(),
        Clock.systemUTC(),
        listener);
  }

  static ConsoleProgress progress(PrintWriter out) {
    return new ConsoleProgress(
        out,
        Boolean.getBoolean(TERMINAL)
            ? ConsoleProgress.Terminal.INTERACTIVE
            : ConsoleProgress.Terminal.PLAIN);
  }

  /** The words of a command line that say the same again. */
  List<String> words() {
    List<String> words = new ArrayList<>();
    if (runner != Runner.Kind.DIRECT) {
      words.add("--runner " + runner.key());
    }
    if (parallelism != Runtime.getRuntime().availableProcessors()) {
      words.add("--parallelism " + parallelism);
    }
    return words;
  }

  /** What a report says of where it was made. */
  List<Fact> environment() {
    return List.of(
        new Fact("Contexture", CodeVersion.text()),
        new Fact("Runner", "%s, %d tasks at a time".formatted(runner.key(), parallelism)),
        new Fact("Processors", Integer.toString(Runtime.getRuntime().availableProcessors())),
        new Fact("Java", Runtime.version().toString()),
        new Fact("System", System.getProperty("os.name") + " " + System.getProperty("os.arch")));
  }
}
