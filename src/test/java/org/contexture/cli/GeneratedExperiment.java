package org.contexture.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.contexture.benchmark.GeneratedINaturalist;

/**
 * The experiment of the repository on a generated data set of iNaturalist's form.
 *
 * @param folder the archives
 */
record GeneratedExperiment(Path folder) {
  private static final String FILE = "pipelines/inat-stand-in.yaml";

  /** Generates the data set. */
  static GeneratedExperiment of(Path folder, int images, long seed) throws Exception {
    GeneratedINaturalist.write(folder, images, seed);
    return new GeneratedExperiment(folder);
  }

  /** The words of {@code run}, with a store, reports and models of its own. */
  String[] run(Path store, String... more) {
    List<String> words = new ArrayList<>(List.of("run"));
    words.addAll(common(store));
    words.addAll(List.of("--reports", store + "-reports", "--models", store + "-models"));
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }

  private List<String> common(Path store) {
    return List.of(
        FILE,
        "--store",
        store.toString(),
        "--set",
        "fetch.mirror=" + folder,
        "--set",
        "fetch.checksums=" + folder.resolve("SHA256SUMS"));
  }

  /** The address of the dataset of each stage, as {@code plan} says. */
  SortedMap<String, String> datasets(Path store, String... more) {
    List<String> words = new ArrayList<>(List.of("plan"));
    words.addAll(common(store));
    words.addAll(List.of(more));
    Outcome plan = Outcome.of(words.toArray(String[]::new));
    if (plan.code() != 0) {
      throw new IllegalStateException(plan.toString());
    }
    SortedMap<String, String> datasets = new TreeMap<>();
    plan.out()
        .lines()
        .map(line -> line.split(" +"))
        .filter(columns -> columns.length > 2 && columns[2].matches("[a-z-]+/[0-9a-f]{16}"))
        .forEach(columns -> datasets.put(columns[0], columns[2]));
    return datasets;
  }
}
