package org.contexture.benchmark;

import java.io.Closeable;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;

/** Files from outside: an archive or a folder. It travels to workers, which open it there. */
public interface FileSource extends Serializable {

  /** The largest file that is read, in bytes. */
  long MAXIMUM_FILE_BYTES = 1L << 29;

  /** What it is, for messages. */
  String description();

  /** SHA-256 over its content, in hexadecimal. */
  String digest(FileDigests digests) throws IOException;

  /**
   * Opens it.
   *
   * @throws org.contexture.failure.Failure if it is missing or damaged as a whole
   */
  Opened open() throws IOException;

  /** An opened source. */
  interface Opened extends Closeable {

    /** Its files in an order that depends on its content alone. */
    List<Entry> entries();

    /**
     * Reads one file whole.
     *
     * @param entry its position among the entries
     * @throws UnusableEntryException if it has to be refused
     */
    byte[] read(int entry) throws IOException, UnusableEntryException;
  }

  /**
   * A file of a source.
   *
   * @param path its path, separated by '/'
   * @param bytes its length as declared
   */
  record Entry(String path, long bytes) {}

  /** Why one file of a source is refused; the others may be fine. */
  final class UnusableEntryException extends Exception {
    private static final long serialVersionUID = 1L;

    UnusableEntryException(String message) {
      super(message);
    }
  }
}
