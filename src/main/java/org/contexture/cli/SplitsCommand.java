package org.contexture.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.contexture.benchmark.LabelledImage;
import org.contexture.benchmark.LabelledImage.Subset;
import org.contexture.benchmark.SplitLists;
import org.contexture.experiment.Experiment;
import org.contexture.experiment.ExperimentFile;
import org.contexture.experiment.ExperimentSettings;
import org.contexture.experiment.keys.Reading;
import org.contexture.file.WholeFile;
import org.contexture.pipeline.Dataset;
import org.contexture.pipeline.Plan;
import org.contexture.pipeline.StageGraph;
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
      throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    execution.require();
    Reading<ExperimentSettings> reading = ExperimentFile.read(settings.file, settings.overrides);
    reading.notes().forEach(out::println);
    Store store = storeOption.open();
    store.requireWritable();
    OptionDirectory place = new OptionDirectory("splits export FILE", "", "lists", directory);
    place.require();
    Experiment experiment = ExperimentOptions.experiment(reading.settings(), store);
    StageGraph graph = experiment.graph().until("index");
    remember(reading.settings().name(), graph, store);
    Plan plan = Plan.of(graph, store, Set.of());
    OnlyWhatIsMade progress = new OnlyWhatIsMade(ExecutionOptions.progress(out));
    String command = command(settings, directory, storeOption, execution);
    if (!new ResumableWork(command, execution, out)
        .isDone(() -> execution.executor(store, progress).run(plan))) {
      return Farewell.EXIT_CODE;
    }
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
    write(lists, place, out);
    return 0;
  }

  /** What is known of the experiment already stays: a run of it refers to more than its split. */
  private static void remember(String experiment, StageGraph graph, Store store)
      throws IOException {
    if (!store.experiments().containsKey(experiment)) {
      store.remember(experiment, graph.datasets().stream().map(Dataset::id).toList());
    }
  }

  private static Subset subset(Split split) {
    return switch (split) {
      case TRAIN, VALIDATION -> Subset.TRAIN;
      case TEST -> Subset.TEST;
      case QUERY -> Subset.QUERY;
      case GALLERY -> Subset.GALLERY;
    };
  }

  private static void write(SplitLists lists, OptionDirectory place, PrintWriter out) {
    try {
      for (Map.Entry<String, String> list : lists.texts().entrySet()) {
        Path file = place.path().resolve(list.getKey());
        WholeFile.write(file, text -> text.write(list.getValue().getBytes(StandardCharsets.UTF_8)));
        out.println(file);
      }
    } catch (IOException failed) {
      throw place.unwritable(failed);
    }
  }

  private static String command(
      FileOptions settings, Path directory, StoreOption store, ExecutionOptions execution) {
    List<String> words = settings.words("splits export");
    words.add(FileOptions.quoted(directory.toString()));
    words.addAll(store.words());
    words.addAll(execution.words());
    return String.join(" ", words);
  }
}
