package org.contexture.experiment;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.contexture.record.ImageRef;
import org.contexture.record.Split;
import org.contexture.report.SplitSize;

/** How many images and classes a benchmark has. Splits may share classes, but no images. */
final class BenchmarkCounts {
  private final Map<Split, Set<Integer>> classes = new EnumMap<>(Split.class);
  private final Map<Split, Long> images = new EnumMap<>(Split.class);

  BenchmarkCounts(Iterable<ImageRef> all) {
    for (ImageRef image : all) {
      classes.computeIfAbsent(image.getSplit(), split -> new HashSet<>()).add(image.getLabel());
      images.merge(image.getSplit(), 1L, Long::sum);
    }
  }

  /** The classes of all splits, each once. */
  long classes() {
    return classes.values().stream().flatMap(Set::stream).distinct().count();
  }

  long images() {
    return images.values().stream().mapToLong(Long::longValue).sum();
  }

  boolean has(Split split) {
    return images.containsKey(split);
  }

  /** The splits with images, in the order of use. */
  List<SplitSize> splits(Function<Split, String> purpose) {
    List<SplitSize> splits = new ArrayList<>();
    images.forEach(
        (split, count) ->
            splits.add(
                new SplitSize(
                    split.name().toLowerCase(Locale.ROOT),
                    classes.get(split).size(),
                    count,
                    purpose.apply(split))));
    return splits;
  }
}
