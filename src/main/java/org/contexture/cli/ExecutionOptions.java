package org.contexture.cli;

import java.io.PrintWriter;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.contexture.failure.Failure;
import org.contexture.flink.ClusterAddress;
import org.contexture.flink.ClusterApi;
import org.contexture.flink.ClusterClassPath;
import org.contexture.flink.ClusterRunner;
import org.contexture.pipeline.Dataset;
import org.contexture.pipeline.Executor;
import org.contexture.pipeline.RunListener;
import org.contexture.pipeline.Runner;
import org.contexture.pipeline.StageRunner;
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
      names = "--flink-master",
      paramLabel = "HOST:PORT",
      description =
          "The address of the REST API of a Flink cluster, for --runner flink (default: Flink in"
              + " this process).")
  Optional<String> flinkMaster = Optional.empty();

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      converter = PositiveNumber.class,
      description =
          "How many tasks run at a time (default: the processors there are, or the slots of the"
              + " cluster).")
  Optional<Integer> parallelism = Optional.empty();

  private final AtomicReference<StageRunner> atWork = new AtomicReference<>();

  /** Fails before anything is made or remembered. */
  void require() {
    runner();
  }

  Executor executor(Store store, RunListener listener) {
    StageRunner where = runner();
    atWork.set(where);
    return new Executor(store, where, CodeVersion.text(), Clock.systemUTC(), listener);
  }

  private StageRunner runner() {
    if (flinkMaster.isEmpty()) {
      return new Runner(runner, tasks(), Runner.Checks.OFF);
    }
    if (runner != Runner.Kind.FLINK) {
      throw Failure.usage("--flink-master is for --runner flink; add it, or leave the other out.");
    }
    return new ClusterRunner(
        new ClusterApi(ClusterAddress.parse(flinkMaster.get())),
        ClusterClassPath.ofThisProcess(),
        parallelism);
  }

  /** Ends the jobs that would go on without this process. */
  void cancel() {
    Optional.ofNullable(atWork.get()).ifPresent(StageRunner::cancel);
  }

  private int tasks() {
    return parallelism.orElse(Runtime.getRuntime().availableProcessors());
  }

  static ConsoleProgress progress(PrintWriter out) {
    return progress(out, dataset -> "");
  }

  /**
   * Tells a person how runs go.
   *
   * @param owner what a dataset is made for, in a few words, or empty
   */
  static ConsoleProgress progress(PrintWriter out, Function<Dataset<?>, String> owner) {
    return new ConsoleProgress(
        out,
        Boolean.getBoolean(TERMINAL)
            ? ConsoleProgress.Terminal.INTERACTIVE
            : ConsoleProgress.Terminal.PLAIN,
        owner);
  }

  /** How many stages there is room for at a time; after {@link #executor}. */
  int room() {
    return atWork.get().room();
  }

  /** The words of a command line that say the same again. */
  List<String> words() {
    List<String> words = new ArrayList<>();
    if (runner != Runner.Kind.DIRECT) {
      words.add("--runner " + runner.key());
    }
    flinkMaster.ifPresent(address -> words.add("--flink-master " + FileOptions.quoted(address)));
    parallelism.ifPresent(count -> words.add("--parallelism " + count));
    return words;
  }

  /** What a report says of where it was made. */
  List<Fact> environment() {
    return List.of(
        new Fact("Contexture", CodeVersion.text()),
        new Fact("Runner", where()),
        new Fact("Processors", Integer.toString(Runtime.getRuntime().availableProcessors())),
        new Fact("Java", Runtime.version().toString()),
        new Fact("System", System.getProperty("os.name") + " " + System.getProperty("os.arch")));
  }

  private String where() {
    return flinkMaster
        .map("flink, a cluster at %s"::formatted)
        .orElse("%s, %d tasks at a time".formatted(runner.key(), tasks()));
  }
}
