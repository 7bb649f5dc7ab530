package org.contexture.pipeline;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.contexture.failure.Failure;
import org.contexture.thread.DaemonThreads;

/**
 * The right to make a dataset, held by one process at a time: a {@link LockFile}, which its holder
 * renews. A holder that died is found out at once where its process can be looked for, and
 * elsewhere when its lease has run out.
 */
final class Lease implements AutoCloseable {
  private static final ObjectMapper JSON =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
  private static final System.Logger LOG = System.getLogger(Lease.class.getName());
  private static final Duration POLL = Duration.ofMillis(200);
  private static final long LONGEST_RENEWAL_SECONDS = 10;

  /** How long a silent holder keeps a lease. */
  static final Duration DURATION = Duration.ofSeconds(60);

  private final LockFile file;
  private final Owner owner;
  private final ScheduledExecutorService heartbeat;

  /**
   * Who holds a lease. The last three are a {@link ProcessIdentity}.
   *
   * @param token unique for each holding
   * @param host name of the machine, to be shown
   */
  record Owner(String token, String host, String system, long process, long start) {
    Owner {
      system = Objects.requireNonNullElse(system, ""); // a file of an earlier version names none
    }

    static Owner thisProcess() {
      return of(
          ProcessIdentity.hostName().orElse("a machine without a name"), ProcessIdentity.current());
    }

    /** A new holding of a process. */
    static Owner of(String host, ProcessIdentity holder) {
      return new Owner(
          UUID.randomUUID().toString(), host, holder.system(), holder.process(), holder.start());
    }

    /** Whether the holder is known to be dead. */
    boolean isDead() {
      return new ProcessIdentity(system, process, start).isDead();
    }

    byte[] toJson() throws IOException {
      return JSON.writeValueAsBytes(this);
    }

    /**
     * Reads what {@link #toJson} gave.
     *
     * @param file where it was
     */
    static Owner parse(byte[] json, String file) {
      try {
        return JSON.readValue(json, Owner.class);
      } catch (IOException damaged) {
        throw Failure.data("%s is damaged; remove it if no other run is at work.", file)
            .causedBy(damaged);
      }
    }
  }

  private Lease(LockFile file, Owner owner, ScheduledExecutorService heartbeat) {
    this.file = file;
    this.owner = owner;
    this.heartbeat = heartbeat;
  }

  /**
   * Waits for the lease and takes it.
   *
   * @param file the lock file
   * @param duration how long a silent holder keeps it
   * @param clock the time, to be compared with when the file was renewed
   * @param waiting is told once, in a sentence, who is waited for
   */
  static Lease acquire(LockFile file, Duration duration, Clock clock, Consumer<String> waiting)
      throws IOException, InterruptedException {
    Owner self = Owner.thisProcess();
    boolean told = false;
    while (!file.create(self, clock)) {
      Optional<Owner> holder = file.owner();
      if (holder.isPresent() && isOver(file, holder.get(), duration, clock)) {
        if (!removed(file, holder.get(), self, duration, clock)) {
          Thread.sleep(POLL.toMillis());
        }
      } else {
        if (!told && holder.isPresent()) {
          waiting.accept(
              "process %d on %s is making it"
                  .formatted(holder.get().process(), holder.get().host()));
          told = true;
        }
        Thread.sleep(POLL.toMillis());
      }
    }
    return started(file, self, duration, clock);
  }

  /** Takes the lease if nobody who may be alive has it; waits for nobody. */
  static Optional<Lease> acquireNow(LockFile file, Duration duration, Clock clock)
      throws IOException, InterruptedException {
    Owner self = Owner.thisProcess();
    while (!file.create(self, clock)) {
      Optional<Owner> holder = file.owner();
      if (holder.isEmpty()
          || !isOver(file, holder.get(), duration, clock)
          || !removed(file, holder.get(), self, duration, clock)) {
        return Optional.empty();
      }
    }
    return Optional.of(started(file, self, duration, clock));
  }

  /** Waits for the lease on one shard and takes it; says in the log who is waited for. */
  static Lease ofShard(LockFile file) throws IOException, InterruptedException {
    return acquire(
        file,
        DURATION,
        Clock.systemUTC(),
        holder -> LOG.log(System.Logger.Level.INFO, file + ": " + holder));
  }

  /** Whether somebody who may be alive holds the lease of a lock file. */
  static boolean isHeld(LockFile file, Clock clock) throws IOException {
    Optional<Owner> holder = file.owner();
    return holder.isPresent() && !isOver(file, holder.get(), DURATION, clock);
  }

  private static Lease started(LockFile file, Owner self, Duration duration, Clock clock) {
    ScheduledExecutorService heartbeat =
        Executors.newSingleThreadScheduledExecutor(new DaemonThreads("lease " + file));
    Lease lease = new Lease(file, self, heartbeat);
    long period = duration.toMillis() / 4;
    var unused =
        heartbeat.scheduleAtFixedRate(
            () -> lease.renew(clock), period, period, TimeUnit.MILLISECONDS);
    return lease;
  }

  private boolean isHeld() throws IOException {
    return file.owner().filter(owner::equals).isPresent();
  }

  /** Whatever goes wrong once may go right the next time; a failed heartbeat would be the last. */
  private void renew(Clock clock) {
    try {
      if (isHeld()) {
        file.renew(owner, clock);
      }
    } catch (IOException | RuntimeException retriedNextTime) {
      return;
    }
  }

  private static boolean isOver(LockFile file, Owner holder, Duration duration, Clock clock)
      throws IOException {
    Optional<Instant> renewed = file.renewed();
    return renewed.isPresent()
        && (holder.isDead() || renewed.get().plus(duration).isBefore(clock.instant()));
  }

  /**
   * Takes a dead holder's file away, unless somebody else is about to. Only who holds the claim on
   * that holding may remove the file, and only while it is still of that holding: so a file that
   * has become another's meanwhile is never touched.
   */
  private static boolean removed(
      LockFile file, Owner dead, Owner self, Duration duration, Clock clock)
      throws IOException, InterruptedException {
    LockFile claim = file.claimAfter(dead);
    if (!claim.create(self, clock)) {
      Optional<Owner> claimant = claim.owner();
      if (claimant.isPresent() && isOver(claim, claimant.get(), duration, clock)) {
        claim.delete();
      }
      return false;
    }
    try {
      if (file.owner().filter(dead::equals).isPresent()) {
        file.delete();
      }
      return true;
    } finally {
      claim.delete();
    }
  }

  /** Fails if the lease has been lost, as after a long suspension of the machine. */
  void requireHeld() throws IOException {
    if (!isHeld()) {
      throw Failure.environment(
          "The lease on %s was lost to another process: this one must have been stopped for a"
              + " while. Run the command again.",
          file);
    }
  }

  @Override
  public void close() throws IOException {
    heartbeat.shutdown();
    try {
      // What is being renewed would be there again after it was removed.
      heartbeat.awaitTermination(LONGEST_RENEWAL_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
    if (isHeld()) {
      file.delete();
    }
  }
}
