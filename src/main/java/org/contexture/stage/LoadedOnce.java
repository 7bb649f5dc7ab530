package org.contexture.stage;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What the tasks of a process use together, each loaded once however many tasks hold it, and closed
 * when the last of them lets it go.
 *
 * @param <T> used by several threads at a time
 */
final class LoadedOnce<T extends AutoCloseable> {
  private final Map<String, Shared<T>> held = new HashMap<>();

  /** Says that a task will use something; it is loaded when it is asked for first. */
  synchronized void hold(String key) {
    held.computeIfAbsent(key, unknown -> new Shared<>()).holders++;
  }

  /** What the caller holds, loaded if nobody has yet. */
  T get(String key, Supplier<T> load) {
    Shared<T> wanted;
    synchronized (this) {
      wanted = held.get(key);
    }
    return wanted.value(load);
  }

  /** Says that a task needs it no more. */
  synchronized void release(String key) throws Exception {
    Shared<T> shared = held.get(key);
    shared.holders--;
    if (shared.holders == 0) {
      held.remove(key);
      shared.close();
    }
  }

  /**
   * Says that a task needs several of them no more.
   *
   * @throws Exception the first that closing one of them came to; all are let go
   */
  void release(Collection<String> keys) throws Exception {
    Exception first = null;
    for (String key : keys) {
      try {
        release(key);
      } catch (Exception failed) {
        first = first == null ? failed : first;
      }
    }
    if (first != null) {
      throw first;
    }
  }

  private static final class Shared<T extends AutoCloseable> {
    private int holders;
    private T value;

    synchronized T value(Supplier<T> load) {
      if (value == null) {
        value = load.get();
      }
      return value;
    }

    synchronized void close() throws Exception {
      if (value != null) {
        value.close();
      }
    }
  }
}
