package org.contexture.benchmark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Consecutive files of a source.
 *
 * @param from the position of the first
 * @param to the position after the last
 */
public record EntryRange(int from, int to) implements Serializable {

  /** All files of a source that can only be read from its beginning to its end. */
  static final EntryRange ALL = new EntryRange(0, Integer.MAX_VALUE);

  public EntryRange {
    if (from < 0 || to <= from) {
      throw new IllegalArgumentException("a range from %d to %d".formatted(from, to));
    }
  }

  /** Ranges that end as soon as they have a number of bytes. */
  static List<EntryRange> of(List<IndexedSource.Entry> entries, long bytes) {
    List<EntryRange> ranges = new ArrayList<>();
    int from = 0;
    long length = 0;
    for (int i = 0; i < entries.size(); i++) {
      length += entries.get(i).bytes();
      if (length >= bytes || i == entries.size() - 1) {
        ranges.add(new EntryRange(from, i + 1));
        from = i + 1;
        length = 0;
      }
    }
    return ranges;
  }
}
