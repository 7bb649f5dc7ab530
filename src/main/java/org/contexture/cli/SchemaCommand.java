package org.contexture.cli;

import java.util.concurrent.Callable;
import org.contexture.experiment.ExperimentFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints what an experiment file may say. */
@Command(
    name = "schema",
    description = "Print the JSON Schema of experiment files.",
    mixinStandardHelpOptions = true)
final class SchemaCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().getOut().println(ExperimentFile.jsonSchema().strip());
    return 0;
  }
}
