package org.contexture.benchmark;

import java.io.Closeable;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;

/** Files from outside: an archive, a folder, a single file. It travels to workers. */
public interface FileSource extends Serializable {

  /** The largest file that is read, in bytes. */
  int MAXIMUM_FILE_BYTES = 1 << 29;

  /** The most files that are read. */
  int MAXIMUM_FILES = 10_000_000;

  /** The source that a file is, by its name: a zip or tar.gz archive, or the file itself. */
  static FileSource of(Path file) {
    String name = file.getFileName().toString();
    if (name.endsWith(".zip")) {
      return ZipArchive.file(file);
    }
    return name.endsWith("gz") ? new TarArchive(file) : new SingleFile(file);
  }

  /** What it is, for messages. */
  String description();

  /** SHA-256 over its content, in hexadecimal. */
  String digest(FileDigests digests) throws IOException;

  /**
   * The parts that can be unpacked apart from each other, here or where a copy of the source is;
   * together, in order, they are all of it.
   *
   * @param bytes about how large a part should be, where it can be chosen
   * @throws org.contexture.failure.Failure if it is missing or damaged as a whole
   */
  List<EntryRange> parts(long bytes) throws IOException;

  /**
   * Opens it.
   *
   * @throws org.contexture.failure.Failure if it is missing or damaged as a whole, at the latest
   *     when a part is unpacked
   */
  Opened open() throws IOException;

  /** An opened source. Several threads may unpack parts of it at once. */
  interface Opened extends Closeable {

    /**
     * Reads the files of a part in an order that depends on the content alone.
     *
     * @param part one of {@link #parts}
     */
    void unpack(EntryRange part, Receiver receiver) throws IOException;

    @Override
    default void close() throws IOException {}
  }

  /** Takes what comes out of a source. */
  interface Receiver {

    /**
     * A file.
     *
     * @param path its path, separated by '/'
     */
    void file(String path, byte[] content) throws IOException;

    /**
     * A file that cannot be taken; the others may be fine.
     *
     * @param reason why, in a sentence
     */
    void refused(String path, String reason) throws IOException;

    /**
     * How far it is.
     *
     * @param done of {@code total}
     * @param counted what is counted, the same throughout a source
     */
    void progress(long done, long total, Counted counted) throws IOException;
  }

  /** What a source counts to say how far it is. */
  enum Counted {
    FILES,
    /** Bytes of the source as it is stored. */
    BYTES
  }
}
