package org.contexture.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.contexture.failure.Failure;

/**
 * The right to make a dataset, held by one process at a time: a file created exclusively, whose
 * time of modification its holder renews. A holder that died is found out at once on the same
 * machine (its process is gone) and elsewhere when its lease has run out.
 */
final class Lease implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration POLL = Duration.ofMillis(200);

  /** How long a silent holder keeps a lease. */
  static final Duration DURATION = Duration.ofSeconds(60);

  private final Path file;
  private final Owner owner;
  private final ScheduledExecutorService heartbeat;

  /**
   * Who holds a lease.
   *
   * @param token unique for each holding
   * @param host name of the machine
   * @param process process id there
   * @param processStart when that process started, in milliseconds since 1970; 0 if not known
   */
  record Owner(String token, String host, long process, long processStart) {

    static Owner thisProcess() {
      ProcessHandle self = ProcessHandle.current();
      return new Owner(UUID.randomUUID().toString(), hostName(), self.pid(), startOf(self));
    }

    /** Whether the holder is known to be dead. */
    boolean isDead() {
      return host.equals(hostName())
          && ProcessHandle.of(process)
              .filter(handle -> processStart == 0 || startOf(handle) == processStart)
              .filter(ProcessHandle::isAlive)
              .isEmpty();
    }

    private static long startOf(ProcessHandle handle) {
      return handle.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    private static String hostName() {
      try {
        return InetAddress.getLocalHost().getHostName();
      } catch (UnknownHostException nameless) {
        return "localhost";
      }
    }
  }

  private Lease(Path file, Owner owner, ScheduledExecutorService heartbeat) {
    this.file = file;
    this.owner = owner;
    this.heartbeat = heartbeat;
  }

  /**
   * Waits for the lease and takes it.
   *
   * @param file the lock file
   * @param duration how long a silent holder keeps it
   * @param clock the time, to be compared with the file's time of modification
   * @param waiting is told once, in a sentence, who is waited for
   */
  static Lease acquire(Path file, Duration duration, Clock clock, Consumer<String> waiting)
      throws IOException, InterruptedException {
    Owner self = Owner.thisProcess();
    boolean told = false;
    while (true) {
      try {
        Files.createDirectories(file.getParent());
        create(file, self, clock);
        return started(file, self, duration, clock);
      } catch (FileAlreadyExistsException held) {
        Owner holder = ownerOf(file);
        if (holder != null && isOver(file, holder, duration, clock)) {
          if (!removed(file, holder, self, clock)) {
            Thread.sleep(POLL.toMillis());
          }
        } else {
          if (!told && holder != null) {
            waiting.accept(
                "process %d on %s is making it".formatted(holder.process(), holder.host()));
            told = true;
          }
          Thread.sleep(POLL.toMillis());
        }
      }
    }
  }

  /** Whether somebody who may be alive holds the lease of a lock file. */
  static boolean isHeld(Path file, Clock clock) throws IOException {
    Owner holder = ownerOf(file);
    return holder != null && !isOver(file, holder, DURATION, clock);
  }

  /** Creates a file that names its owner, whole and only if there is none. */
  private static void create(Path file, Owner owner, Clock clock) throws IOException {
    Path complete = Staging.temporary(file);
    Files.write(complete, JSON.writeValueAsBytes(owner));
    try {
      Files.setLastModifiedTime(complete, FileTime.from(clock.instant()));
      Files.createLink(file, complete);
    } finally {
      Files.delete(complete);
    }
  }

  private static Lease started(Path file, Owner self, Duration duration, Clock clock) {
    ScheduledExecutorService heartbeat =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "lease " + file.getFileName());
              thread.setDaemon(true);
              return thread;
            });
    Lease lease = new Lease(file, self, heartbeat);
    long period = duration.toMillis() / 4;
    var unused =
        heartbeat.scheduleAtFixedRate(
            () -> lease.renew(clock), period, period, TimeUnit.MILLISECONDS);
    return lease;
  }

  private void renew(Clock clock) {
    try {
      if (owner.equals(ownerOf(file))) {
        Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
      }
    } catch (IOException retriedNextTime) {
      return;
    }
  }

  private static boolean isOver(Path file, Owner holder, Duration duration, Clock clock)
      throws IOException {
    try {
      Instant renewed = Files.getLastModifiedTime(file).toInstant();
      return holder.isDead() || renewed.plus(duration).isBefore(clock.instant());
    } catch (NoSuchFileException released) {
      return false;
    }
  }

  /**
   * Takes a dead holder's file away, unless somebody else is about to. Only who holds the claim on
   * that holding may remove the file, and only while it is still of that holding: so a file that
   * has become another's meanwhile is never touched.
   */
  private static boolean removed(Path file, Owner dead, Owner self, Clock clock)
      throws IOException {
    Path claim = file.resolveSibling(file.getFileName() + ".over-" + dead.token());
    try {
      create(claim, self, clock);
    } catch (FileAlreadyExistsException claimed) {
      Owner claimant = ownerOf(claim);
      if (claimant != null && claimant.isDead()) {
        Files.deleteIfExists(claim);
      }
      return false;
    }
    try {
      if (dead.equals(ownerOf(file))) {
        Files.deleteIfExists(file);
      }
      return true;
    } finally {
      Files.deleteIfExists(claim);
    }
  }

  /** The holder, or null if the file is gone. */
  private static Owner ownerOf(Path file) throws IOException {
    try {
      return JSON.readValue(Files.readAllBytes(file), Owner.class);
    } catch (NoSuchFileException released) {
      return null;
    } catch (JsonProcessingException damaged) {
      throw Failure.data("%s is damaged; remove it if no other run is at work.", file)
          .causedBy(damaged);
    }
  }

  /** Fails if the lease has been lost, as after a long suspension of the machine. */
  void requireHeld() throws IOException {
    if (!owner.equals(ownerOf(file))) {
      throw Failure.environment(
          "The lease on %s was lost to another process: this one must have been stopped for a while."
              + " Run the command again.",
          file);
    }
  }

  @Override
  public void close() throws IOException {
    heartbeat.shutdownNow();
    if (owner.equals(ownerOf(file))) {
      Files.deleteIfExists(file);
    }
  }
}
