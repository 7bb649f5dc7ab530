package org.contexture.training;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.contexture.failure.Failure;
import org.contexture.model.Safetensors;

/**
 * The state that a training keeps between attempts: a safetensors file followed by the CRC-32C of
 * its bytes (4 bytes, big-endian). A new state is written beside the old one, forced to the disk
 * and renamed over it, so that there is always the old one or the new one, whole.
 */
final class StateFile {
  private static final String NAME = "training.state";

  /** As many bytes as can be mapped into memory. */
  private static final long LARGEST = Integer.MAX_VALUE;

  /** Those of them that tensors may take; their names and the checksum take far less than 1 MiB. */
  private static final long LARGEST_CONTENT = LARGEST - (1 << 20);

  private final Path directory;
  private final Path file;
  private final String place;

  /**
   * The state in a directory.
   *
   * @param place where the directory lies between attempts, for messages
   */
  StateFile(Path directory, String place) {
    this.directory = directory;
    this.file = directory.resolve(NAME);
    this.place = place;
  }

  /**
   * The last state that was written, mapped into memory, if there is one.
   *
   * @throws Failure (data) if it is damaged, (environment) if it cannot be read
   */
  Optional<Safetensors> read() {
    ByteBuffer bytes;
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      if (size > LARGEST) {
        throw damaged("it has %d bytes, and at most %d are read".formatted(size, LARGEST));
      }
      bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, size);
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (IOException e) {
      throw Failure.environment("The state of the training in %s cannot be read: %s.", file, e)
          .causedBy(e);
    }
    int length = bytes.limit() - Integer.BYTES;
    if (length < 0) {
      throw damaged("it has only %d bytes".formatted(bytes.limit()));
    }
    CRC32C actual = new CRC32C();
    actual.update(bytes.slice(0, length));
    int expected = bytes.getInt(length);
    if (expected != (int) actual.getValue()) {
      throw damaged(
          "the checksum of its first %d bytes is %08x where it has to be %08x"
              .formatted(length, actual.getValue(), expected));
    }
    return Optional.of(Safetensors.parse(bytes.slice(0, length), file.toString()));
  }

  private Failure damaged(String reason) {
    return Failure.data(
        "The state of the training in %s/%s is damaged: %s. Delete the file to train from the"
            + " beginning.",
        place, NAME, reason);
  }

  /**
   * Puts a state in the place of the last one.
   *
   * @throws Failure (environment) if it cannot be written, (usage) if it is 2 GiB or more, which
   *     could not be read again; the last one is still there then
   */
  void write(Safetensors state) {
    requireReadable(state);
    Path unfinished = directory.resolve(NAME + ".unfinished");
    try {
      Files.createDirectories(directory);
      try (FileChannel channel =
          FileChannel.open(
              unfinished,
              StandardOpenOption.WRITE,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING)) {
        Summed summed = new Summed(channel, new CRC32C());
        state.writeTo(summed);
        ByteBuffer checksum = ByteBuffer.allocate(Integer.BYTES);
        channel.write(checksum.putInt((int) summed.checksum.getValue()).flip());
        channel.force(true);
      }
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw Failure.environment(
              "The state of the training cannot be written to %s: %s. Make room or give write"
                  + " permission there, and run the same command again.",
              directory, e)
          .causedBy(e);
    }
  }

  private static void requireReadable(Safetensors state) {
    long bytes =
        state.tensors().values().stream().mapToLong(tensor -> tensor.data().remaining()).sum();
    if (bytes > LARGEST_CONTENT) {
      throw Failure.usage(
          "The state of the training has %d bytes, and a training could not go on from one of more"
              + " than %d. Lower model.embedding_size or the projector_size, or take a smaller"
              + " model.head or model.backbone.",
          bytes, LARGEST_CONTENT);
    }
  }

  /** Computes the checksum of what goes through. */
  private record Summed(FileChannel channel, CRC32C checksum) implements WritableByteChannel {
    @Override
    public int write(ByteBuffer bytes) throws IOException {
      ByteBuffer written = bytes.duplicate();
      int count = channel.write(bytes);
      checksum.update(written.limit(written.position() + count));
      return count;
    }

    @Override
    public boolean isOpen() {
      return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
