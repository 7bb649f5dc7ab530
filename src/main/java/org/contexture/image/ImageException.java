package org.contexture.image;

/**
 * A picture that cannot be used. The message is a sentence that says why, fit for a rejection; the
 * caller knows which picture it was.
 */
public final class ImageException extends Exception {
  private static final long serialVersionUID = 1L;

  ImageException(String message) {
    super(message);
  }

  ImageException(String message, Throwable cause) {
    super(message, cause);
  }
}
