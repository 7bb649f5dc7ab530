package org.contexture.benchmark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Consecutive entries of a source.
 *
 * @param from the position of the first
 * @param to the position after the last
 */
record EntryRange(IndexedSource source, int from, int to) implements FileSource.Part {

  /** Ranges that end as soon as they have a number of bytes. */
  static List<FileSource.Part> of(
      IndexedSource source, List<IndexedSource.Entry> entries, long bytes) {
    List<FileSource.Part> ranges = new ArrayList<>();
    int from = 0;
    long length = 0;
    for (int i = 0; i < entries.size(); i++) {
      length += entries.get(i).bytes();
      if (length >= bytes || i == entries.size() - 1) {
        ranges.add(new EntryRange(source, from, i + 1));
        from = i + 1;
        length = 0;
      }
    }
    return ranges;
  }

  @Override
  public void unpack(FileSource.Receiver receiver) throws IOException {
    try (IndexedSource.Opened opened = source.open()) {
      List<IndexedSource.Entry> entries = opened.entries();
      for (int i = from; i < to; i++) {
        String path = entries.get(i).path();
        try {
          receiver.file(path, opened.read(i));
        } catch (IndexedSource.UnusableEntryException unusable) {
          receiver.refused(path, unusable.getMessage());
        }
        receiver.progress(i + 1L - from, to - from, FileSource.Counted.FILES);
      }
    }
  }
}
