package org.contexture.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.contexture.experiment.reference.ReferenceCommand;
import org.contexture.experiment.reference.Translation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Takes a command of the paper's code to an experiment file. */
@Command(
    name = "from-reference",
    description =
        "Print the experiment that does what a command of the paper's code does, such as"
            + " \"python train.py --loss Hybrid --dataset cub\".",
    mixinStandardHelpOptions = true)
final class ExperimentsFromReferenceCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "COMMAND",
      arity = "1..*",
      description = "The command as one quoted word, or its words after --.")
  List<String> words;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    ReferenceCommand command =
        words.size() == 1 ? ReferenceCommand.of(words.get(0)) : ReferenceCommand.of(words);
    Translation translation = command.translate();
    spec.commandLine().getOut().print(translation.yaml());
    spec.commandLine().getOut().flush();
    translation.remarks().forEach(spec.commandLine().getErr()::println);
    return 0;
  }
}
