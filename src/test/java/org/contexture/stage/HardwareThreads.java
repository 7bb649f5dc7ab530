package org.contexture.stage;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What a second processor of this machine is worth to a loop that needs nothing but arithmetic.
 * Where two processors are two threads of one core, it is much less than as much again, and no
 * program can gain more by its second thread.
 */
public final class HardwareThreads {
  private static final int ROUNDS = 5;
  private static final long NUMBERS = 100_000_000;

  private HardwareThreads() {}

  /** How many times as much so many threads do in the same time as one; the best of some rounds. */
  public static double speedUp(int threads) throws InterruptedException, ExecutionException {
    if (threads == 1) {
      return 1;
    }
    double one = Double.POSITIVE_INFINITY;
    double all = Double.POSITIVE_INFINITY;
    for (int round = 0; round < ROUNDS; round++) {
      one = Math.min(one, seconds(1));
      all = Math.min(all, seconds(threads));
    }
    return threads * one / all;
  }

  private static double seconds(int threads) throws InterruptedException, ExecutionException {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      long start = System.nanoTime();
      List<Future<Long>> sums = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        long seed = thread;
        sums.add(pool.submit(() -> sum(seed)));
      }
      for (Future<Long> sum : sums) {
        sum.get();
      }
      return (System.nanoTime() - start) / 1e9;
    } finally {
      pool.shutdown();
    }
  }

  private static long sum(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    long sum = 0;
    for (long number = 0; number < NUMBERS; number++) {
      sum ^= random.nextLong();
    }
    return sum;
  }
}
