package org.contexture.fetch;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * As much of a file as has come so far: {@code NAME.part}, and {@code NAME.validator} with what its
 * server calls this version of it. Both outlive the process, so that the next one goes on.
 */
final class PartialFile implements Closeable {
  private static final int BUFFER = 1 << 16;

  private final RemoteFile file;
  private final Path target;
  private final Path part;
  private final Path validator;
  private ContentDigests digests;
  private OutputStream out;
  private long length;
  private long inherited;

  private PartialFile(RemoteFile file, Path directory) {
    this.file = file;
    this.target = directory.resolve(file.name());
    this.part = directory.resolve(file.name() + ".part");
    this.validator = directory.resolve(file.name() + ".validator");
  }

  /** Opens what an earlier attempt left, or nothing yet. */
  static PartialFile open(RemoteFile file, Path directory) throws IOException {
    PartialFile partial = new PartialFile(file, directory);
    partial.resume();
    return partial;
  }

  private void resume() throws IOException {
    fresh();
    if (Files.exists(part)) {
      try (InputStream in = Files.newInputStream(part)) {
        byte[] buffer = new byte[BUFFER];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
          digest(buffer, read);
        }
      }
    }
    inherited = length;
    out = appending();
  }

  /** So bytes of another writer make the file longer, rather than changing what is there. */
  private OutputStream appending() throws IOException {
    return Files.newOutputStream(part, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private void fresh() {
    length = 0;
    inherited = 0;
    digests = new ContentDigests(file.checksum().algorithm());
  }

  private void digest(byte[] bytes, int count) {
    digests.add(bytes, count);
    length += count;
  }

  /** Drops everything. */
  void restart() throws IOException {
    out.close();
    Files.deleteIfExists(validator);
    Files.write(part, new byte[0]);
    out = appending();
    fresh();
  }

  void append(byte[] bytes, int count) throws IOException {
    out.write(bytes, 0, count);
    digest(bytes, count);
  }

  /** How many bytes are here. */
  long length() {
    return length;
  }

  /** Whether nothing is missing: by the length, or by the checksum where nobody told the length. */
  boolean isComplete() {
    return file.hasKnownLength() ? length == file.bytes() : checksum().equals(file.checksum());
  }

  /** From now on, the bytes that are here count as of an earlier answer. */
  void startAnswer() {
    inherited = length;
  }

  /** Whether some of the bytes came with an earlier answer than the last ones. */
  boolean isOfSeveralAnswers() {
    return inherited > 0;
  }

  /** What the server called the version that the bytes are of, if it said. */
  Optional<String> validator() throws IOException {
    return Files.exists(validator)
        ? Optional.of(Files.readString(validator).strip())
        : Optional.empty();
  }

  /** Remembers what the server calls the version that comes now. */
  void setValidator(Optional<String> name) throws IOException {
    if (name.isPresent()) {
      Files.writeString(validator, name.get());
    } else {
      Files.deleteIfExists(validator);
    }
  }

  /**
   * Makes sure that more bytes have room.
   *
   * @throws org.contexture.failure.Failure if the disk is too full
   */
  void requireRoom(long more) throws IOException {
    FreeSpace.require(file.name(), more, part.getParent(), Files.getFileStore(part));
  }

  /** The checksum of what is here, of the kind that is expected. */
  Checksum checksum() {
    return digests.ofExpectedKind();
  }

  /**
   * Gives the complete file its name.
   *
   * @throws IOException also if the file is not what was written here; then it is dropped
   */
  Fetched finish(URI source) throws IOException {
    out.close();
    long actual = Files.size(part);
    if (actual != length) {
      Files.delete(part);
      throw new IOException(
          "%s has %d bytes where %d were written: another process has written to it; fetch it again"
              .formatted(part, actual, length));
    }
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    Files.deleteIfExists(validator);
    return new Fetched(target, length, digests.sha256(), source);
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
