package org.contexture.report;

import static org.contexture.report.Html.element;

import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.DoubleStream;
import org.contexture.report.SpaceFacts.PairBin;

/**
 * How similar pairs of images are, as two outlines over one axis: pairs of the same class and pairs
 * of different classes, each in shares of its own number.
 *
 * @param id unique in the page
 * @param title what is drawn
 * @param bins adjoining, ascending
 */
record PairHistogram(String id, String title, List<PairBin> bins) {
  private static final int WIDTH = 340;
  private static final int HEIGHT = 190;
  private static final int LEFT = 44;
  private static final int RIGHT = WIDTH - 12;
  private static final int TOP = 10;
  private static final int BOTTOM = HEIGHT - 36;
  private static final String SAME = "same class";
  private static final String DIFFERENT = "different classes";

  PairHistogram {
    bins = List.copyOf(bins);
  }

  Node render() {
    long positives = count(PairBin::positives);
    long negatives = count(PairBin::negatives);
    if (positives + negatives == 0) {
      return Section.missing(title + ": there are no pairs.");
    }
    Axis vertical =
        Axis.overShares(
            DoubleStream.concat(
                DoubleStream.of(0),
                bins.stream()
                    .flatMapToDouble(
                        bin ->
                            DoubleStream.of(
                                share(bin.positives(), positives),
                                share(bin.negatives(), negatives)))),
            4);
    Element drawing =
        element("svg")
            .with("viewBox", "0 0 " + WIDTH + " " + HEIGHT)
            .with("role", "img")
            .with("aria-labelledby", id + "-title " + id + "-description")
            .add(element("title").with("id", id + "-title").text(title))
            .add(
                element("desc")
                    .with("id", id + "-description")
                    .text(
                        "%s %s"
                            .formatted(
                                description(SAME, PairBin::positives),
                                description(DIFFERENT, PairBin::negatives))))
            .add(
                grid(vertical),
                outline("pairs line line-2", PairBin::negatives, negatives, vertical),
                outline("pairs line line-1", PairBin::positives, positives, vertical));
    return element("figure", "chart")
        .add(element("figcaption").text(title))
        .add(drawing)
        .add(
            element("ul", "legend")
                .add(
                    LineChart.sample("line line-1", SAME),
                    LineChart.sample("line line-2", DIFFERENT)),
            element("details")
                .add(
                    element("summary").text("The numbers of pairs, by similarity"),
                    Section.scrolling("Pairs by similarity: " + title, table())));
  }

  /** The bins that hold a pair. */
  private Element table() {
    Element head = element("tr");
    for (String heading : List.of("Similarity", "Same class", "Different")) {
      head = head.add(element("th", "n").with("scope", "col").text(heading));
    }
    Element body = element("tbody");
    for (PairBin bin : bins) {
      if (bin.positives() + bin.negatives() > 0) {
        body =
            body.add(
                element("tr")
                    .add(
                        element("th", "n")
                            .with("scope", "row")
                            .text(
                                "%s to %s"
                                    .formatted(
                                        Numbers.similarity(bin.low()),
                                        Numbers.similarity(bin.high()))),
                        element("td", "n").text(Numbers.count(bin.positives())),
                        element("td", "n").text(Numbers.count(bin.negatives()))));
      }
    }
    return element("table").add(element("thead").add(head), body);
  }

  private long count(ToLongFunction<PairBin> pairs) {
    return bins.stream().mapToLong(pairs).sum();
  }

  private static double share(long pairs, long all) {
    return all == 0 ? 0 : (double) pairs / all;
  }

  private String description(String name, ToLongFunction<PairBin> pairs) {
    long all = count(pairs);
    if (all == 0) {
      return "There are no pairs of the %s.".formatted(name);
    }
    return "Of %s of the %s, a tenth are less similar than %s, half than %s, nine tenths than %s."
        .formatted(
            Numbers.count(all, "pair", "pairs"),
            name,
            Numbers.similarity(quantile(pairs, all, 0.1)),
            Numbers.similarity(quantile(pairs, all, 0.5)),
            Numbers.similarity(quantile(pairs, all, 0.9)));
  }

  /** The end of the bin that a share of the pairs is reached in. */
  private double quantile(ToLongFunction<PairBin> pairs, long all, double share) {
    long below = 0;
    for (PairBin bin : bins) {
      below += pairs.applyAsLong(bin);
      if (below >= share * all) {
        return bin.high();
      }
    }
    return bins.get(bins.size() - 1).high();
  }

  private double x(double similarity) {
    double from = bins.get(0).low();
    double to = bins.get(bins.size() - 1).high();
    return LEFT + (similarity - from) / (to - from) * (RIGHT - LEFT);
  }

  private static double y(double share, Axis vertical) {
    return BOTTOM - vertical.position(share) * (BOTTOM - TOP);
  }

  private Element grid(Axis vertical) {
    Element grid = element("g", "grid").with("aria-hidden", "true");
    for (double tick : vertical.ticks()) {
      double y = y(tick, vertical);
      grid =
          grid.add(
              element("line").with("x1", LEFT).with("x2", RIGHT).with("y1", y).with("y2", y),
              LineChart.label(LEFT - 8, y + 4, "end", Numbers.plain(tick * 100) + "\u00a0%"));
    }
    for (double tick : List.of(-1.0, -0.5, 0.0, 0.5, 1.0)) {
      grid = grid.add(LineChart.label(x(tick), BOTTOM + 16, "middle", Numbers.plain(tick)));
    }
    return grid.add(LineChart.label(RIGHT, BOTTOM + 31, "end", "cosine similarity"));
  }

  private Element outline(String style, ToLongFunction<PairBin> pairs, long all, Axis vertical) {
    StringBuilder path = new StringBuilder();
    move(path, 'M', x(bins.get(0).low()), BOTTOM);
    for (PairBin bin : bins) {
      double y = y(share(pairs.applyAsLong(bin), all), vertical);
      move(path, 'L', x(bin.low()), y);
      move(path, 'L', x(bin.high()), y);
    }
    move(path, 'L', x(bins.get(bins.size() - 1).high()), BOTTOM);
    return element("g", style).add(element("path").with("d", path.toString()));
  }

  private static void move(StringBuilder path, char how, double x, double y) {
    path.append(how).append(Numbers.coordinate(x)).append(' ').append(Numbers.coordinate(y));
  }
}
