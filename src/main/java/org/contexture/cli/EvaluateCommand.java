package org.contexture.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.contexture.benchmark.FileDigests;
import org.contexture.experiment.Experiment;
import org.contexture.experiment.ExperimentFile;
import org.contexture.experiment.ExperimentSettings;
import org.contexture.experiment.WeightsPlace;
import org.contexture.experiment.keys.Reading;
import org.contexture.failure.Failure;
import org.contexture.pipeline.Plan;
import org.contexture.pipeline.Store;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures a network that was trained before, or embeddings that were made before. */
@Command(
    name = "evaluate",
    description =
        "Measure given weights on the test images of an experiment, and report on them; or measure a"
            + " file of embeddings.",
    mixinStandardHelpOptions = true)
final class EvaluateCommand implements Callable<Integer> {
  /** Set by the launcher: where the experiments of the published benchmarks lie. */
  private static final String HOME = "contexture.home";

  @ArgGroup(multiplicity = "1")
  Measured measured;

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description =
          "The weights of the whole network: safetensors, or a state dict or a whole module of"
              + " PyTorch; a path, or an address to fetch them from.")
  Optional<String> weights = Optional.empty();

  @Option(
      names = "--weights-sha256",
      paramLabel = "HEX",
      description = "What the SHA-256 of that file has to be. An address needs it.")
  Optional<String> sha256 = Optional.empty();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Override a setting, such as model.head=gem_linear. May be repeated.")
  List<String> overrides = new ArrayList<>();

  @Mixin StoreOption storeOption;
  @Mixin ExecutionOptions execution;
  @Mixin ReportsOption reports;
  @Spec CommandSpec spec;

  /** What is measured on. */
  static final class Measured {
    @Parameters(
        index = "0",
        paramLabel = "EXPERIMENT",
        description = "An experiment file: its benchmark, images, model and metrics count.")
    Path file;

    @Option(
        names = "--benchmark",
        paramLabel = "NAME",
        description =
            "In place of a file, a published benchmark as its experiment in pipelines/ has it:"
                + " ${COMPLETION-CANDIDATES}.")
    Published benchmark;

    @Option(
        names = "--embeddings",
        paramLabel = "FILE",
        description =
            "Embeddings with their classes, .npz or .avro, in place of a network and images."
                + " docs/metrics.md says what is in the file. Of the settings, seed and evaluate"
                + " count.")
    Optional<Path> embeddings = Optional.empty();

    Path file() {
      return file == null
          ? Path.of(System.getProperty(HOME, "")).resolve(benchmark.experiment)
          : file;
    }

    String words() {
      if (embeddings.isPresent()) {
        return "--embeddings " + FileOptions.quoted(embeddings.get().toString());
      }
      return file == null ? "--benchmark " + benchmark : FileOptions.quoted(file.toString());
    }
  }

  /** The published benchmarks and the experiments that are about them. */
  enum Published {
    CUB200("cub"),
    CARS196("cars"),
    SOP("sop"),
    INSHOP("inshop"),
    INATURALIST("inat");

    private final String experiment;

    Published(String short256) {
      experiment = "pipelines/%s-256-hybrid.yaml".formatted(short256);
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    execution.require();
    if (measured.embeddings.isPresent()) {
      if (weights.isPresent()) {
        throw Failure.usage("--weights: embeddings need no network; leave one of the two out.");
      }
      return new EmbeddingsRun(measured.embeddings.get(), overrides, command())
          .call(storeOption.open(), execution, out);
    }
    WeightsPlace place =
        new WeightsPlace(
            weights.orElseThrow(
                () -> Failure.usage("Give the weights of the network with --weights FILE.")));
    requireWeights(place);
    Reading<ExperimentSettings> reading = ExperimentFile.read(measured.file(), named(place));
    Store store = storeOption.open();
    store.requireWritable();
    reports.require();
    FileDigests digests = StoreOption.digests(store);
    Experiment experiment = Experiment.evaluating(reading.settings(), place, sha256, digests);
    digests.save();
    ExperimentRun run =
        new ExperimentRun(reading, experiment, store, execution, List.of(), command(), out);
    if (!run.made(() -> Plan.of(experiment.graph(), store, Set.of()))) {
      return Farewell.EXIT_CODE;
    }
    run.report(reports);
    return 0;
  }

  private void requireWeights(WeightsPlace place) {
    place
        .problem()
        .ifPresent(
            problem -> {
              throw Failure.usage("--weights: %s %s.", place, problem);
            });
    if (place.isAddress() && sha256.isEmpty()) {
      throw Failure.usage(
          "--weights: what comes from %s is used only if its SHA-256 is that of --weights-sha256;"
              + " give it.",
          place);
    }
    if (!place.isAddress()
        && (!Files.isReadable(place.path()) || Files.isDirectory(place.path()))) {
      throw Failure.usage(
          "--weights: there is no file %s that can be read; give the file with the weights.",
          place);
    }
    if (sha256.isPresent() && !sha256.get().matches("[0-9a-f]{64}")) {
      throw Failure.usage(
          "--weights-sha256: '%s' is no SHA-256, which has 64 lower-case hexadecimal digits.",
          sha256.get());
    }
  }

  /** The overrides after a name for what is made. */
  private List<String> named(WeightsPlace place) {
    EvaluationName name =
        new EvaluationName(String.valueOf(measured.file().getFileName()), place.name());
    List<String> settings = new ArrayList<>(List.of("name=" + name.text()));
    settings.addAll(overrides);
    return settings;
  }

  private String command() {
    List<String> words = new ArrayList<>(List.of("./contexture evaluate", measured.words()));
    weights.ifPresent(file -> words.addAll(List.of("--weights", FileOptions.quoted(file))));
    sha256.ifPresent(hex -> words.addAll(List.of("--weights-sha256", hex)));
    overrides.forEach(override -> words.addAll(List.of("--set", FileOptions.quoted(override))));
    words.addAll(storeOption.words());
    words.addAll(execution.words());
    words.addAll(reports.words());
    return String.join(" ", words);
  }
}
