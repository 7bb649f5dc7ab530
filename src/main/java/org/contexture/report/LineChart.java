package org.contexture.report;

import static org.contexture.report.Html.element;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.DoubleFunction;

/**
 * A small line chart over epochs or steps, as a figure with an SVG drawing. Lines differ by their
 * dashes as well as by colour, which the style sheet gives. The drawing keeps the size of its
 * letters on a phone because it is as narrow as one.
 *
 * @param id unique in the page
 * @param title what is drawn
 * @param unit what is counted along the horizontal axis: epoch, step
 * @param places the horizontal places, ascending
 * @param series the lines, the most important first
 * @param vertical the vertical axis
 * @param write how a value of the vertical axis is written
 * @param kept the epoch to mark, where there is one
 */
record LineChart(
    String id,
    String title,
    String unit,
    List<Integer> places,
    List<Series> series,
    Axis vertical,
    DoubleFunction<String> write,
    OptionalInt kept) {
  private static final int WIDTH = 340;
  private static final int HEIGHT = 210;
  private static final int LEFT = 52;
  private static final int RIGHT = WIDTH - 12;
  private static final int TOP = 18;
  private static final int BOTTOM = HEIGHT - 36;
  private static final int STYLES = 6;
  private static final int MOST_DOTS = 40;

  LineChart {
    places = List.copyOf(places);
    series = List.copyOf(series);
    if (places.isEmpty() || series.isEmpty()) {
      throw new IllegalArgumentException("a chart of nothing: " + title);
    }
  }

  Element render() {
    Element drawing =
        element("svg")
            .with("viewBox", "0 0 %d %d".formatted(WIDTH, HEIGHT))
            .with("role", "img")
            .with("aria-labelledby", id + "-title " + id + "-description")
            .add(element("title").with("id", id + "-title").text(title))
            .add(element("desc").with("id", id + "-description").text(description()))
            .add(grid())
            .add(keptMark());
    for (int index = series.size() - 1; index >= 0; index--) {
      drawing = drawing.add(line(series.get(index), index));
    }
    Element figure = element("figure", "chart").add(element("figcaption").text(title)).add(drawing);
    return series.size() > 1 ? figure.add(legend()) : figure;
  }

  /** What a reader who does not see the drawing has to know. */
  private String description() {
    List<String> sentences = new ArrayList<>();
    for (Series line : series) {
      sentences.add(description(line));
    }
    kept.ifPresent(
        place -> sentences.add("The weights of %s %d were kept.".formatted(unit, place)));
    return String.join(" ", sentences);
  }

  private String description(Series line) {
    int first = -1;
    int last = -1;
    for (int index = 0; index < places.size(); index++) {
      if (Double.isFinite(line.values().get(index))) {
        first = first < 0 ? index : first;
        last = index;
      }
    }
    if (first < 0) {
      return "%s: no values.".formatted(line.name());
    }
    return "%s: %s in %s %d, %s in %s %d."
        .formatted(
            line.name(),
            write.apply(line.values().get(first)),
            unit,
            places.get(first),
            write.apply(line.values().get(last)),
            unit,
            places.get(last));
  }

  private Axis horizontal() {
    return Axis.overWhole(places.get(0), places.get(places.size() - 1), 6);
  }

  private double x(double place) {
    return LEFT + horizontal().position(place) * (RIGHT - LEFT);
  }

  private double y(double value) {
    return BOTTOM - vertical.position(value) * (BOTTOM - TOP);
  }

  private Element grid() {
    Element grid = element("g", "grid").with("aria-hidden", "true");
    for (double tick : vertical.ticks()) {
      grid =
          grid.add(
              element("line")
                  .with("x1", LEFT)
                  .with("x2", RIGHT)
                  .with("y1", y(tick))
                  .with("y2", y(tick)),
              label(LEFT - 8, y(tick) + 4, "end", write.apply(tick)));
    }
    for (double tick : horizontal().ticks()) {
      grid = grid.add(label(x(tick), BOTTOM + 16, "middle", String.valueOf(Math.round(tick))));
    }
    return grid.add(label(RIGHT, BOTTOM + 31, "end", unit));
  }

  private List<Node> keptMark() {
    if (kept.isEmpty()) {
      return List.of();
    }
    double x = x(kept.getAsInt());
    String anchor = x < WIDTH / 2.0 ? "start" : "end";
    double shift = x < WIDTH / 2.0 ? 5 : -5;
    return List.of(
        element("line", "kept").with("x1", x).with("x2", x).with("y1", 6).with("y2", BOTTOM),
        label(x + shift, 12, anchor, "kept").with("class", "kept"));
  }

  private Element line(Series line, int index) {
    StringBuilder path = new StringBuilder();
    Element dots = element("g", "dots");
    boolean drawing = false;
    for (int at = 0; at < places.size(); at++) {
      double value = line.values().get(at);
      if (!Double.isFinite(value)) {
        drawing = false;
        continue;
      }
      double x = x(places.get(at));
      path.append(drawing ? 'L' : 'M')
          .append(Numbers.coordinate(x))
          .append(' ')
          .append(Numbers.coordinate(y(value)));
      drawing = true;
      boolean isKept = kept.isPresent() && kept.getAsInt() == places.get(at);
      if (places.size() <= MOST_DOTS || isKept) {
        dots = dots.add(dot(line.name(), places.get(at), value, isKept ? 4.5 : 2.5));
      }
    }
    return element("g", styleOf(index)).add(element("path").with("d", path.toString())).add(dots);
  }

  private Element dot(String name, int place, double value, double radius) {
    return element("circle")
        .with("cx", x(place))
        .with("cy", y(value))
        .with("r", radius)
        .add(
            element("title")
                .text("%s, %s %d: %s".formatted(name, unit, place, write.apply(value))));
  }

  private Element legend() {
    Element legend = element("ul", "legend");
    for (int index = 0; index < series.size(); index++) {
      Element sample =
          element("svg", styleOf(index))
              .with("viewBox", "0 0 26 8")
              .with("aria-hidden", "true")
              .add(element("path").with("d", "M1 4L25 4"));
      legend = legend.add(element("li").add(sample).text(series.get(index).name()));
    }
    return legend;
  }

  private static String styleOf(int index) {
    return "line line-" + (index % STYLES + 1);
  }

  private static Element label(double x, double y, String anchor, String text) {
    return element("text").with("x", x).with("y", y).with("text-anchor", anchor).text(text);
  }
}
