package org.contexture.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class CircleChartTest {

  private static String drawing(CirclePoint... points) {
    return new CircleChart("c", "Points", List.of(points))
        .render()
        .toString()
        .replace('\u00a0', ' ');
  }

  @Test
  void aPointIsWhereItsAngleIs() {
    assertThat(drawing(new CirclePoint(0, 1, 0, 0)))
        .contains("<circle class=\"class-1\" cx=\"150\" cy=\"14\"");
    assertThat(drawing(new CirclePoint(1, 0, 1, 1)))
        .contains("<circle class=\"class-2\" cx=\"286\" cy=\"150\"");
  }

  @Test
  void aWrongLabelIsARingAndATitle() {
    assertThat(drawing(new CirclePoint(1, 0, 1, 2)))
        .contains("class=\"ring class-3\"")
        .contains("<title>class B, labelled C</title>")
        .contains("1 point, 1 of them wrongly labelled, at 1 place of 120.");
    assertThat(drawing(new CirclePoint(1, 0, 1, 1))).doesNotContain("ring");
  }

  @Test
  void pointsAtOnePlaceAreStackedAndNeverReachTheOtherSide() {
    CirclePoint[] points =
        Collections.nCopies(200, new CirclePoint(1, 0, 0, 0)).toArray(CirclePoint[]::new);

    List<Double> places =
        Pattern.compile("class-1\" cx=\"([0-9.]+)\"")
            .matcher(drawing(points))
            .results()
            .map(match -> Double.valueOf(match.group(1)))
            .toList();

    assertThat(places).hasSize(200).doesNotHaveDuplicates().allMatch(x -> x > 150 && x <= 286);
  }

  @Test
  void anAngleBelowTheAxisCountsOnFromAFullTurn() {
    assertThat(new CirclePoint(0, -1, 0, 0).angle()).isEqualTo(1.5 * Math.PI);
  }
}
