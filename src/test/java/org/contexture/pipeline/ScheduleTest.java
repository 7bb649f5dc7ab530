package org.contexture.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.contexture.failure.Failure;
import org.contexture.record.RawPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ScheduleTest {
  @TempDir Path directory;
  private final RecordedRun told = new RecordedRun();
  private final List<String> there = new ArrayList<>();

  private Store store(String name) {
    return Store.open(directory.resolve(name));
  }

  private void run(List<StageGraph> graphs, Store store, int atOnce) throws InterruptedException {
    Executor executor =
        new Executor(
            store,
            new Runner(Runner.Kind.DIRECT, 1, Runner.Checks.ON),
            "test",
            Clock.systemUTC(),
            told);
    new Schedule(
            executor,
            atOnce,
            new Schedule.Watcher() {
              @Override
              public void there(Dataset<?> dataset) {
                there.add(dataset.label());
              }

              @Override
              public Failure explained(Dataset<?> dataset, Failure failure) {
                return failure.reworded("%s: %s", dataset.label(), failure.getMessage());
              }
            })
        .run(Plan.of(graphs, store));
  }

  /** A source that is common to all, and two stages after it of each number. */
  private static List<StageGraph> experiments(int count, ShardBodies bodies) {
    List<StageGraph> graphs = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      StageGraph.Builder graph = StageGraph.builder();
      Dataset<RawPath> source = graph.add("source", ToyStage.named("source"));
      Dataset<RawPath> first =
          graph.add(
              "first" + number,
              ToyStage.named("first")
                  .with("number", number)
                  .reading("in", source)
                  .doing(1, bodies.of(number)));
      graph.add(
          "second" + number, ToyStage.named("second").with("number", number).reading("in", first));
      graphs.add(graph.build());
    }
    return graphs;
  }

  /** What the first stage of an experiment does. */
  private interface ShardBodies {
    ShardBody<Integer, RawPath> of(int number);
  }

  private static ShardBody<Integer, RawPath> plain(int number) {
    return (numbers, output) -> output.add(new RawPath("of " + number));
  }

  private static Map<String, Long> checksums(Store store) throws IOException {
    Map<String, Long> checksums = new TreeMap<>();
    try (Stream<Path> files = Files.walk(store.root())) {
      for (Path file : files.filter(path -> path.toString().endsWith(".avro")).toList()) {
        CRC32C checksum = new CRC32C();
        checksum.update(Files.readAllBytes(file));
        checksums.put(store.root().relativize(file).toString(), checksum.getValue());
      }
    }
    return checksums;
  }

  @Test
  void oneAtATimeGoesExperimentByExperimentAndMakesWhatIsSharedOnce() throws Exception {
    run(experiments(2, ScheduleTest::plain), store("store"), 1);

    assertThat(there).containsExactly("source", "first0", "second0", "first1", "second1");
    assertThat(told.events()).filteredOn(event -> event.startsWith("started source")).hasSize(1);
  }

  @Test
  void howManyAreAtWorkChangesNoByte() throws Exception {
    run(experiments(5, ScheduleTest::plain), store("one"), 1);
    run(experiments(5, ScheduleTest::plain), store("four"), 4);

    assertThat(checksums(store("four"))).hasSize(2 + 5 + 10).isEqualTo(checksums(store("one")));
    there.clear();
    run(experiments(5, ScheduleTest::plain), store("four"), 4);
    assertThat(there).hasSize(11);
    assertThat(told.events()).filteredOn(event -> event.startsWith("reused")).hasSize(11);
  }

  /** Neither would end without the other. */
  @Test
  void stagesThatDoNotNeedEachOtherAreAtWorkAtTheSameTime() throws Exception {
    Meeting.BARRIER.reset();

    run(
        experiments(
            2,
            number ->
                (numbers, output) -> {
                  Meeting.join();
                  output.add(new RawPath("of " + number));
                }),
        store("store"),
        2);

    assertThat(there).hasSize(5);
  }

  /** Bodies are copied for their tasks, so they meet in a static place. */
  private static final class Meeting {
    private static final CyclicBarrier BARRIER = new CyclicBarrier(2);
    private static final CountDownLatch FAILED = new CountDownLatch(1);

    static void join() throws IOException {
      try {
        BARRIER.await(60, TimeUnit.SECONDS);
      } catch (Exception alone) {
        throw new IOException(alone);
      }
    }
  }

  @Test
  void afterAFailureNoneBeginsAndThoseAtWorkEnd() throws Exception {
    Failure failure =
        assertThrows(
            Failure.class,
            () ->
                run(
                    experiments(
                        3,
                        number ->
                            (numbers, output) -> {
                              if (number == 0) {
                                Meeting.FAILED.countDown();
                                throw Failure.data("it is torn");
                              }
                              await(Meeting.FAILED);
                              output.add(new RawPath("of " + number));
                            }),
                    store("store"),
                    2));

    assertThat(failure.category()).isEqualTo(Failure.Category.DATA);
    assertThat(failure).hasMessage("first0: Stage first0 failed: it is torn");
    assertThat(there).containsExactly("source", "first1");
    run(experiments(3, ScheduleTest::plain), store("store"), 2);
    assertThat(there).contains("second0", "second1", "second2");
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      if (!latch.await(60, TimeUnit.SECONDS)) {
        throw new IOException("nothing failed");
      }
    } catch (InterruptedException interrupted) {
      throw new IOException(interrupted);
    }
  }

  @Test
  void severalFailuresAreAllSaidInTheOrderOfThePlan() {
    Failure failure =
        assertThrows(
            Failure.class,
            () ->
                run(
                    experiments(
                        2,
                        number ->
                            (numbers, output) -> {
                              Meeting.join();
                              throw Failure.data("number %d is torn", number);
                            }),
                    store("store"),
                    2));

    assertThat(failure.getMessage().lines())
        .containsExactly(
            "first0: Stage first0 failed: number 0 is torn",
            "first1: Stage first1 failed: number 1 is torn");
  }
}
