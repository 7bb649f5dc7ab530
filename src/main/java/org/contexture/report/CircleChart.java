package org.contexture.report;

import static org.contexture.report.Html.element;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Points on the unit circle. Those that lie together are stacked towards the middle, so that they
 * can be counted. A point has the colour of its class; a wrongly labelled one has a ring in the
 * colour of the class that it is said to be.
 *
 * @param id unique in the page
 * @param title what is drawn
 */
record CircleChart(String id, String title, List<CirclePoint> points) {
  private static final int SIZE = 300;
  private static final double RADIUS = 136;
  private static final int PLACES = 120;
  private static final double DOT = 3.6;
  private static final double MOST_ROOM = 9;

  /** The letter of a class. */
  static String name(int label) {
    return String.valueOf((char) ('A' + label));
  }

  Element render() {
    Element drawing =
        element("svg")
            .with("viewBox", "0 0 " + SIZE + " " + SIZE)
            .with("role", "img")
            .with("aria-labelledby", id + "-title " + id + "-description")
            .add(element("title").with("id", id + "-title").text(title))
            .add(element("desc").with("id", id + "-description").text(description()))
            .add(
                element("circle", "orbit")
                    .with("cx", SIZE / 2.0)
                    .with("cy", SIZE / 2.0)
                    .with("r", RADIUS));
    double room = room();
    Map<Integer, Integer> stacks = new HashMap<>();
    for (CirclePoint point : points) {
      int below = stacks.merge(place(point), 1, Integer::sum) - 1;
      drawing = drawing.add(dot(point, RADIUS - below * room));
    }
    return element("figure", "chart").add(element("figcaption").text(title)).add(drawing);
  }

  private String description() {
    long wrong = points.stream().filter(CirclePoint::isMislabelled).count();
    long places = points.stream().map(CircleChart::place).distinct().count();
    return "%s, %d of them wrongly labelled, at %s of %d."
        .formatted(
            Numbers.count(points.size(), "point", "points"),
            wrong,
            Numbers.count(places, "place", "places"),
            PLACES);
  }

  /** How far apart the points of a stack are, so that the highest stays outside the middle. */
  private double room() {
    Map<Integer, Integer> heights = new HashMap<>();
    points.forEach(point -> heights.merge(place(point), 1, Integer::sum));
    int highest = heights.values().stream().mapToInt(Integer::intValue).max().orElse(1);
    return Math.min(MOST_ROOM, (RADIUS - 2 * DOT) / highest);
  }

  private static int place(CirclePoint point) {
    return (int) Math.round(point.angle() / (2 * Math.PI) * PLACES) % PLACES;
  }

  private static Element dot(CirclePoint point, double radius) {
    double angle = 2 * Math.PI * place(point) / PLACES;
    double x = SIZE / 2.0 + radius * Math.cos(angle);
    double y = SIZE / 2.0 - radius * Math.sin(angle);
    Element dot = element("g", "point");
    String label = "class " + name(point.label());
    if (point.isMislabelled()) {
      label += ", labelled " + name(point.givenLabel());
      dot = dot.add(circle(x, y, DOT + 1.9, "ring class-" + (point.givenLabel() + 1)));
    }
    return dot.add(
        circle(x, y, point.isMislabelled() ? DOT - 0.9 : DOT, "class-" + (point.label() + 1)),
        element("title").text(label));
  }

  private static Element circle(double x, double y, double radius, String style) {
    return element("circle", style).with("cx", x).with("cy", y).with("r", radius);
  }
}
