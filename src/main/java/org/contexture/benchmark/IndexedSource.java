package org.contexture.benchmark;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.contexture.failure.Failure;

/**
 * A source that knows its files before it reads them, and can read any of them: tasks unpack ranges
 * of its entries side by side.
 */
interface IndexedSource extends FileSource {

  /**
   * Finds out what there is.
   *
   * @throws org.contexture.failure.Failure if it is missing or damaged as a whole
   */
  Contents contents() throws IOException;

  @Override
  default List<EntryRange> parts(long bytes) throws IOException {
    try (Contents contents = contents()) {
      return EntryRange.of(contents.entries(), bytes);
    }
  }

  @Override
  default Opened open() throws IOException {
    return new OpenedContents(description(), contents());
  }

  /** What there is in a source. Several threads may read it at once. */
  interface Contents extends Closeable {

    /** The files, in an order that depends on the content alone. */
    List<Entry> entries();

    /**
     * Reads one file whole.
     *
     * @param entry its position among the entries
     * @throws UnusableEntryException if it has to be refused
     */
    byte[] read(int entry) throws IOException, UnusableEntryException;
  }

  /** Ranges of what there is. */
  record OpenedContents(String description, Contents contents) implements Opened {

    @Override
    public void unpack(EntryRange part, Receiver receiver) throws IOException {
      List<Entry> entries = contents.entries();
      if (part.to() > entries.size()) {
        throw Failure.data(
            "%s has %d files now, and had more when the run began: run it again.",
            description, entries.size());
      }
      for (int i = part.from(); i < part.to(); i++) {
        String path = entries.get(i).path();
        try {
          receiver.file(path, contents.read(i));
        } catch (UnusableEntryException unusable) {
          receiver.refused(path, unusable.getMessage());
        }
        receiver.progress(i + 1L - part.from(), part.to() - part.from(), Counted.FILES);
      }
    }

    @Override
    public void close() throws IOException {
      contents.close();
    }
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
