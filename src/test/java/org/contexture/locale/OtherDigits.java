package org.contexture.locale;

import java.util.Locale;
import java.util.concurrent.Callable;

/** A country in whose numbers no digit is ASCII; what is written for machines must not notice. */
public final class OtherDigits {
  private OtherDigits() {}

  /**
   * Does something there.
   *
   * @throws IllegalStateException if this Java does not know the digits of that country
   */
  public static <T> T there(Callable<T> work) throws Exception {
    return in(Locale.forLanguageTag("fa-IR"), "۱۲", work);
  }

  /** Does something where digits are ASCII. */
  public static <T> T nowhere(Callable<T> work) throws Exception {
    return in(Locale.ROOT, "12", work);
  }

  private static <T> T in(Locale locale, String twelve, Callable<T> work) throws Exception {
    Locale before = Locale.getDefault(Locale.Category.FORMAT);
    Locale.setDefault(Locale.Category.FORMAT, locale);
    try {
      if (!"%d".formatted(12).equals(twelve)) {
        throw new IllegalStateException("12 is written '%d' in %s".formatted(12, locale));
      }
      return work.call();
    } finally {
      Locale.setDefault(Locale.Category.FORMAT, before);
    }
  }
}
