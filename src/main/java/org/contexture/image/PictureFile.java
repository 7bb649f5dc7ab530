package org.contexture.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that somebody calls a picture: read whole, unless it is larger than photographs are. */
public final class PictureFile {
  private static final long LARGEST = 64L << 20;

  private PictureFile() {}

  /**
   * Its bytes.
   *
   * @throws ImageException if it is larger than 64 MiB
   */
  public static byte[] read(Path file) throws IOException, ImageException {
    long bytes = Files.size(file);
    if (bytes > LARGEST) {
      throw ImageException.because(
          "The file is too large for a picture: %d bytes, and at most %d are read.",
          bytes, LARGEST);
    }
    return Files.readAllBytes(file);
  }
}
