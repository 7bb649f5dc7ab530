package org.contexture.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.contexture.loss.LossConfig;
import org.contexture.pipeline.Dataset;
import org.contexture.pipeline.StageGraph;
import org.contexture.pipeline.Store;
import org.contexture.record.ToyPoint;
import org.contexture.report.CirclePoint;
import org.contexture.report.ToyCourse;
import org.contexture.report.ToyMoment;
import org.contexture.stage.ToyMovesConfig;
import org.contexture.stage.ToyMovesStage;
import org.contexture.stage.ToyPointsConfig;
import org.contexture.stage.ToyPointsStage;
import org.contexture.training.FreeEmbeddingsConfig;

/**
 * The stages of a toy experiment, after the idea of the paper's: points on a circle, some of them
 * with wrong labels, moved by one loss and by another.
 */
public final class Toy {
  private final StageGraph graph;
  private final Dataset<ToyPoint> start;
  private final List<Moved> moved = new ArrayList<>();

  /** Points that a loss has moved. */
  private record Moved(String loss, Dataset<ToyPoint> points) {}

  /** Wires the stages. */
  public Toy(ToySettings settings) {
    ToySettings.Points points = settings.points();
    StageGraph.Builder stages = StageGraph.builder();
    start =
        stages.add(
            "points",
            new ToyPointsStage(
                new ToyPointsConfig(
                    points.classes(),
                    points.perClass(),
                    points.spread(),
                    points.labelNoise(),
                    settings.seed())));
    for (LossConfig loss : List.of(settings.loss(), settings.comparedTo())) {
      FreeEmbeddingsConfig moves =
          new FreeEmbeddingsConfig(
              loss,
              settings.learningRate(),
              settings.steps(),
              settings.observeEvery(),
              settings.seed());
      String label = "moves-" + (moved.size() + 1);
      moved.add(
          new Moved(
              name(loss, settings),
              stages.add(label, new ToyMovesStage(new ToyMovesConfig(moves), start))));
    }
    graph = stages.build();
  }

  /** What a loss is called beside the other one. */
  private String name(LossConfig loss, ToySettings settings) {
    String name = loss.name().key();
    return settings.loss().name() == settings.comparedTo().name()
        ? "%s %d".formatted(name, moved.size() + 1)
        : name;
  }

  /** All its stages. */
  public StageGraph graph() {
    return graph;
  }

  /** Where the points started. */
  public List<CirclePoint> start(Store store) {
    return circle(points(store, start));
  }

  /** How they moved under each loss. */
  public List<ToyCourse> courses(Store store) {
    List<ToyCourse> courses = new ArrayList<>();
    List<ToyPoint> first = points(store, start);
    for (Moved one : moved) {
      SortedMap<Integer, List<ToyPoint>> steps = new TreeMap<>();
      steps.put(0, first);
      for (ToyPoint point : points(store, one.points())) {
        steps.computeIfAbsent(point.getStep(), step -> new ArrayList<>()).add(point);
      }
      List<ToyMoment> moments =
          steps.values().stream().map(points -> new ToySearch(points).moment()).toList();
      courses.add(new ToyCourse(one.loss(), moments, circle(steps.get(steps.lastKey()))));
    }
    return courses;
  }

  private static List<ToyPoint> points(Store store, Dataset<ToyPoint> dataset) {
    List<ToyPoint> points = new ArrayList<>();
    store.open(dataset).open().forEach(points::add);
    return points;
  }

  private static List<CirclePoint> circle(List<ToyPoint> points) {
    return points.stream()
        .map(
            point ->
                new CirclePoint(
                    point.getX(), point.getY(), point.getLabel(), point.getGivenLabel()))
        .toList();
  }
}
