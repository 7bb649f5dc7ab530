package org.contexture.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The lists that define a split, in the format of the paper's code. */
public final class SplitLists {
  private final SplitListFormat format;
  private final SortedMap<String, List<String>> rows = new TreeMap<>();

  private SplitLists(SplitListFormat format) {
    this.format = format;
  }

  /**
   * Lists with no rows yet.
   *
   * @param benchmark its name in experiment files
   */
  public static SplitLists of(String benchmark) {
    return new SplitLists(SplitListFormat.of(benchmark));
  }

  /** Adds an image at the end of the list of its subset. */
  public void add(LabelledImage image) {
    List<String> list =
        rows.computeIfAbsent(format.fileName(image.subset()), name -> new ArrayList<>());
    list.add(format.write(list.size(), image));
  }

  /** The lists by the names of their files. */
  public SortedMap<String, String> texts() {
    SortedMap<String, String> texts = new TreeMap<>();
    rows.forEach((name, list) -> texts.put(name, format.header() + String.join("", list)));
    return texts;
  }
}
