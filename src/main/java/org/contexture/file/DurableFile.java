package org.contexture.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Files that a loss of power does not empty. A file that was written and renamed may come back
 * under its new name without its bytes, unless they were forced to the disk before.
 */
public final class DurableFile {
  private DurableFile() {}

  /** Writes a new file and forces it to the disk. */
  public static void write(Path file, byte[] content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  /** Forces what others have written to a file to the disk. */
  public static void force(Path file) throws IOException {
    // To be read is enough, and a file need not be ours to be written to.
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Forces to the disk which files a directory has, where its file system can do that. */
  public static void forceNames(Path directory) {
    try {
      force(directory);
    } catch (IOException filesAlone) {
      return;
    }
  }
}
