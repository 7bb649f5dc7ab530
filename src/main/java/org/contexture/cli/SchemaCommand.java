package org.contexture.cli;

import java.util.Locale;
import java.util.concurrent.Callable;
import org.contexture.experiment.ExperimentFile;
import org.contexture.experiment.SweepFile;
import org.contexture.experiment.ToyFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what a settings file may say. */
@Command(
    name = "schema",
    description = "Print the JSON Schema of a kind of settings file.",
    mixinStandardHelpOptions = true)
final class SchemaCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "KIND",
      arity = "0..1",
      defaultValue = "experiment",
      description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  Kind kind;

  @Spec CommandSpec spec;

  /** The files that there are schemas of. */
  enum Kind {
    EXPERIMENT,
    SWEEP,
    TOY;

    String schema() {
      return switch (this) {
        case EXPERIMENT -> ExperimentFile.jsonSchema();
        case SWEEP -> SweepFile.jsonSchema();
        case TOY -> ToyFile.jsonSchema();
      };
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Override
  public Integer call() {
    spec.commandLine().getOut().println(kind.schema().strip());
    return 0;
  }
}
