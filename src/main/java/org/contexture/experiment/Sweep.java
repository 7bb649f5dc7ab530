package org.contexture.experiment;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Experiments that differ in a few settings. Each row of the result is a {@code run}, a set of
 * settings with a name; of each there is a cell for every combination of the {@code grid}, and of
 * each cell one experiment for every combination of {@code repeat}. Before that, a run takes from
 * the combinations of {@code tune} the one that is best on the validation classes.
 */
public final class Sweep {
  private final String name;
  private final List<String> runs;
  private final List<Variation> grid;
  private final List<Variation> repeats;
  private final List<Variation> candidates;
  private final Map<Cell, ExperimentSettings> settings;

  Sweep(
      String name,
      List<String> runs,
      List<Variation> grid,
      List<Variation> repeats,
      List<Variation> candidates,
      Map<Cell, ExperimentSettings> settings) {
    this.name = name;
    this.runs = List.copyOf(runs);
    this.grid = List.copyOf(grid);
    this.repeats = List.copyOf(repeats);
    this.candidates = List.copyOf(candidates);
    this.settings = Map.copyOf(settings);
  }

  /**
   * One experiment of a sweep.
   *
   * @param run which run it belongs to
   * @param grid where on the grid it is
   * @param repeat which repetition it is
   * @param tuned what was, or may be, chosen for the run
   */
  public record Cell(String run, Variation grid, Variation repeat, Variation tuned) {

    @Override
    public String toString() {
      StringBuilder text = new StringBuilder(run);
      for (Variation variation : List.of(grid, repeat, tuned)) {
        if (!variation.values().isEmpty()) {
          text.append(", ").append(variation);
        }
      }
      return text.toString();
    }
  }

  /** What the sweep is called. */
  public String name() {
    return name;
  }

  /** The runs, in the order of the file. */
  public List<String> runs() {
    return runs;
  }

  /** The combinations of the grid, in the order of the file; one empty one where there is none. */
  public List<Variation> grid() {
    return grid;
  }

  /** The experiments among which a run is tuned; a single one where nothing is tuned. */
  public List<Cell> candidates(String run) {
    return candidates.stream()
        .map(candidate -> new Cell(run, grid.get(0), repeats.get(0), candidate))
        .toList();
  }

  /**
   * The experiments that are measured, run by run.
   *
   * @param chosen which candidate each run takes
   */
  public List<Cell> cells(Function<String, Variation> chosen) {
    return runs.stream()
        .flatMap(
            run ->
                grid.stream()
                    .flatMap(
                        point ->
                            repeats.stream()
                                .map(repeat -> new Cell(run, point, repeat, chosen.apply(run)))))
        .toList();
  }

  /** The settings of one of its experiments. */
  public ExperimentSettings settings(Cell cell) {
    return settings.get(cell);
  }
}
