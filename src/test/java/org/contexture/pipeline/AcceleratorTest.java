package org.contexture.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.contexture.failure.Failure;
import org.contexture.record.RawPath;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A stage for accelerators, whose one task is offered to every slot of a cluster. */
@Timeout(120)
class AcceleratorTest {
  private static final AtomicInteger STARTS = new AtomicInteger();
  private static final int COPIES = 16;

  @TempDir Path directory;
  private Store store;

  @BeforeEach
  void open() {
    store = Store.open(directory.resolve("store"));
    STARTS.set(0);
  }

  @AfterEach
  void takeAway() {
    System.clearProperty(Placement.ACCELERATOR_PROPERTY);
  }

  /** A cluster that has accelerators, in this process. */
  private record Cluster(Runner runner) implements StageRunner {
    @Override
    public void run(Pipeline pipeline, Job job) {
      runner.run(pipeline, job);
    }

    @Override
    public Offer offer(Placement placement) {
      return new Offer(placement, placement == Placement.ACCELERATOR ? COPIES : 1, KeySpread.NONE);
    }
  }

  private static final class Training extends RewiredStage {
    Training(ShardBody<Integer, RawPath> body) {
      super(ToyStage.named("training").doing(1, body));
    }

    @Override
    public Placement placement() {
      return Placement.ACCELERATOR;
    }

    @Override
    public void expand(Pipeline pipeline, StageContext<RawPath> context) {
      toy().expand(pipeline, context);
    }
  }

  private Dataset<RawPath> run(ShardBody<Integer, RawPath> body) throws InterruptedException {
    StageGraph.Builder builder = StageGraph.builder();
    Dataset<RawPath> dataset = builder.add("training", new Training(body));
    new Executor(
            store,
            new Cluster(new Runner(Runner.Kind.DIRECT, 4, Runner.Checks.ON)),
            "test",
            Clock.systemUTC(),
            new RecordedRun())
        .run(Plan.of(builder.build(), store, Set.of()));
    return dataset;
  }

  private static void train(List<Integer> elements, ShardOutput<RawPath> output)
      throws IOException {
    STARTS.incrementAndGet();
    output.add(new RawPath("trained with " + elements));
  }

  private static void plug() {
    System.setProperty(Placement.ACCELERATOR_PROPERTY, "true");
  }

  @Test
  void aTaskThatNoWorkerTakesFailsTheStage() {
    assertThatThrownBy(() -> run(AcceleratorTest::train))
        .isInstanceOf(Failure.class)
        .hasMessageStartingWith("Stage training failed: 1 of its 1 tasks were taken by no worker")
        .hasMessageContaining("-Dcontexture.accelerator=true");
    assertThat(STARTS).hasValue(0);
  }

  @Test
  void ofManyOffersOneIsTaken() throws Exception {
    plug();
    Dataset<RawPath> dataset = run(AcceleratorTest::train);
    assertThat(STARTS).hasValue(1);
    assertThat(store.open(dataset).open()).containsExactly(new RawPath("trained with [0]"));
  }

  @Test
  void whoIsAtWorkThoughGivenUpIsWaitedFor() throws Exception {
    plug();
    Path lock = lockOf(store.staging(new Dataset<>("training", new Training(null)).id()));
    Lease other =
        Lease.acquire(new LocalLock(lock), Lease.DURATION, Clock.systemUTC(), holder -> {});
    CountDownLatch waited = new CountDownLatch(1);
    Handler log = new Told(waited);
    Logger.getLogger(Lease.class.getName()).addHandler(log);
    ExecutorService runs = Executors.newSingleThreadExecutor();
    try {
      Future<Dataset<RawPath>> run = runs.submit(() -> run(AcceleratorTest::train));
      waited.await(); // who tries to get the lease says so
      Thread.sleep(1000);
      assertThat(STARTS).as("starts while the other was at work").hasValue(0);
      assertThat(run).isNotDone();
      other.close();
      run.get();
      assertThat(STARTS).hasValue(1);
    } finally {
      runs.shutdownNow();
      Logger.getLogger(Lease.class.getName()).removeHandler(log);
    }
  }

  /** Hears that something was said. */
  private static final class Told extends Handler {
    private final CountDownLatch latch;

    Told(CountDownLatch latch) {
      this.latch = latch;
    }

    @Override
    public void publish(LogRecord record) {
      latch.countDown();
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  private static Path lockOf(Staging staging) {
    return staging.state().resolveSibling("leases").resolve("part-00000-of-00001.avro");
  }

  @Test
  void whoHasLostItsLeaseGoesOnNoFurther() {
    plug();
    String place = directory.toString();
    assertThatThrownBy(
            () ->
                run(
                    (elements, output) -> {
                      loseLease(place);
                      output.announce(Progress.NONE);
                      STARTS.incrementAndGet();
                    }))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("was lost to another process");
    assertThat(STARTS).hasValue(0);
  }

  private static void loseLease(String place) throws IOException {
    try (Stream<Path> files = Files.walk(Path.of(place))) {
      for (Path file : files.filter(f -> f.getParent().endsWith("leases")).toList()) {
        Files.delete(file);
      }
    }
  }
}
