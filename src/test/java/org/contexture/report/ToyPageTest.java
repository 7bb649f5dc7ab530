package org.contexture.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ToyPageTest {
  private static final CirclePoint RIGHT = new CirclePoint(1, 0, 0, 0);
  private static final CirclePoint WRONG = new CirclePoint(0, 1, 1, 0);

  @Test
  void theHeadlineIsAboutTheWrongLabels() {
    String page = page(List.of(RIGHT, WRONG), 0.25, 0.75);

    assertThat(page)
        .contains(
            "Of the wrongly labelled points, these end nearest to one of their true class:"
                + " 25.0 % under the loss contextual, 25.0 % under the loss contrastive.")
        .contains("2 points on a circle, 1 of them with a wrong label,")
        .contains("Mislabelled, nearest to their own")
        .contains("a ring around it has the colour");
    assertThat(charts(page)).isEqualTo(3);
  }

  @Test
  void withoutWrongLabelsItIsAboutAllPoints() {
    String page = page(List.of(RIGHT, RIGHT), Double.NaN, Double.NaN);

    assertThat(page)
        .contains(
            "By the true classes, mAP@R ends at 80.0 % under the loss contextual, 80.0 % under the"
                + " loss contrastive.")
        .contains("2 points on a circle, none of them with a wrong label,")
        .contains("A point has the colour of its true class; none has a wrong label.")
        .contains("<div class=\"charts single\"><figure")
        .doesNotContain("islabelled", Numbers.NONE, "no values");
    assertThat(charts(page)).isEqualTo(1);
  }

  @Test
  void theNumbersOfTheCourseAreInATable() {
    assertThat(page(List.of(RIGHT, WRONG), 0.25, 0.75))
        .contains("contrastive: to the wrong class, %</th></tr>")
        .contains(
            "<th class=\"n\" scope=\"row\">10</th>"
                + "<td class=\"n\">80.0</td><td class=\"n\">25.0</td><td class=\"n\">75.0</td>"
                + "<td class=\"n\">80.0</td><td class=\"n\">25.0</td><td class=\"n\">75.0</td></tr>");
    assertThat(page(List.of(RIGHT), Double.NaN, Double.NaN))
        .contains(
            "<th class=\"n\" scope=\"row\">10</th>"
                + "<td class=\"n\">80.0</td><td class=\"n\">80.0</td></tr>");
  }

  private static long charts(String page) {
    return Pattern.compile("id=\"course-[a-z]+-title\"").matcher(page).results().count();
  }

  private static String page(List<CirclePoint> points, double stayed, double followed) {
    List<ToyMoment> moments =
        List.of(
            new ToyMoment(0, 0.5, 0.4, stayed, followed),
            new ToyMoment(10, 0.9, 0.8, stayed, followed));
    String page =
        ToyPage.html(
            new ToyReport(
                "toy",
                points,
                List.of(
                    new ToyCourse("contextual", moments, points),
                    new ToyCourse("contrastive", moments, points)),
                List.of(),
                new Reproduction("./contexture toy pipelines/toy.yaml", "name: toy", List.of())));
    return page.substring(page.indexOf("<main>")).replace('\u00a0', ' ');
  }
}
