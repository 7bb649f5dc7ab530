package org.contexture.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.contexture.failure.Failure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class LeaseTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @TempDir Path directory;
  private Path file;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @BeforeEach
  void name() {
    file = directory.resolve("toy").resolve("12ab.lock");
  }

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  static Lease acquire(Path file) throws IOException, InterruptedException {
    return Lease.acquire(new LocalLock(file), MINUTE, Clock.systemUTC(), who -> {});
  }

  static void writeLock(Path file, Lease.Owner owner) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, new ObjectMapper().writeValueAsBytes(owner));
  }

  /** A process of this machine that has ended. */
  static Lease.Owner deadOwner() throws IOException, InterruptedException {
    Process process = new ProcessBuilder("true").start();
    process.waitFor();
    return Lease.Owner.of("here", ProcessIdentity.of(process.toHandle()));
  }

  private static Lease.Owner ownerElsewhere() {
    return new Lease.Owner(UUID.randomUUID().toString(), "elsewhere", "another system", 7, 0);
  }

  @Test
  void aLeaseIsTakenHeldAndGivenBack() throws Exception {
    try (Lease lease = acquire(file)) {
      assertThat(file).exists();
      lease.requireHeld();
    }
    assertThat(directory.resolve("toy")).isEmptyDirectory();
    acquire(file).close();
  }

  @Test
  void oneThreadHoldsItAtATime() throws Exception {
    AtomicInteger holders = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      all.add(
          threads.submit(
              () -> {
                try (Lease lease = acquire(file)) {
                  most.accumulateAndGet(holders.incrementAndGet(), Math::max);
                  Thread.sleep(20);
                  lease.requireHeld();
                  holders.decrementAndGet();
                }
                return null;
              }));
    }
    for (Future<?> one : all) {
      one.get();
    }
    assertThat(most).hasValue(1);
  }

  @Test
  void whoWaitsIsToldForWhomOnce() throws Exception {
    writeLock(file, ownerElsewhere());
    BlockingQueue<String> told = new LinkedBlockingQueue<>();
    Future<Lease> waiting =
        threads.submit(
            () -> Lease.acquire(new LocalLock(file), MINUTE, Clock.systemUTC(), told::add));

    assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo("process 7 on elsewhere is making it");
    Thread.sleep(300);
    assertThat(waiting).isNotDone();
    assertThat(told).isEmpty();

    Files.delete(file);
    waiting.get(10, TimeUnit.SECONDS).close();
  }

  @Test
  void aSilentHolderElsewhereLosesItWhenItHasRunOut() throws Exception {
    writeLock(file, ownerElsewhere());
    Instant renewed = Instant.parse("2024-05-01T12:00:00Z");
    Files.setLastModifiedTime(file, FileTime.from(renewed));
    SteppedClock clock = new SteppedClock(renewed.plus(MINUTE));
    BlockingQueue<String> told = new LinkedBlockingQueue<>();
    Future<Lease> waiting =
        threads.submit(() -> Lease.acquire(new LocalLock(file), MINUTE, clock, told::add));
    assertThat(told.poll(10, TimeUnit.SECONDS)).isNotNull();
    Thread.sleep(300);
    assertThat(waiting).isNotDone();

    clock.advance(Duration.ofMillis(1));

    try (Lease lease = waiting.get(10, TimeUnit.SECONDS)) {
      lease.requireHeld();
    }
  }

  @Test
  void aLeaseIsDatedByTheClockOfItsHolder() throws Exception {
    SteppedClock clock = new SteppedClock(Instant.parse("2024-05-01T12:00:00Z"));
    try (Lease lease = Lease.acquire(new LocalLock(file), MINUTE, clock, who -> {})) {
      lease.requireHeld();
      assertThat(Files.getLastModifiedTime(file).toInstant()).isEqualTo(clock.instant());
    }
  }

  @Test
  void aHolderRenewsIt() throws Exception {
    SteppedClock clock = new SteppedClock(Instant.now());
    try (Lease lease =
        Lease.acquire(new LocalLock(file), Duration.ofMillis(80), clock, who -> {})) {
      clock.advance(Duration.ofHours(1));
      Instant later = clock.instant();
      while (Files.getLastModifiedTime(file).toInstant().isBefore(later.minusMillis(1))) {
        Thread.sleep(10);
      }
      lease.requireHeld();
    }
  }

  @Test
  void aHolderGoesOnRenewingItAfterItCouldNotReadIt() throws Exception {
    try (Lease lease =
        Lease.acquire(new LocalLock(file), Duration.ofMillis(80), Clock.systemUTC(), who -> {})) {
      byte[] whole = Files.readAllBytes(file);
      Files.writeString(file, "{");
      Thread.sleep(200);
      Files.write(file, whole);
      Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
      while (Files.getLastModifiedTime(file).toInstant().equals(Instant.EPOCH)) {
        Thread.sleep(10);
      }
      lease.requireHeld();
    }
  }

  @Test
  void aDeadProcessOfThisMachineLosesItAtOnce() throws Exception {
    writeLock(file, deadOwner());
    List<String> told = new ArrayList<>();

    try (Lease lease = Lease.acquire(new LocalLock(file), MINUTE, Clock.systemUTC(), told::add)) {
      lease.requireHeld();
    }
    assertThat(told).isEmpty();
  }

  @Test
  void aProcessIdThatAnotherProcessHasNowIsOfADeadOne() throws Exception {
    Lease.Owner self = Lease.Owner.thisProcess();
    writeLock(
        file,
        new Lease.Owner("token", self.host(), self.system(), self.process(), self.start() - 1));

    acquire(file).close();
    assertThat(file).doesNotExist();
  }

  @Test
  void aLockOfAnEarlierVersionIsOfNobodyWhoCouldBeLookedFor() throws Exception {
    Files.createDirectories(file.getParent());
    Files.writeString(
        file, "{\"token\": \"t\", \"host\": \"h\", \"process\": 7, \"processStart\": 8}");
    assertThat(Lease.isHeld(new LocalLock(file), Clock.systemUTC())).isTrue();

    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(MINUTE.multipliedBy(2))));
    acquire(file).close();
    assertThat(file).doesNotExist();
  }

  @Test
  void ofManyWhoFindADeadHolderOneTakesItOver() throws Exception {
    for (int round = 0; round < 30; round++) {
      Path lock = directory.resolve("round").resolve(round + ".lock");
      writeLock(lock, deadOwner());
      int count = 6;
      CyclicBarrier start = new CyclicBarrier(count);
      BlockingQueue<Lease> taken = new LinkedBlockingQueue<>();
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        all.add(
            threads.submit(
                () -> {
                  start.await();
                  taken.add(acquire(lock));
                  return null;
                }));
      }
      Lease winner = taken.poll(10, TimeUnit.SECONDS);
      Thread.sleep(30);
      winner.requireHeld();
      assertThat(taken).as("holders beside the first, round %d", round).isEmpty();
      for (Future<?> one : all) {
        one.cancel(true);
      }
      winner.close();
    }
  }

  @Test
  void whoLostItIsToldSo() throws Exception {
    try (Lease lease = acquire(file)) {
      writeLock(file, ownerElsewhere());

      assertThatThrownBy(lease::requireHeld)
          .isInstanceOfSatisfying(
              Failure.class,
              failure -> assertThat(failure.category()).isEqualTo(Failure.Category.ENVIRONMENT))
          .hasMessage(
              "The lease on %s was lost to another process: this one must have been stopped for"
                  + " a while. Run the command again.",
              file);
    }
    assertThat(file).as("the other's lease").exists();
  }

  @Test
  void whoseFileIsGoneHasLostIt() throws Exception {
    try (Lease lease = acquire(file)) {
      Files.delete(file);
      assertThatThrownBy(lease::requireHeld).isInstanceOf(Failure.class);
    }
  }

  @Test
  void aDamagedLockIsNamed() throws Exception {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "{");

    assertThatThrownBy(() -> acquire(file))
        .isInstanceOf(Failure.class)
        .hasMessage("%s is damaged; remove it if no other run is at work.", file);
  }
}
