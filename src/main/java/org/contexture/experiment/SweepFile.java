package org.contexture.experiment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.contexture.experiment.keys.Fragment;
import org.contexture.experiment.keys.Key;
import org.contexture.experiment.keys.Section;
import org.contexture.experiment.keys.SettingsFile;
import org.contexture.experiment.keys.SettingsReference;
import org.contexture.experiment.keys.SettingsSchema;
import org.contexture.experiment.keys.SettingsVersions;
import org.contexture.experiment.keys.Values;
import org.contexture.failure.Failure;

/** The file that says what a sweep is: an experiment file and what is varied of it. */
public final class SweepFile {
  private static final int MOST = 10_000;

  private static final Key<String> NAME =
      ExperimentSettings.name(
          "What the sweep is called in results and listings; it changes no result.");
  private static final Key<Optional<Path>> EXPERIMENT =
      Key.pathOrNone(
              "experiment",
              "The experiment file that everything below is laid over, relative to this file; none"
                  + " where each run extends one.")
          .or(Optional.empty());
  private static final Key<Fragment> SETTINGS =
      Key.fragment("settings", "Settings of all runs, laid over those of the experiment.")
          .or(Fragment.none());
  private static final Key<Map<String, Fragment>> RUNS =
      Key.fragments(
          "runs",
          "[a-zA-Z0-9][a-zA-Z0-9 ._+-]{0,63}",
          "up to 64 letters, digits, spaces and . _ + -",
          "What is compared: a row of the results each, with the settings that make it. `extends`"
              + " lays a run over another experiment file than the others, relative to this file;"
              + " `published.recall_at_1` is shown beside what was measured.");
  private static final Key<Map<String, List<Fragment>>> GRID =
      Key.alternatives(
              "grid", "Keys with the values that each run is measured at, in every combination.")
          .or(Map.of());
  private static final Key<Map<String, List<Fragment>>> REPEAT =
      Key.alternatives(
              "repeat",
              "Keys with values that are no more than repetitions, such as seeds: results are the"
                  + " mean and the standard deviation over them.")
          .or(Map.of());
  private static final Key<Map<String, List<Fragment>>> TUNE =
      Key.alternatives(
              "tune",
              "Keys with the values among which each run takes the ones with the best Recall@1 on"
                  + " the validation classes, at the first values of `grid` and `repeat`; the"
                  + " first of equally good ones.")
          .or(Map.of());
  private static final Section<Declared> SECTION =
      Section.of(NAME, EXPERIMENT, SETTINGS, RUNS, GRID, REPEAT, TUNE).as(Declared::of);

  private SweepFile() {}

  private record Declared(
      String name,
      Optional<Path> experiment,
      Fragment settings,
      Map<String, Fragment> runs,
      List<VariedKey> varied,
      List<Point> grid,
      List<Point> repeats,
      List<Point> candidates) {

    static Declared of(Values values) {
      List<VariedKey> varied =
          Stream.of(GRID, REPEAT, TUNE)
              .flatMap(part -> VariedKey.of(part.name(), values.of(part)).stream())
              .toList();
      return new Declared(
          values.of(NAME),
          values.of(EXPERIMENT),
          values.of(SETTINGS),
          values.of(RUNS),
          varied,
          combinations(values.of(GRID)),
          combinations(values.of(REPEAT)),
          combinations(values.of(TUNE)));
    }

    long size() {
      return (long) runs.size() * grid.size() * repeats.size() * candidates.size();
    }
  }

  /** A combination of values: what it is called, and its settings, each to be laid over others. */
  private record Point(Variation variation, List<Fragment> settings) {

    static Point none() {
      return new Point(new Variation(Map.of()), List.of());
    }

    Point with(String key, Fragment value) {
      Map<String, String> values = new LinkedHashMap<>(variation.values());
      values.put(key, value.text());
      List<Fragment> grown = new ArrayList<>(settings);
      grown.add(value.at(key));
      return new Point(new Variation(values), grown);
    }

    Fragment over(Fragment fragment) {
      return settings.stream().reduce(fragment, Fragment::overriddenBy);
    }
  }

  /**
   * Reads a sweep and the settings of all of its experiments. Each value of a key that is varied
   * makes another experiment.
   *
   * @param file the YAML file; messages name it as given
   * @param overrides what {@code --set} was given for all experiments, each {@code key.path=value}
   * @throws Failure a usage failure that lists every problem, each with file, line, column and key,
   *     what is allowed, and the nearest valid word
   */
  public static Sweep read(Path file, List<String> overrides) {
    Declared declared = SettingsFile.readOver(SECTION, file).settings();
    if (declared.size() > MOST) {
      throw Failure.usage(
          "%s asks for %d experiments; allowed are %d. Shorten its lists.",
          file, declared.size(), MOST);
    }
    SettingsVersions<ExperimentSettings> versions =
        SettingsVersions.of(ExperimentSettings.SECTION, file, declared.experiment(), overrides);
    VariedKey.reportOverridden(declared.varied(), versions);
    Map<Sweep.Cell, ExperimentSettings> settings = new LinkedHashMap<>();
    declared
        .runs()
        .forEach(
            (run, fragment) -> {
              Fragment common = declared.settings().overriddenBy(fragment);
              for (Point point : declared.grid()) {
                boolean published = changesNothing(point, common, versions);
                for (Point repeat : declared.repeats()) {
                  for (Point tuned : declared.candidates()) {
                    versions
                        .with(tuned.over(repeat.over(point.over(common))))
                        .ifPresent(
                            read ->
                                settings.put(
                                    new Sweep.Cell(
                                        run,
                                        point.variation(),
                                        repeat.variation(),
                                        tuned.variation()),
                                    published ? read : read.unpublished()));
                  }
                }
              }
            });
    versions.requireNoProblems();
    declared.varied().forEach(varied -> varied.reportEqual(settings, versions));
    versions.requireNoProblems();
    return new Sweep(
        declared.name(),
        List.copyOf(declared.runs().keySet()),
        variations(declared.grid()),
        variations(declared.repeats()),
        variations(declared.candidates()),
        settings);
  }

  /** Whether a point of the grid is the run as it stands, of which something may be published. */
  private static boolean changesNothing(
      Point point, Fragment run, SettingsVersions<ExperimentSettings> versions) {
    return point.settings().isEmpty()
        || versions.ifValid(run).equals(versions.ifValid(point.over(run)));
  }

  private static List<Variation> variations(List<Point> points) {
    return points.stream().map(Point::variation).toList();
  }

  /** Every combination, the last key changing fastest. */
  private static List<Point> combinations(Map<String, List<Fragment>> alternatives) {
    List<Point> points = List.of(Point.none());
    for (Map.Entry<String, List<Fragment>> key : alternatives.entrySet()) {
      points =
          points.stream()
              .flatMap(
                  point -> key.getValue().stream().map(value -> point.with(key.getKey(), value)))
              .toList();
    }
    return points;
  }

  /** The JSON Schema of the file; {@code pipelines/sweep.schema.json} is a copy. */
  public static String jsonSchema() {
    return SettingsSchema.of(SECTION, "A Contexture sweep");
  }

  /** Every key with its values, default and meaning, in Markdown; a part of the documentation. */
  public static String reference() {
    return SettingsReference.of(SECTION);
  }
}
