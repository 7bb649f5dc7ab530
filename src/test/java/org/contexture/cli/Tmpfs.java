package org.contexture.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** A file system in memory, of a size of its own: a disk that fills. */
final class Tmpfs implements AutoCloseable {
  private final Path directory;

  private Tmpfs(Path directory) {
    this.directory = directory;
  }

  /** Mounts one, or gives up the test where this user may not. */
  static Tmpfs mount(Path directory, String options) throws IOException, InterruptedException {
    int code =
        run(List.of("mount", "-t", "tmpfs", "-o", options, "contexture", directory.toString()));
    Assumptions.assumeTrue(code == 0, "needs the right to mount a tmpfs");
    return new Tmpfs(directory);
  }

  /** Changes its options, such as its size, with everything in place. */
  void remount(String options) throws IOException, InterruptedException {
    if (run(List.of("mount", "-o", "remount," + options, directory.toString())) != 0) {
      throw new IOException("cannot remount " + directory);
    }
  }

  private static int run(List<String> command) throws InterruptedException {
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException noSuchProgram) {
      return -1;
    }
  }

  /** Unmounts it, also while something in it is still mapped into memory. */
  @Override
  public void close() throws IOException {
    try {
      if (run(List.of("umount", "--lazy", directory.toString())) != 0) {
        throw new IOException("cannot unmount " + directory);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while unmounting " + directory, interrupted);
    }
  }
}
