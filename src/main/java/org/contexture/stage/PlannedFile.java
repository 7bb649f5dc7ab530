package org.contexture.stage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.codec.digest.DigestUtils;
import org.contexture.failure.Failure;

/**
 * A file of the user's whose digest is in a fingerprint: by the time that a task reads it, it may
 * be another one.
 */
final class PlannedFile {
  private PlannedFile() {}

  /**
   * Its content.
   *
   * @throws Failure (data) if it is no longer that of the digest
   */
  static byte[] read(Path file, String sha256) throws IOException {
    byte[] content = Files.readAllBytes(file);
    require(file, sha256, DigestUtils.sha256Hex(content));
    return content;
  }

  /**
   * Makes sure that its content is still that of the digest.
   *
   * @throws Failure (data) if it is not
   */
  static void requireUnchanged(Path file, String sha256) throws IOException {
    try (InputStream content = Files.newInputStream(file)) {
      require(file, sha256, DigestUtils.sha256Hex(content));
    }
  }

  private static void require(Path file, String planned, String actual) {
    if (!actual.equals(planned)) {
      throw Failure.data(
          "%s is another file now than when the run began: its SHA-256 was %s and is %s. Run it"
              + " again.",
          file, planned, actual);
    }
  }
}
