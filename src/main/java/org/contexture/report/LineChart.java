package org.contexture.report;

import static org.contexture.report.Html.element;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.DoubleFunction;

/**
 * A small line chart over epochs, steps or ranks, as a figure with an SVG drawing. Lines differ by
 * their dashes as well as by colour, which the style sheet gives; a line may have a band of
 * intervals around it. The drawing keeps the size of its letters on a phone because it is as narrow
 * as one.
 *
 * @param id unique in the page
 * @param title what is drawn
 * @param unit what is counted along the horizontal axis: epoch, step, K
 * @param scale how far apart the horizontal places are
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
    Scale scale,
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

  /** How far apart the places of the horizontal axis are. */
  enum Scale {
    /** As far as their numbers. */
    LINEAR,
    /** As far as the logarithms of their numbers, which are 1 or more; each place has a label. */
    LOGARITHMIC;

    private double of(double place) {
      return this == LINEAR ? place : Math.log(place);
    }
  }

  LineChart {
    places = List.copyOf(places);
    series = List.copyOf(series);
    if (places.isEmpty() || series.isEmpty()) {
      throw new IllegalArgumentException("a chart of nothing: " + title);
    }
  }

  /** A chart whose horizontal axis is linear. */
  LineChart(
      String id,
      String title,
      String unit,
      List<Integer> places,
      List<Series> series,
      Axis vertical,
      DoubleFunction<String> write,
      OptionalInt kept) {
    this(id, title, unit, Scale.LINEAR, places, series, vertical, write, kept);
  }

  Element render() {
    Element drawing =
        element("svg")
            .with("viewBox", "0 0 " + WIDTH + " " + HEIGHT)
            .with("role", "img")
            .with("aria-labelledby", id + "-title " + id + "-description")
            .add(element("title").with("id", id + "-title").text(title))
            .add(element("desc").with("id", id + "-description").text(description()))
            .add(grid())
            .add(keptMark());
    for (int index = series.size() - 1; index >= 0; index--) {
      drawing = drawing.add(band(series.get(index), index));
    }
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
    return "%s: %s at %s %d, %s at %s %d."
        .formatted(
            line.name(),
            written(line, first),
            unit,
            places.get(first),
            written(line, last),
            unit,
            places.get(last));
  }

  /** A value, and its interval where it has one. */
  private String written(Series line, int at) {
    String value = write.apply(line.values().get(at));
    return line.hasBand()
        ? "%s (%s to %s)"
            .formatted(value, write.apply(line.low().get(at)), write.apply(line.high().get(at)))
        : value;
  }

  private Axis horizontal() {
    int first = places.get(0);
    int last = places.get(places.size() - 1);
    if (scale == Scale.LINEAR) {
      return Axis.overWhole(first, last, 6);
    }
    double room = first == last ? 1 : 0;
    return new Axis(
        scale.of(first) - room,
        scale.of(last) + room,
        places.stream().map(Integer::doubleValue).toList());
  }

  private double x(double place) {
    return LEFT + horizontal().position(scale.of(place)) * (RIGHT - LEFT);
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

  /** The intervals of a line, from each place with a value to the next. */
  private List<Node> band(Series line, int index) {
    if (!line.hasBand()) {
      return List.of();
    }
    List<String> upper = new ArrayList<>();
    List<String> lower = new ArrayList<>();
    for (int at = 0; at < places.size(); at++) {
      if (Double.isFinite(line.low().get(at)) && Double.isFinite(line.high().get(at))) {
        upper.add(point(places.get(at), line.high().get(at)));
        lower.add(0, point(places.get(at), line.low().get(at)));
      }
    }
    if (upper.isEmpty()) {
      return List.of();
    }
    upper.addAll(lower);
    return List.of(
        element("g", styleOf(index))
            .add(element("path", "band").with("d", "M" + String.join("L", upper) + "Z")));
  }

  private String point(int place, double value) {
    return Numbers.coordinate(x(place)) + " " + Numbers.coordinate(y(value));
  }

  private Element line(Series line, int index) {
    StringBuilder path = new StringBuilder();
    Element dots = element("g", "dots");
    boolean drawing = false;
    boolean hasAllDots = line.count() <= MOST_DOTS;
    for (int at = 0; at < places.size(); at++) {
      double value = line.values().get(at);
      if (!Double.isFinite(value)) {
        drawing &= line.gap() == Series.Gap.BRIDGE;
        continue;
      }
      path.append(drawing ? 'L' : 'M').append(point(places.get(at), value));
      drawing = true;
      boolean isKept = kept.isPresent() && kept.getAsInt() == places.get(at);
      if (hasAllDots || isKept || (line.gap() == Series.Gap.BREAK && line.isAlone(at))) {
        dots = dots.add(dot(line, at, isKept ? 4.5 : 2.5));
      }
    }
    return element("g", styleOf(index)).add(element("path").with("d", path.toString())).add(dots);
  }

  private Element dot(Series line, int at, double radius) {
    return element("circle")
        .with("cx", x(places.get(at)))
        .with("cy", y(line.values().get(at)))
        .with("r", radius)
        .add(
            element("title")
                .text(
                    "%s, %s %d: %s"
                        .formatted(line.name(), unit, places.get(at), written(line, at))));
  }

  private Element legend() {
    Element legend = element("ul", "legend");
    for (int index = 0; index < series.size(); index++) {
      legend = legend.add(sample(styleOf(index), series.get(index).name()));
    }
    return legend;
  }

  /** A line of a style and its name, for a legend. */
  static Element sample(String style, String name) {
    return element("li")
        .add(
            element("svg", style)
                .with("viewBox", "0 0 26 8")
                .with("aria-hidden", "true")
                .add(element("path").with("d", "M1 4L25 4")))
        .text(name);
  }

  private static String styleOf(int index) {
    return "line line-" + (index % STYLES + 1);
  }

  /** Text of a drawing. */
  static Element label(double x, double y, String anchor, String text) {
    return element("text").with("x", x).with("y", y).with("text-anchor", anchor).text(text);
  }
}
