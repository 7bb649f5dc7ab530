package org.contexture.report;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.contexture.report.Html.element;

import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.contexture.report.SpaceFacts.MapPoint;
import org.contexture.report.SpaceFacts.Place;

/**
 * Images as points of a map, coloured by their group; the largest groups have colours of their own.
 * What lies at infinity or nowhere is not drawn, and its number is told.
 *
 * @param id unique in the page
 * @param title what is drawn
 * @param points what is drawn
 * @param nowhere how many images have no place
 * @param place where a point lies
 */
record MapChart(
    String id, String title, List<MapPoint> points, long nowhere, Function<MapPoint, Place> place) {
  private static final int SIZE = 520;
  private static final int MARGIN = 8;
  private static final double DOT = 2.6;

  /** Groups with colours of their own; the colour after them is for all others. */
  private static final int COLOURED = 7;

  MapChart {
    points = List.copyOf(points);
  }

  /** A map of those images that have a place. */
  static MapChart of(
      String id, String title, List<MapPoint> images, Function<MapPoint, Place> place) {
    List<MapPoint> placed = images.stream().filter(image -> place.apply(image).isFinite()).toList();
    return new MapChart(id, title, placed, images.size() - placed.size(), place);
  }

  Element render() {
    Element figure = element("figure", "chart map").add(element("figcaption").text(title));
    if (!points.isEmpty()) {
      List<String> coloured = coloured();
      figure = figure.add(drawing(coloured), legend(coloured));
    }
    return nowhere == 0
        ? figure
        : figure.add(
            Section.missing(
                "%s not drawn: the place is not finite."
                    .formatted(Numbers.count(nowhere, "image is", "images are"))));
  }

  private Element drawing(List<String> coloured) {
    DoubleSummaryStatistics across = range(Place::x);
    DoubleSummaryStatistics upwards = range(Place::y);
    double extent = Math.max(length(across), length(upwards));
    Element drawing =
        element("svg")
            .with("viewBox", "0 0 " + SIZE + " " + SIZE)
            .with("role", "img")
            .with("aria-labelledby", id + "-title " + id + "-description")
            .add(element("title").with("id", id + "-title").text(title))
            .add(element("desc").with("id", id + "-description").text(description(coloured)));
    for (MapPoint point : points) {
      Place at = place.apply(point);
      drawing =
          drawing.add(
              element("circle", style(coloured.indexOf(point.group())))
                  .with("cx", SIZE / 2.0 + fromMiddle(at.x(), across, extent))
                  .with("cy", SIZE / 2.0 - fromMiddle(at.y(), upwards, extent))
                  .with("r", DOT)
                  .add(element("title").text(words(point))));
    }
    return drawing;
  }

  private DoubleSummaryStatistics range(ToDoubleFunction<Place> coordinate) {
    return points.stream().map(place).mapToDouble(coordinate).summaryStatistics();
  }

  private static double length(DoubleSummaryStatistics range) {
    return range.getMax() - range.getMin();
  }

  /** How far from the middle a coordinate is drawn: all in the middle where all points coincide. */
  private static double fromMiddle(double at, DoubleSummaryStatistics range, double extent) {
    return extent == 0
        ? 0
        : ((at - range.getMin()) / extent - length(range) / extent / 2) * (SIZE - 2.0 * MARGIN);
  }

  private static String words(MapPoint point) {
    return point.group().equals(point.className())
        ? point.className()
        : "%s (%s)".formatted(point.className(), point.group());
  }

  private Map<String, Long> sizes() {
    return points.stream().collect(groupingBy(MapPoint::group, TreeMap::new, counting()));
  }

  private List<String> coloured() {
    return sizes().entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey(Comparator.naturalOrder())))
        .limit(COLOURED)
        .map(Map.Entry::getKey)
        .toList();
  }

  private String description(List<String> coloured) {
    return "%s of %s. The largest: %s."
        .formatted(
            Numbers.count(points.size(), "image", "images"),
            Numbers.count(sizes().size(), "group", "groups"),
            String.join(", ", coloured));
  }

  private Element legend(List<String> coloured) {
    Map<String, Long> sizes = sizes();
    Element legend = element("ul", "legend");
    long others = points.size();
    for (int group = 0; group < coloured.size(); group++) {
      long size = sizes.get(coloured.get(group));
      legend = legend.add(sample(group, coloured.get(group), size));
      others -= size;
    }
    return others == 0 ? legend : legend.add(sample(-1, "others", others));
  }

  private static Element sample(int group, String name, long images) {
    return element("li")
        .add(
            element("svg")
                .with("viewBox", "0 0 26 8")
                .with("aria-hidden", "true")
                .add(
                    element("circle", style(group))
                        .with("cx", 20.0)
                        .with("cy", 4.0)
                        .with("r", 4.0)))
        .text("%s\u00a0(%s)".formatted(name, Numbers.count(images)));
  }

  private static String style(int group) {
    return "dot class-" + (group < 0 ? COLOURED + 1 : group + 1);
  }
}
