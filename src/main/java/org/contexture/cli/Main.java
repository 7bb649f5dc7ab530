package org.contexture.cli;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.util.Optional;
import org.contexture.failure.Failure;
import org.contexture.file.FullDisk;
import org.contexture.pipeline.remote.RemoteFileException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The program {@code contexture}. */
@Command(
    name = "contexture",
    description = "Trains and evaluates embeddings for image retrieval.",
    mixinStandardHelpOptions = true,
    versionProvider = CodeVersion.class,
    subcommands = {
      RunCommand.class,
      PlanCommand.class,
      SweepCommand.class,
      ReportCommand.class,
      CompareCommand.class,
      EvaluateCommand.class,
      EmbedCommand.class,
      SearchCommand.class,
      ToyCommand.class,
      ExperimentsCommand.class,
      SplitsCommand.class,
      DatasetsCommand.class,
      ClusterCommand.class,
      PackageCommand.class,
      SchemaCommand.class,
      CommandLine.HelpCommand.class
    },
    footerHeading = "%nExit codes:%n",
    footer = {
      "  0    done",
      "  1    a defect in Contexture itself",
      "  2    a mistake in the command or the experiment file",
      "  3    the input data, or a dataset in the store, is wrong",
      "  4    the machine is in the way: disk, permissions, memory",
      "  5    a stage failed for another reason",
      "  130  interrupted"
    })
public final class Main {
  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Show the stack trace of a failure.")
  private boolean verbose;

  private Main() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    int code =
        execute(
            new PrintWriter(System.out, true, StandardCharsets.UTF_8),
            new PrintWriter(System.err, true, StandardCharsets.UTF_8),
            arguments);
    System.exit(code);
  }

  /** Runs a command. */
  static int execute(PrintWriter out, PrintWriter err, String... arguments) {
    Main main = new Main();
    return new CommandLine(main)
        .setOut(out)
        .setErr(err)
        .setUsageHelpAutoWidth(true)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(main::explain)
        .execute(arguments);
  }

  private int explain(Exception thrown, CommandLine command, CommandLine.ParseResult parsed) {
    PrintWriter err = command.getErr();
    Optional<Failure> known = failure(thrown);
    if (known.isEmpty()) {
      err.println("This is a defect in Contexture; please report it with what follows.");
      thrown.printStackTrace(err);
      return 1;
    }
    err.println(known.get().getMessage());
    if (verbose) {
      known.get().printStackTrace(err);
    }
    return exitCode(known.get().category());
  }

  /** What was thrown as a failure; empty if it is a defect. */
  private static Optional<Failure> failure(Exception thrown) {
    if (thrown instanceof Failure failure) {
      return Optional.of(failure);
    }
    Throwable reason = thrown instanceof UncheckedIOException ? thrown.getCause() : thrown;
    if (FullDisk.is(reason)) {
      return Optional.of(
          Failure.environment(
                  "The disk is full: %s. Free some space, and give the command again.",
                  reason.getMessage())
              .causedBy(thrown));
    }
    if (reason instanceof FileSystemException) {
      return Optional.of(
          Failure.environment("A file is in the way, or the disk is: %s", reason).causedBy(thrown));
    }
    if (reason instanceof RemoteFileException) {
      return Optional.of(
          Failure.environment("The store cannot be reached: %s", reason.getMessage())
              .causedBy(thrown));
    }
    return Optional.empty();
  }

  private static int exitCode(Failure.Category category) {
    return switch (category) {
      case USAGE -> 2;
      case DATA -> 3;
      case ENVIRONMENT -> 4;
      case STAGE -> 5;
    };
  }
}
