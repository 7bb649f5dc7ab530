package org.contexture.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * An axis of a chart: its two ends and the places in between that carry a label, which are
 * multiples of 1, 2 or 5 times a power of ten (P. Heckbert, Nice Numbers for Graph Labels, Graphics
 * Gems, 1990).
 */
record Axis(double from, double to, List<Double> ticks) {
  /** Values are the same where they differ by less than this share of their size. */
  private static final double SAME = 1e-9;

  Axis {
    if (!(from < to)) {
      throw new IllegalArgumentException("an axis from %s to %s".formatted(from, to));
    }
    ticks = List.copyOf(ticks);
  }

  /** An axis with about {@code count} labels over all finite values; it ends at labels. */
  static Axis over(DoubleStream values, int count) {
    double[] finite = values.filter(Double::isFinite).toArray();
    double least = DoubleStream.of(finite).min().orElse(0);
    double most = DoubleStream.of(finite).max().orElse(1);
    double size = Math.max(Math.abs(least), Math.abs(most));
    if (most - least <= SAME * Math.max(size, Double.MIN_NORMAL)) {
      double room = size < Double.MIN_NORMAL ? 1 : size * 0.1;
      least -= room;
      most += room;
    }
    double step = niceStep((most - least) / count);
    double from = Math.floor(least / step) * step;
    double to = Math.ceil(most / step) * step;
    return new Axis(from, to, multiples(step, from, to));
  }

  /** An axis over fractions of 1, which does not go on where there are none. */
  static Axis overShares(DoubleStream values, int count) {
    Axis wide = over(values.map(value -> Math.max(0, Math.min(1, value))), count);
    double from = Math.max(0, wide.from());
    double to = Math.min(1, wide.to());
    return new Axis(
        from, to, wide.ticks().stream().filter(tick -> tick >= from && tick <= to).toList());
  }

  /** An axis over whole numbers, with labels at whole numbers only; it ends at the outer values. */
  static Axis overWhole(int first, int last, int count) {
    double step = Math.max(1, niceStep((double) (last - first) / count));
    double from = first == last ? first - 0.5 : first;
    double to = first == last ? last + 0.5 : last;
    return new Axis(from, to, multiples(step, from, to));
  }

  /** Where a value lies, 0 at the beginning of the axis and 1 at its end. */
  double position(double value) {
    return (value - from) / (to - from);
  }

  private static List<Double> multiples(double step, double from, double to) {
    List<Double> ticks = new ArrayList<>();
    long last = (long) Math.floor(to / step + 1e-9);
    for (long multiple = (long) Math.ceil(from / step - 1e-9); multiple <= last; multiple++) {
      ticks.add(multiple * step);
    }
    return ticks;
  }

  private static double niceStep(double rough) {
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double mantissa = rough / power;
    if (mantissa <= 1) {
      return power;
    }
    if (mantissa <= 2) {
      return 2 * power;
    }
    return mantissa <= 5 ? 5 * power : 10 * power;
  }
}
