package org.contexture.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.contexture.experiment.ExperimentComparison;
import org.contexture.failure.Failure;
import org.contexture.pipeline.Store;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Says what two results differ in, and whether it matters; makes no dataset. */
@Command(
    name = "compare",
    description =
        "Say what differs in settings and data between two experiments that were run, and whether"
            + " their difference in Recall@1 is larger than noise.",
    mixinStandardHelpOptions = true)
final class CompareCommand implements Callable<Integer> {
  private static final int TWO = 2;

  @ArgGroup(exclusive = false, multiplicity = "1..*")
  List<GivenExperiment> given;

  @Mixin StoreOption storeOption;
  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (given.size() != TWO) {
      throw Failure.usage(
          "compare takes two experiments, not %d; a page about up to six is written by"
              + " 'contexture report A B C'.",
          given.size());
    }
    Store store = storeOption.open();
    List<FinishedExperiment> experiments = new ArrayList<>();
    for (GivenExperiment experiment : given) {
      experiments.add(FinishedExperiment.measured(experiment.options(), storeOption, store, out));
    }
    ExperimentComparison comparison =
        new ExperimentComparison(new DistinctNames(experiments).runs(), store);
    new ComparisonText(comparison.withoutPictures(command()), comparison.lineage()).print(out);
    return 0;
  }

  private String command() {
    List<String> words = new ArrayList<>(List.of("./contexture compare"));
    for (GivenExperiment experiment : given) {
      words.addAll(experiment.options().words());
    }
    words.addAll(storeOption.words());
    return String.join(" ", words);
  }
}
