package org.contexture.fetch;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Path;
import org.contexture.failure.Failure;

/** Whether a disk has room for what is about to come. */
final class FreeSpace {

  private FreeSpace() {}

  /**
   * Makes sure that bytes have room.
   *
   * @throws Failure if they have not
   */
  static void require(String name, long bytes, Path directory, FileStore disk) throws IOException {
    long free = disk.getUsableSpace();
    if (bytes > free) {
      throw Failure.environment(
          "%s needs %s more on the disk of %s, which has %s left. Free some space, or move the store"
              + " with --store DIR; what has come so far is kept.",
          name, ByteCount.text(bytes), directory, ByteCount.text(free));
    }
  }
}
