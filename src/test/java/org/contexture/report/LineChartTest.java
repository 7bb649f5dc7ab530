package org.contexture.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.contexture.report.Series.Gap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineChartTest {

  @Test
  void labelsAnAxisAtRoundNumbers() {
    Axis axis = Axis.over(DoubleStream.of(0.303, 0.62), 4);

    assertThat(axis.from()).isCloseTo(0.3, within(1e-9));
    assertThat(axis.to()).isCloseTo(0.7, within(1e-9));
    assertThat(axis.ticks().stream().map(Numbers::plain))
        .containsExactly("0.3", "0.4", "0.5", "0.6", "0.7");
  }

  @Test
  void givesAConstantRoom() {
    Axis axis = Axis.over(DoubleStream.of(0.5, 0.5), 4);

    assertThat(axis.position(0.5)).isStrictlyBetween(0.2, 0.8);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 0.9, 1",
    "0, 0, 0, 1",
    "0.99, 1, 0.99, 1",
    "0, 0.003, 0, 0.003",
    "0.5, 0.5, 0.45, 0.55",
    "-0.01, 1.02, 0, 1",
    "NaN, NaN, 0, 1"
  })
  void anAxisOfSharesEndsWhereSharesDo(double one, double other, double from, double to) {
    Axis axis = Axis.overShares(DoubleStream.of(one, other), 4);

    assertThat(axis.from()).isCloseTo(from, within(1e-9));
    assertThat(axis.to()).isCloseTo(to, within(1e-9));
    assertThat(axis.ticks()).hasSizeBetween(2, 8).allMatch(tick -> tick >= 0 && tick <= 1);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 4.9e-324",
    "4.9e-324, 4.9e-324",
    "-0.0, 0.0",
    "1, 1.0000000000000002",
    "-1e30, -1e30",
    "NaN, NaN",
    "0.5, NaN"
  })
  void givesRoomToWhatCanHardlyBeToldApart(double one, double other) {
    Axis axis = Axis.over(DoubleStream.of(one, other), 4);

    assertThat(axis.ticks()).hasSizeBetween(2, 8);
    assertThat(axis.position(Double.isNaN(one) ? 0.5 : one)).isBetween(0.2, 0.8);
  }

  @Test
  void drawsALineOfOneValueAndOneOfNone() {
    assertThat(chart(OptionalInt.of(1), 0.5).render().toString())
        .contains("d=\"M190 96\"")
        .contains("series: 0.5 at epoch 1, 0.5 at epoch 1.");
    assertThat(chart(OptionalInt.empty(), Double.NaN, Double.NEGATIVE_INFINITY).render().toString())
        .contains("series: no values.")
        .doesNotContain("<circle");
  }

  @Test
  void leavesOutOfTheAxisWhatIsNotFinite() {
    Axis axis = Axis.over(DoubleStream.of(1, Double.NaN, 2, Double.POSITIVE_INFINITY), 4);

    assertThat(axis.to()).isEqualTo(2);
  }

  @Test
  void labelsEpochsAtWholeNumbersOnly() {
    assertThat(Axis.overWhole(1, 3, 6).ticks()).containsExactly(1.0, 2.0, 3.0);
    assertThat(Axis.overWhole(7, 7, 6).ticks()).containsExactly(7.0);
    assertThat(Axis.overWhole(0, 100, 6).ticks())
        .containsExactly(0.0, 20.0, 40.0, 60.0, 80.0, 100.0);
  }

  @Test
  void drawsPointsWhereTheyBelong() {
    String drawing = chart(OptionalInt.empty(), 0, 1, 0.5).render().toString();

    assertThat(drawing).contains("d=\"M52 174L190 18L328 96\"");
  }

  @Test
  void breaksTheLineWhereThereIsNoValue() {
    String drawing = chart(OptionalInt.empty(), 0, Double.NaN, 1, 1).render().toString();

    assertThat(drawing).contains("d=\"M52 174M236 18L328 18\"");
    assertThat(drawing.split("<circle", -1)).hasSize(3 + 1);
  }

  @Test
  void goesOnToTheNextValueWhereNobodyLooked() {
    String drawing =
        chart(Gap.BRIDGE, OptionalInt.empty(), 0, Double.NaN, 1, Double.NaN).render().toString();

    assertThat(drawing).contains("d=\"M52 174L236 18\"");
    assertThat(drawing.split("<circle", -1)).hasSize(2 + 1);
  }

  @Test
  void aValueBetweenBreaksIsADotHoweverLongTheLine() {
    double[] values = new double[100];
    values[49] = Double.NaN;
    values[50] = 0.5;
    values[51] = Double.POSITIVE_INFINITY;

    assertThat(chart(OptionalInt.empty(), values).render().toString().split("<circle", -1))
        .hasSize(1 + 1);
  }

  @ParameterizedTest
  @CsvSource({"200, 40, 40", "200, 41, 0", "41, 41, 0", "40, 40, 40"})
  void hasDotsWhereItsValuesAreFew(int places, int values, int dots) {
    double[] course = new double[places];
    Arrays.fill(course, Double.NaN);
    for (int value = 0; value < values; value++) {
      course[value * places / values] = 0.5;
    }

    assertThat(
            chart(Gap.BRIDGE, OptionalInt.empty(), course).render().toString().split("<circle", -1))
        .hasSize(dots + 1);
  }

  @Test
  void marksTheKeptEpochAndTellsIt() {
    String drawing = chart(OptionalInt.of(2), 0, 1, 0.5).render().toString();

    assertThat(drawing)
        .contains("<line class=\"kept\" x1=\"190\" x2=\"190\"")
        .contains("series: 0 at epoch 1, 0.5 at epoch 3. The weights of epoch 2 were kept.");
  }

  @Test
  void isNamedForThoseWhoDoNotSeeIt() {
    assertThat(chart(OptionalInt.empty(), 0, 1).render().toString())
        .contains("role=\"img\" aria-labelledby=\"c-title c-description\"")
        .contains("<title id=\"c-title\">Chart</title>");
  }

  @Test
  void hasALegendOnlyForSeveralLines() {
    Series series = new Series("a<b", List.of(0.0), Gap.BREAK);
    LineChart one = chart(List.of(series));
    LineChart two = chart(List.of(series, new Series("other", List.of(1.0), Gap.BREAK)));

    assertThat(one.render().toString()).doesNotContain("legend");
    assertThat(two.render().toString()).contains("a&lt;b</li>").contains("line-2");
  }

  @Test
  void placesAreAsFarApartAsTheirLogarithms() {
    String drawing = recalls(1, 2, 4).render().toString();

    assertThat(drawing)
        .contains("d=\"M52 174L190 96L328 18\"")
        .contains("text-anchor=\"middle\">1</text>")
        .contains("text-anchor=\"middle\">2</text>")
        .contains("text-anchor=\"middle\">4</text>");
  }

  @Test
  void aBandGoesThereAndBackAroundItsLine() {
    String drawing = recalls(1, 2, 4).render().toString();

    assertThat(drawing)
        .contains("class=\"band\" d=\"M52 158.4L190 80.4L328 18L328 33.6L190 111.6L52 174Z\"")
        .contains("series: 0 (0 to 0.1) at K 1, 1 (0.9 to 1) at K 4.")
        .contains("<title>series, K 2: 0.5 (0.4 to 0.6)</title>");
  }

  @Test
  void aSinglePlaceIsInTheMiddle() {
    assertThat(recalls(10).render().toString()).contains("<circle cx=\"190\"");
  }

  @Test
  void refusesABandWithoutOneOfItsEnds() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Series("a", List.of(1.0), List.of(1.0), List.of()))
        .withMessage("1 values, 1 lower and 0 upper ends: a");
  }

  private static LineChart recalls(Integer... places) {
    int count = places.length;
    List<Double> low = List.of(0.0, 0.4, 0.9);
    List<Double> values = List.of(0.0, 0.5, 1.0);
    List<Double> high = List.of(0.1, 0.6, 1.0);
    return new LineChart(
        "c",
        "Chart",
        "K",
        LineChart.Scale.LOGARITHMIC,
        List.of(places),
        List.of(
            new Series(
                "series", values.subList(0, count), low.subList(0, count), high.subList(0, count))),
        new Axis(0, 1, List.of(0.0, 1.0)),
        Numbers::plain,
        OptionalInt.empty());
  }

  @Test
  void refusesToDrawNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> chart(List.of()))
        .withMessage("a chart of nothing: Chart");
  }

  private static LineChart chart(List<Series> series) {
    return new LineChart(
        "c",
        "Chart",
        "epoch",
        List.of(1),
        series,
        new Axis(0, 1, List.of()),
        Numbers::plain,
        OptionalInt.empty());
  }

  private static LineChart chart(OptionalInt kept, double... values) {
    return chart(Gap.BREAK, kept, values);
  }

  private static LineChart chart(Gap gap, OptionalInt kept, double... values) {
    return new LineChart(
        "c",
        "Chart",
        "epoch",
        IntStream.rangeClosed(1, values.length).boxed().toList(),
        List.of(new Series("series", DoubleStream.of(values).boxed().toList(), gap)),
        new Axis(0, 1, List.of(0.0, 1.0)),
        Numbers::plain,
        kept);
  }
}
