package org.contexture.fetch;

import java.util.Locale;

/** Amounts of bytes for people. */
public final class ByteCount {
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

  private ByteCount() {}

  /** Such as {@code 1.5 GiB}. */
  public static String text(long bytes) {
    int unit = 0;
    double amount = bytes;
    while (amount >= 1024 && unit < UNITS.length - 1) {
      amount /= 1024;
      unit++;
    }
    return unit == 0
        ? "%d B".formatted((long) amount)
        : String.format(Locale.ROOT, "%.1f %s", amount, UNITS[unit]);
  }
}
