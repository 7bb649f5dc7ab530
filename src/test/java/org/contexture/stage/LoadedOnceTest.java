package org.contexture.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LoadedOnceTest {
  private final AtomicInteger loads = new AtomicInteger();
  private final AtomicInteger closes = new AtomicInteger();
  private final LoadedOnce<AutoCloseable> loaded = new LoadedOnce<>();

  private AutoCloseable load() {
    loads.incrementAndGet();
    return closes::incrementAndGet;
  }

  @Test
  void tasksOfAProcessShareOneAndTheLastClosesIt() throws Exception {
    loaded.hold("network");
    loaded.hold("network");
    AutoCloseable first = loaded.get("network", this::load);
    loaded.release("network");
    assertThat(closes).hasValue(0);
    assertThat(loaded.get("network", this::load)).isSameAs(first);
    loaded.release("network");
    assertThat(closes).hasValue(1);
    assertThat(loads).hasValue(1);
  }

  @Test
  void ofSeveralAllAreLetGoEvenIfOneCannotBeClosed() throws Exception {
    IllegalStateException broken = new IllegalStateException("it is at work");
    List<String> both = List.of("broken", "whole");
    both.forEach(loaded::hold);
    loaded.get(
        "broken",
        () ->
            () -> {
              throw broken;
            });
    loaded.get("whole", this::load);

    assertThatThrownBy(() -> loaded.release(both)).isSameAs(broken);

    assertThat(closes).hasValue(1);
  }

  @Test
  void whatNobodyAskedForIsNeverLoaded() throws Exception {
    loaded.hold("network");
    loaded.release("network");
    assertThat(loads).hasValue(0);
    assertThat(closes).hasValue(0);
  }

  @Test
  void afterAllHaveLetItGoItIsLoadedAgain() throws Exception {
    for (int i = 0; i < 2; i++) {
      loaded.hold("network");
      loaded.get("network", this::load);
      loaded.release("network");
    }
    assertThat(loads).hasValue(2);
    assertThat(closes).hasValue(2);
  }

  @Test
  void ofManyTasksAtOnceOneLoads() throws Exception {
    ExecutorService tasks = Executors.newFixedThreadPool(8);
    try {
      Callable<AutoCloseable> task =
          () -> {
            loaded.hold("network");
            return loaded.get("network", this::load);
          };
      for (Future<AutoCloseable> done : tasks.invokeAll(Collections.nCopies(8, task))) {
        done.get();
      }
      assertThat(loads).hasValue(1);
    } finally {
      tasks.shutdownNow();
    }
  }
}
