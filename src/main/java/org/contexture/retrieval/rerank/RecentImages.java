package org.contexture.retrieval.rerank;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongFunction;

/**
 * What is known of the images that were asked for of late, so that it need not be found out again:
 * images near one query are near others too.
 */
public final class RecentImages<V> {
  private static final float LOAD_FACTOR = 0.75f;
  private static final int INITIAL_CAPACITY = 1024;

  private final int capacity;
  private final LongFunction<V> known;
  private final Map<Long, V> values = new LinkedHashMap<>(INITIAL_CAPACITY, LOAD_FACTOR, true);

  /**
   * Nothing known yet.
   *
   * @param capacity how many images to remember, at least 1
   * @param known finds it out; must depend on the image alone
   */
  public RecentImages(int capacity, LongFunction<V> known) {
    this.capacity = capacity;
    this.known = known;
  }

  /** What is known of an image. */
  public V of(long image) {
    V value = values.get(image);
    if (value == null) {
      value = known.apply(image);
      values.put(image, value);
      if (values.size() > capacity) {
        Iterator<Long> oldest = values.keySet().iterator();
        oldest.next();
        oldest.remove();
      }
    }
    return value;
  }
}
