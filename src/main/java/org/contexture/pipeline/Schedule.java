package org.contexture.pipeline;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.contexture.failure.Failure;
import org.contexture.thread.DaemonThreads;

/**
 * Carries a plan out, several stages at a time. A stage begins when all that it reads is there, so
 * that none waits for another; of those that could begin, the first in the order of the plan does.
 * Which stages are at work at the same time changes no dataset.
 *
 * <p>When a stage fails, no other one begins; those at work are let end, and what they made is
 * kept.
 */
public final class Schedule {
  /** How long interrupted stages are waited for. */
  private static final long END_SECONDS = 30;

  private final Executor executor;
  private final int atOnce;
  private final Watcher watcher;

  /** Is told what becomes of datasets, on the thread that carries the plan out. */
  public interface Watcher {

    /** A dataset is there, made just now or before. */
    void there(Dataset<?> dataset);

    /** What is said of a stage that failed. */
    Failure explained(Dataset<?> dataset, Failure failure);
  }

  /**
   * A schedule.
   *
   * @param executor makes single stages; its listener is called from several threads
   * @param atOnce how many stages are at work at a time, from 1
   */
  public Schedule(Executor executor, int atOnce, Watcher watcher) {
    if (atOnce < 1) {
      throw new IllegalArgumentException(atOnce + " stages at a time");
    }
    this.executor = executor;
    this.atOnce = atOnce;
    this.watcher = watcher;
  }

  /**
   * Carries a plan out.
   *
   * @throws Failure if stages fail: as the first of them in the order of the plan, with what the
   *     others say after it
   */
  public void run(Plan plan) throws InterruptedException {
    executor.requireWritable();
    ExecutorService threads = Executors.newFixedThreadPool(atOnce, new DaemonThreads("stage"));
    try {
      new Course(plan, new ExecutorCompletionService<>(threads)).run();
    } finally {
      threads.shutdownNow();
      var unused = threads.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
    }
  }

  /** A step of the plan, and how many of the datasets that it reads are still to come. */
  private static final class Node {
    private final int position;
    private final Plan.Step step;
    private int missing;

    Node(int position, Plan.Step step) {
      this.position = position;
      this.step = step;
    }
  }

  /** What became of a step. */
  private record Ended(Node node, Optional<Failure> failure) {}

  /** One plan on its way. */
  private final class Course {
    private final CompletionService<Ended> work;
    private final Map<DatasetId, List<Node>> readers = new LinkedHashMap<>();
    private final PriorityQueue<Node> ready =
        new PriorityQueue<>(Comparator.comparingInt(node -> node.position));
    private final SortedMap<Integer, Failure> failures = new TreeMap<>();
    private int running;

    Course(Plan plan, CompletionService<Ended> work) {
      this.work = work;
      for (Plan.Step step : plan.steps()) {
        readers.put(step.dataset().id(), new ArrayList<>());
      }
      for (int position = 0; position < plan.steps().size(); position++) {
        Node node = new Node(position, plan.steps().get(position));
        for (Dataset<?> input : node.step.dataset().stage().inputs().values()) {
          if (readers.containsKey(input.id())) {
            readers.get(input.id()).add(node);
            node.missing++;
          }
        }
        if (node.missing == 0) {
          ready.add(node);
        }
      }
    }

    void run() throws InterruptedException {
      while (running > 0 || (failures.isEmpty() && !ready.isEmpty())) {
        while (failures.isEmpty() && running < atOnce && !ready.isEmpty()) {
          Node node = ready.remove();
          var unused = work.submit(() -> carriedOut(node));
          running++;
        }
        Ended ended = next();
        running--;
        Dataset<?> dataset = ended.node().step.dataset();
        if (ended.failure().isPresent()) {
          failures.put(ended.node().position, watcher.explained(dataset, ended.failure().get()));
        } else {
          watcher.there(dataset);
          for (Node reader : readers.get(dataset.id())) {
            if (--reader.missing == 0) {
              ready.add(reader);
            }
          }
        }
      }
      if (!failures.isEmpty()) {
        throw together(List.copyOf(failures.values()));
      }
    }

    private Ended next() throws InterruptedException {
      try {
        return work.take().get();
      } catch (ExecutionException unforeseen) {
        throw new IllegalStateException(unforeseen.getCause());
      }
    }
  }

  private Ended carriedOut(Node node) throws InterruptedException {
    try {
      executor.carryOut(node.step);
      return new Ended(node, Optional.empty());
    } catch (Failure failure) {
      return new Ended(node, Optional.of(failure));
    }
  }

  private static Failure together(List<Failure> failures) {
    Failure first = failures.get(0);
    List<String> messages = failures.stream().map(Failure::getMessage).distinct().toList();
    return messages.size() == 1
        ? first
        : first.reworded("%s", String.join(System.lineSeparator(), messages));
  }
}
