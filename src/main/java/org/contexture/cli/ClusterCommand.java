package org.contexture.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.contexture.failure.Failure;
import org.contexture.flink.ClusterApi;
import org.contexture.flink.ClusterClassPath;
import org.contexture.flink.ClusterSize;
import org.contexture.flink.LocalCluster;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** A Flink cluster of the processes of this machine. */
@Command(
    name = "cluster",
    description = "Start, look at and stop a Flink cluster on this machine.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "(start | status | stop)")
final class ClusterCommand {
  @Spec CommandSpec spec;

  /** Which cluster. */
  static final class DirectoryOption {
    @Option(
        names = "--directory",
        paramLabel = "DIR",
        defaultValue = "target/cluster",
        description = "Where it keeps settings, logs and process ids (default: ${DEFAULT-VALUE}).")
    Path directory;

    LocalCluster cluster() {
      return new LocalCluster(directory, ClusterClassPath.ofThisProcess());
    }
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  @Command(
      description = "Start a cluster; in one that runs, start again what has died.",
      mixinStandardHelpOptions = true)
  int start(
      @Mixin DirectoryOption option,
      @Option(
              names = "--workers",
              paramLabel = "N",
              defaultValue = "1",
              description = "How many workers (default: ${DEFAULT-VALUE}).")
          int workers,
      @Option(
              names = "--slots",
              paramLabel = "S",
              defaultValue = "1",
              description =
                  "How many tasks each worker runs at a time (default: ${DEFAULT-VALUE}). A worker"
                      + " can train one network at a time.")
          int slots,
      @Option(
              names = "--heap",
              paramLabel = "MB",
              defaultValue = "2048",
              description =
                  "Java heap for the tasks of each worker (default: ${DEFAULT-VALUE}); PyTorch"
                      + " takes its memory beside it.")
          int heapMegabytes,
      @Option(
              names = "--accelerators",
              paramLabel = "N",
              defaultValue = "0",
              description =
                  "How many of the workers count as having an accelerator: networks are trained"
                      + " there alone (default: ${DEFAULT-VALUE}, all are alike).")
          int accelerators)
      throws IOException, InterruptedException {
    ClusterSize size = new ClusterSize(workers, slots, heapMegabytes, accelerators);
    LocalCluster cluster = option.cluster();
    if (cluster.isRunning()) {
      List<String> mended = cluster.mend();
      if (mended.isEmpty()) {
        throw Failure.usage(
            "A cluster of %s runs already, at %s, and all of its processes are alive; 'contexture"
                + " cluster stop' ends it.",
            option.directory, cluster.address());
      }
      out().printf("Started again: %s.%n", String.join(", ", mended));
      sizes()
          .ifPresent(
              options ->
                  out()
                      .printf(
                          "The cluster keeps the size that it was started with, whatever %s"
                              + " says. For another size, end it with 'contexture cluster stop' and"
                              + " start a new one.%n",
                          options));
      return 0;
    }
    out()
        .printf(
            "A Flink cluster of %d workers, %d slots each, is at %s.%n",
            workers, slots, cluster.start(size));
    out()
        .printf(
            "Use it with: ./contexture run FILE --runner flink --flink-master %s%n",
            cluster.address());
    return 0;
  }

  /** The options on how large a cluster is to be, as far as they were given. */
  private Optional<String> sizes() {
    ParseResult start = spec.commandLine().getParseResult().subcommand();
    return Stream.of("--workers", "--slots", "--heap", "--accelerators")
        .filter(start::hasMatchedOption)
        .reduce((first, second) -> first + ", " + second);
  }

  @Command(
      description = "Show workers, slots and jobs of the cluster.",
      mixinStandardHelpOptions = true)
  int status(@Mixin DirectoryOption option) throws IOException {
    LocalCluster cluster = option.cluster();
    ClusterApi api = new ClusterApi(cluster.address());
    boolean answers = api.answers();
    if (answers) {
      ClusterApi.Overview overview = api.overview();
      out()
          .printf(
              "cluster      %s, %d of %d slots are free%n",
              api.address(), overview.freeSlots(), overview.slots());
    } else {
      out().printf("cluster      %s does not answer%n", api.address());
    }
    List<ClusterApi.Worker> workers = answers ? api.workers() : List.of();
    for (LocalCluster.Member member : cluster.members()) {
      String slots =
          workers.stream()
              .filter(worker -> worker.id().equals(member.name()) && member.alive())
              .map(
                  worker ->
                      ", %d of %d slots are free".formatted(worker.freeSlots(), worker.slots()))
              .findFirst()
              .orElse("");
      out()
          .printf(
              "%-12s process %d, %s%s%n",
              member.name(),
              member.id(),
              member.alive() ? "alive" : "dead: " + cluster.log(member.name()),
              slots);
    }
    if (answers) {
      api.jobs().stream()
          .filter(job -> !job.isOver())
          .forEach(job -> out().printf("job          %s, %s%n", job.name(), job.state()));
    } else {
      out()
          .println(
              "Jobs do not outlive the JobManager. 'contexture cluster start' starts what has died"
                  + " again; then give the command of the run again: what is finished is kept.");
    }
    return 0;
  }

  @Command(
      description = "Stop the cluster; jobs that run end with it.",
      mixinStandardHelpOptions = true)
  int stop(@Mixin DirectoryOption option) throws IOException {
    LocalCluster cluster = option.cluster();
    int stopped = cluster.stop();
    out()
        .println(
            stopped == 0
                ? "No cluster of %s runs.".formatted(option.directory)
                : "Stopped %d processes.".formatted(stopped));
    return 0;
  }
}
