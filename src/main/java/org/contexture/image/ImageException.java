package org.contexture.image;

import com.google.errorprone.annotations.FormatMethod;
import java.util.Locale;

/**
 * A picture that cannot be used. The message is a sentence that says why, fit for a rejection, and
 * so the same in every locale; the caller knows which picture it was.
 */
public final class ImageException extends Exception {
  private static final long serialVersionUID = 1L;

  ImageException(String message) {
    super(message);
  }

  /** A message with arguments, as {@link String#format} has them. */
  @FormatMethod
  static ImageException because(String message, Object... arguments) {
    return new ImageException(String.format(Locale.ROOT, message, arguments));
  }

  ImageException(String message, Throwable cause) {
    super(message, cause);
  }
}
