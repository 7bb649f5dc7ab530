package org.contexture.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.contexture.experiment.Experiment;
import org.contexture.experiment.ExperimentSettings;
import org.contexture.experiment.keys.Reading;
import org.contexture.pipeline.Plan;
import org.contexture.pipeline.Store;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Says what a run would do, and why, without doing it. */
@Command(
    name = "plan",
    description = "Say for each stage whether it would be reused or run, and why.",
    mixinStandardHelpOptions = true)
final class PlanCommand implements Callable<Integer> {
  @Mixin ExperimentOptions options;
  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Store store = options.store.open();
    Reading<ExperimentSettings> reading = options.read();
    reading.notes().forEach(out::println);
    Experiment experiment = ExperimentOptions.experiment(reading.settings(), store);
    Plan plan = options.plan(experiment, store);
    Table table = new Table("stage", "", "dataset", "reads", "why");
    for (Plan.Step step : plan.steps()) {
      table.row(
          step.dataset().label(),
          step.decision().name().toLowerCase(Locale.ROOT),
          step.dataset().id().toString(),
          String.join(
              ", ",
              step.dataset().stage().inputs().values().stream()
                  .map(input -> input.label())
                  .toList()),
          step.reason());
    }
    table.print(out);
    long missing =
        plan.steps().stream().filter(step -> step.decision() == Plan.Decision.RUN).count();
    out.printf("%d of %d stages to run.%n", missing, plan.steps().size());
    return 0;
  }
}
