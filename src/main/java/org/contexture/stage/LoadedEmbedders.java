package org.contexture.stage;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.contexture.embedding.ImageEmbedder;

/**
 * The networks that the tasks of this process embed with, each loaded once however many tasks use
 * it, and freed when the last of them ends.
 */
final class LoadedEmbedders {
  /** Tasks of one process have nothing else in common: each is deserialised by itself. */
  static final LoadedEmbedders OF_THIS_PROCESS = new LoadedEmbedders();

  private final Map<String, Shared> shared = new HashMap<>();

  /** Says that a task will use a network; it is loaded when it is asked for first. */
  synchronized void hold(String key) {
    shared.computeIfAbsent(key, unknown -> new Shared()).holders++;
  }

  /** A network that the caller holds, loaded if nobody has yet. */
  ImageEmbedder get(String key, Supplier<ImageEmbedder> load) {
    Shared wanted;
    synchronized (this) {
      wanted = shared.get(key);
    }
    return wanted.embedder(load);
  }

  /** Says that a task needs a network no more. */
  synchronized void release(String key) {
    Shared held = shared.get(key);
    held.holders--;
    if (held.holders == 0) {
      shared.remove(key);
      held.close();
    }
  }

  private static final class Shared {
    private int holders;
    private ImageEmbedder embedder;

    synchronized ImageEmbedder embedder(Supplier<ImageEmbedder> load) {
      if (embedder == null) {
        embedder = load.get();
      }
      return embedder;
    }

    synchronized void close() {
      if (embedder != null) {
        embedder.close();
      }
    }
  }
}
