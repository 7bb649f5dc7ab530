package org.contexture.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.contexture.experiment.ExperimentFile;
import org.contexture.experiment.ExperimentSettings;
import org.contexture.experiment.keys.EffectiveSetting;
import org.contexture.experiment.keys.Reading;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints every setting that holds for an experiment, and what says so. */
@Command(
    name = "show",
    description = "Print every setting of an experiment, and where each comes from.",
    mixinStandardHelpOptions = true)
final class ExperimentsShowCommand implements Callable<Integer> {
  @Mixin FileOptions settings;
  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Reading<ExperimentSettings> reading = ExperimentFile.read(settings.file, settings.overrides);
    reading.notes().forEach(out::println);
    Table table = new Table("setting", "value", "from");
    for (EffectiveSetting setting : reading.effective()) {
      table.row(setting.key(), setting.value(), setting.source());
    }
    table.print(out);
    return 0;
  }
}
