package org.contexture.flink;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.contexture.failure.Failure;

/**
 * The right to start and end processes of a cluster, which one command has at a time: of two, one
 * would forget what the other has started. It ends with the process that has it.
 */
final class ClusterLock implements AutoCloseable {
  private static final String FILE = "cluster.lock";

  private final FileChannel channel;

  private ClusterLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes it.
   *
   * @throws Failure if another command has it
   */
  static ClusterLock of(Path directory) throws IOException {
    Files.createDirectories(directory);
    FileChannel channel =
        FileChannel.open(
            directory.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!isTaken(channel)) {
      channel.close();
      throw Failure.usage(
          "Another command is starting or stopping the cluster of %s; wait until it is done.",
          directory);
    }
    return new ClusterLock(channel);
  }

  private static boolean isTaken(FileChannel channel) {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException byThisProcess) {
      return false;
    } catch (IOException fileSystemWithoutLocks) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
