package org.contexture.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.contexture.benchmark.LabelledImage;
import org.contexture.benchmark.LabelledImage.Subset;
import org.contexture.benchmark.SplitLists;
import org.contexture.experiment.Experiment;
import org.contexture.experiment.ExperimentFile;
import org.contexture.failure.Failure;
import org.contexture.pipeline.Plan;
import org.contexture.pipeline.Store;
import org.contexture.record.ImageRef;
import org.contexture.record.Split;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What is trained on and what is tested on. */
@Command(
    name = "splits",
    description = "Write how an experiment splits its images.",
    mixinStandardHelpOptions = true)
final class SplitsCommand {
  @Spec CommandSpec spec;

  @Command(
      name = "export",
      description = "Write the split of an experiment as lists in the format of the paper's code.",
      mixinStandardHelpOptions = true)
  int export(
      @Mixin FileOptions settings,
      @Parameters(index = "1", paramLabel = "DIR", description = "Where the lists go.")
          Path directory,
      @Mixin StoreOption storeOption,
      @Mixin ExecutionOptions execution)
      throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    Store store = storeOption.open();
    Experiment experiment =
        ExperimentOptions.experiment(
            ExperimentFile.read(settings.file, settings.overrides).settings(), store);
    execution
        .executor(store, new OnlyWhatIsMade(ExecutionOptions.progress(out)))
        .run(Plan.of(experiment.graph().until("index"), store, Set.of()));
    SplitLists lists = SplitLists.of(experiment.benchmark().name());
    for (ImageRef image : store.open(experiment.images()).open()) {
      lists.add(
          new LabelledImage(
              image.getId(),
              image.getPath(),
              image.getLabel(),
              image.getClassName(),
              image.getSuperLabel(),
              image.getSuperName(),
              subset(image.getSplit())));
    }
    write(lists, directory, out);
    return 0;
  }

  private static Subset subset(Split split) {
    return switch (split) {
      case TRAIN, VALIDATION -> Subset.TRAIN;
      case TEST -> Subset.TEST;
      case QUERY -> Subset.QUERY;
      case GALLERY -> Subset.GALLERY;
    };
  }

  private static void write(SplitLists lists, Path directory, PrintWriter out) {
    try {
      Files.createDirectories(directory);
      for (Map.Entry<String, String> list : lists.texts().entrySet()) {
        Path file = directory.resolve(list.getKey());
        Files.writeString(file, list.getValue());
        out.println(file);
      }
    } catch (IOException failed) {
      throw Failure.environment("The lists cannot be written to %s: %s.", directory, failed)
          .causedBy(failed);
    }
  }
}
