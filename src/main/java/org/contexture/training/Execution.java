package org.contexture.training;

import java.io.Serializable;

/**
 * How a training is carried out: what changes none of its results.
 *
 * @param saveEvery epochs between savings of the state, at least 1; the last is always saved
 * @param loaderThreads threads that prepare batches; 0 leaves it to the machine: one less than it
 *     has processors, from 1 to 4
 */
public record Execution(int saveEvery, int loaderThreads) implements Serializable {
  private static final int MOST_LOADERS = 4;

  public Execution {
    if (saveEvery < 1 || loaderThreads < 0) {
      throw new IllegalArgumentException(
          "saveEvery is %d, loaderThreads is %d".formatted(saveEvery, loaderThreads));
    }
  }

  /** How many threads prepare batches on this machine. */
  int loaders() {
    int spare = Runtime.getRuntime().availableProcessors() - 1;
    return loaderThreads > 0 ? loaderThreads : Math.max(1, Math.min(MOST_LOADERS, spare));
  }
}
