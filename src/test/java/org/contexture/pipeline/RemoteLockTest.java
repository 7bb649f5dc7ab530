package org.contexture.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.contexture.pipeline.remote.RemoteAddress;
import org.contexture.pipeline.remote.RemoteFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RemoteLockTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @TempDir Path directory;
  private RemoteLock lock;
  private Path file;

  @BeforeEach
  void open() {
    RemoteFiles files = RemoteFiles.open(RemoteAddress.parse("file://" + directory).orElseThrow());
    lock = new RemoteLock(files, "toy/0123456789abcdef.lock", Duration.ofMillis(300));
    file = directory.resolve(lock.name());
  }

  @Test
  void isThereWhileItIsHeld() throws Exception {
    try (Lease lease = Lease.acquire(lock, MINUTE, Clock.systemUTC(), who -> {})) {
      lease.requireHeld();
      assertThat(file).exists();
      assertThat(Lease.isHeld(lock, Clock.systemUTC())).isTrue();
    }
    assertThat(file).doesNotExist();
    assertThat(Lease.isHeld(lock, Clock.systemUTC())).isFalse();
  }

  @Test
  void ofSeveralWhoWantItInOneMomentOneHasIt() throws Exception {
    int rivals = 6;
    ExecutorService threads = Executors.newFixedThreadPool(rivals);
    try {
      List<Callable<Boolean>> tries = new ArrayList<>();
      for (int rival = 0; rival < rivals; rival++) {
        tries.add(() -> lock.create(Lease.Owner.thisProcess(), Clock.systemUTC()));
      }
      int winners = 0;
      for (Future<Boolean> tried : threads.invokeAll(tries)) {
        winners += tried.get(10, TimeUnit.SECONDS) ? 1 : 0;
      }
      assertThat(winners).isOne();
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aDeadHolderIsFollowedAtOnce() throws Exception {
    LeaseTest.writeLock(file, LeaseTest.deadOwner());

    try (Lease lease = Lease.acquire(lock, MINUTE, Clock.systemUTC(), who -> {})) {
      lease.requireHeld();
    }
    assertThat(file.getParent()).isEmptyDirectory();
  }

  @Test
  void aHolderElsewhereIsFollowedWhenItIsSilentForTooLong() throws Exception {
    LeaseTest.writeLock(file, new Lease.Owner("token", "elsewhere", "another system", 7, 0));
    assertThat(Lease.isHeld(lock, Clock.systemUTC())).isTrue();
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(MINUTE.multipliedBy(2))));
    assertThat(Lease.isHeld(lock, Clock.systemUTC())).isFalse();

    try (Lease lease = Lease.acquire(lock, MINUTE, Clock.systemUTC(), who -> {})) {
      lease.requireHeld();
    }
  }

  @Test
  void aHolderSaysAgainAndAgainThatItIsAlive() throws Exception {
    try (Lease lease = Lease.acquire(lock, Duration.ofMillis(80), Clock.systemUTC(), who -> {})) {
      Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
      while (Files.getLastModifiedTime(file).toInstant().equals(Instant.EPOCH)) {
        Thread.sleep(5);
      }
      lease.requireHeld();
    }
    assertThat(file).doesNotExist();
  }

  @Test
  void whileItIsRenewedItIsNeitherLostNorFree() throws Exception {
    ScheduledExecutorService renewal = Executors.newSingleThreadScheduledExecutor();
    try (Lease lease = Lease.acquire(lock, MINUTE, Clock.systemUTC(), who -> {})) {
      byte[] whole = Files.readAllBytes(file);
      for (Callable<Boolean> other :
          List.<Callable<Boolean>>of(
              () -> lock.create(Lease.Owner.thisProcess(), Clock.systemUTC()),
              () -> !Lease.isHeld(lock, Clock.systemUTC()),
              () -> {
                lease.requireHeld();
                return false;
              })) {
        Files.delete(file);
        Future<Path> again =
            renewal.schedule(() -> Files.write(file, whole), 100, TimeUnit.MILLISECONDS);
        assertThat(other.call()).isFalse();
        again.get();
      }
    } finally {
      renewal.shutdownNow();
    }
  }
}
