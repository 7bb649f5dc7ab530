package org.contexture.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** The bytes of a file in an archive. */
final class EntryContent {
  /**
   * Files up to this length are read into memory of that length at once: no pieces are put
   * together.
   */
  private static final int TRUSTED = 16 << 20;

  private EntryContent() {}

  /**
   * Reads as many bytes as the archive says that the file has.
   *
   * @return fewer if there are fewer
   */
  static byte[] read(InputStream in, int declared) throws IOException {
    if (declared > TRUSTED) {
      return in.readNBytes(declared);
    }
    byte[] content = new byte[declared];
    int length = in.readNBytes(content, 0, declared);
    return length == declared ? content : Arrays.copyOf(content, length);
  }
}
