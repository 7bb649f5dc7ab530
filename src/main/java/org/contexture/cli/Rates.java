package org.contexture.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.contexture.experiment.RunCost;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * How fast a machine is.
 *
 * @param trained images of 224 × 224 pixels that it trains a network on in a second
 * @param embedded images of that size that it embeds in a second
 */
record Rates(double trained, double embedded) {
  private static final Pattern TEXT =
      Pattern.compile("([0-9]+(?:\\.[0-9]+)?),([0-9]+(?:\\.[0-9]+)?)");
  private static final double SECONDS_PER_HOUR = Duration.ofHours(1).toSeconds();

  private static Rates of(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (matcher.matches()) {
      double trained = Double.parseDouble(matcher.group(1));
      double embedded = Double.parseDouble(matcher.group(2));
      if (trained > 0 && embedded > 0) {
        return new Rates(trained, embedded);
      }
    }
    throw new TypeConversionException(
        "'" + text + "' is no pair of numbers above 0 such as 8.3,33.6");
  }

  /** Makes them of what a command was given. */
  static final class Converter implements ITypeConverter<Rates> {
    @Override
    public Rates convert(String text) {
      return of(text);
    }
  }

  /** The time of a run, in hours. */
  String hours(RunCost cost) {
    double hours = cost.on(trained, embedded).toSeconds() / SECONDS_PER_HOUR;
    return String.format(Locale.ROOT, hours < 10 ? "%.1f" : "%,.0f", hours);
  }
}
