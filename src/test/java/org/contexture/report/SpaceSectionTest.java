package org.contexture.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.contexture.report.SpaceFacts.MapPoint;
import org.contexture.report.SpaceFacts.PairBin;
import org.contexture.report.SpaceFacts.Place;
import org.junit.jupiter.api.Test;

class SpaceSectionTest {

  @Test
  void everyModelHasItsStatisticsAndItsHistogram() {
    String section = SpaceSection.of(SampleReport.complete().build()).toString();

    assertThat(section)
        .contains("Effective rank")
        .contains(">87.3<")
        .contains("pairs-untrained-title")
        .contains("pairs-control-title")
        .contains("Near images near (t-SNE)")
        .contains("Widest spread (PCA)");
  }

  @Test
  void whatIsMissingIsNamed() {
    assertThat(SpaceSection.of(SampleReport.bare().build()).toString())
        .contains("The embeddings were not looked at apart from ranking.");
    assertThat(
            new PairHistogram("id", "Trained", List.of(new PairBin(-1, 1, 0, 0)))
                .render()
                .toString())
        .contains("Trained: there are no pairs.");
  }

  @Test
  void aHistogramIsDrawnInSharesAndDescribed() {
    List<PairBin> bins = List.of(new PairBin(-1, 0, 0, 30), new PairBin(0, 1, 5, 10));

    String drawing = new PairHistogram("id", "Trained", bins).render().toString();

    assertThat(drawing)
        .contains(
            "Of 5\u00a0pairs of the same class, a tenth are less similar than 1.00, half than 1.00")
        .contains(
            "Of 40\u00a0pairs of the different classes, a tenth are less similar than 0.00, half"
                + " than 0.00, nine tenths than 1.00")
        // All positive pairs are in the upper bin: its share reaches the top of the axis.
        .contains("M44 154L44 154L186 154L186 10L328 10L328 154");
  }

  @Test
  void theNumbersOfAHistogramAreInATable() {
    List<PairBin> bins =
        List.of(new PairBin(-1, 0, 0, 30), new PairBin(0, 0.5, 0, 0), new PairBin(0.5, 1, 5, 1000));

    assertThat(new PairHistogram("id", "Trained", bins).render().toString())
        .contains("aria-label=\"Pairs by similarity: Trained\"")
        .containsSubsequence(
            "−1.00 to 0.00</th><td class=\"n\">0</td><td class=\"n\">30</td>",
            "0.50 to 1.00</th><td class=\"n\">5</td><td class=\"n\">1,000</td>")
        .doesNotContain("0.00 to 0.50");
  }

  @Test
  void theLargestGroupsHaveColoursAndTheOthersShareOne() {
    List<MapPoint> points = new ArrayList<>();
    for (int group = 0; group < 10; group++) {
      for (int image = 0; image <= group; image++) {
        points.add(
            new MapPoint(
                new Place(group, image), new Place(image, 0), "class " + image, "group " + group));
      }
    }

    String drawing = MapChart.of("m", "Map", points, MapPoint::near).render().toString();

    assertThat(drawing)
        .contains("55\u00a0images of 10\u00a0groups. The largest: group 9, group 8")
        .contains("others\u00a0(6)")
        .contains("group 3\u00a0(4)")
        .doesNotContain("group 2\u00a0(")
        .contains("class 1 (group 9)");
    List<Double> places =
        Pattern.compile("c[xy]=\"([^\"]*)\" c?r?")
            .matcher(drawing)
            .results()
            .map(MatchResult::group)
            .map(found -> Double.valueOf(found.replaceAll("[^0-9.-]", "")))
            .toList();
    assertThat(places).allSatisfy(place -> assertThat(place).isBetween(0.0, 520.0));
  }

  @Test
  void oneImageIsInTheMiddleOfItsMap() {
    assertThat(map(new Place(-3, 7))).contains("cx=\"260\" cy=\"260\"");
  }

  @Test
  void imagesInOnePlaceAreInTheMiddleOfTheirMap() {
    String drawing = map(new Place(0.1, 0.2), new Place(0.1, 0.2), new Place(0.1, 0.2));

    assertThat(drawing.split("cx=\"260\" cy=\"260\"", -1)).hasSize(3 + 1);
  }

  @Test
  void imagesThatAreAsNearAsNumbersCanBeAreDrawnApart() {
    assertThat(map(new Place(0, 0), new Place(Double.MIN_VALUE, 0)))
        .contains("cx=\"8\" cy=\"260\"")
        .contains("cx=\"512\" cy=\"260\"");
  }

  @Test
  void imagesOnOneLineAreInTheMiddleOfTheOtherDirection() {
    assertThat(map(new Place(5, -1), new Place(5, 1)))
        .contains("cx=\"260\" cy=\"512\"")
        .contains("cx=\"260\" cy=\"8\"");
  }

  @Test
  void imagesWithoutAPlaceAreCountedAndNotDrawn() {
    assertThat(map(new Place(Double.NaN, 0), new Place(0, Double.POSITIVE_INFINITY)))
        .contains("2 images are not drawn: the place is not finite.")
        .doesNotContain("<svg");
    assertThat(map(new Place(1, 1), new Place(Double.NaN, Double.NaN)))
        .contains("1 image is not drawn: the place is not finite.")
        .contains("1 image of 1 group.");
  }

  private static String map(Place... places) {
    List<MapPoint> images =
        Stream.of(places).map(place -> new MapPoint(place, place, "class", "group")).toList();
    return MapChart.of("m", "Map", images, MapPoint::near)
        .render()
        .toString()
        .replace('\u00a0', ' ');
  }
}
