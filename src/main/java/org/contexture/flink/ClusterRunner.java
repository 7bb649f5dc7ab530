package org.contexture.flink;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.contexture.failure.Failure;
import org.contexture.pipeline.KeySpread;
import org.contexture.pipeline.Offer;
import org.contexture.pipeline.Placement;
import org.contexture.pipeline.StageRunner;

/**
 * Runs stages as jobs of a Flink cluster. The workers read and write the store themselves, so all
 * of them have it under the same path.
 *
 * <p>A job goes on when the process that submitted it dies. The next one that wants the same
 * dataset finds it by its name and waits for it, and then runs the stage all the same: what the job
 * has finished is skipped.
 */
public final class ClusterRunner implements StageRunner {
  private static final String TOO_FEW_SLOTS =
      "--parallelism %d: the Flink cluster at %s has %d slots; ask for no more, or start more"
          + " workers.";
  private static final Duration POLL = Duration.ofMillis(500);

  /** Tasks are spread by a hash: with so many of each, no slot gets none. */
  private static final int OFFERS_PER_SLOT = 32;

  private static final Duration LONGEST_FOR_MORE_SLOTS = Duration.ofSeconds(5);
  private static final Duration LONGEST_CANCELLATION = Duration.ofSeconds(15);
  private static final Duration LONGEST_SILENCE = Duration.ofMinutes(1);
  private static final String SUBMISSION_FAILED =
      "org.apache.flink.runtime.client.JobSubmissionException";

  private final ClusterApi api;
  private final JobFiles jobFiles;
  private final Optional<Integer> parallelism;
  private final Duration longestSilence;
  private final Set<String> submitted = ConcurrentHashMap.newKeySet();
  private final Whereabouts whereabouts;
  private final FreeSlots freeSlots;
  private volatile boolean isKnown;
  private volatile boolean cancelled;

  /**
   * A runner for one cluster.
   *
   * @param classPath has what a job brings along
   * @param parallelism how many slots a job takes at most; all there are where it is not given
   */
  public ClusterRunner(ClusterApi api, ClusterClassPath classPath, Optional<Integer> parallelism) {
    this(api, classPath, parallelism, LONGEST_SILENCE);
  }

  /**
   * A runner for one cluster.
   *
   * @param longestSilence how long the cluster may be without an answer, or without a worker
   */
  ClusterRunner(
      ClusterApi api,
      ClusterClassPath classPath,
      Optional<Integer> parallelism,
      Duration longestSilence) {
    this.api = api;
    jobFiles = new JobFiles(classPath);
    this.parallelism = parallelism;
    this.longestSilence = longestSilence;
    whereabouts = new Whereabouts(api);
    freeSlots = new FreeSlots(api, LONGEST_FOR_MORE_SLOTS, longestSilence);
  }

  @Override
  public Offer offer(Placement placement) {
    return placement == Placement.ACCELERATOR && answer(api::hasAccelerators)
        ? new Offer(placement, OFFERS_PER_SLOT * answer(api::workforce).slots(), KeySpread.NONE)
        : new Offer(placement, 1, new EvenKeys(slots()));
  }

  @Override
  public void run(Pipeline pipeline, Job work) {
    String job = work.name();
    String files = jobFiles.jars().stream().map(Path::toString).collect(Collectors.joining(","));
    Optional<String> earlier = answer(() -> api.latest(job)).map(ClusterApi.Job::id);
    int slots = awaitSlots(work);
    List<String> arguments = new ArrayList<>(work.options());
    arguments.addAll(
        List.of(
            "--runner=FlinkRunner",
            "--flinkMaster=" + api.address(),
            "--filesToStage=" + files,
            "--jobName=" + job,
            "--parallelism=" + slots));
    submitted.add(job);
    try {
      requireNotCancelled(); // after it counts as submitted, so that cancel() misses none
      pipeline
          .run(PipelineOptionsFactory.fromArgs(arguments.toArray(String[]::new)).create())
          .waitUntilFinish();
    } catch (RuntimeException failed) {
      throw cancelled ? failed : explained(job, earlier, failed);
    } finally {
      submitted.remove(job);
      freeSlots.release(job);
    }
  }

  /**
   * Asks until there is an answer, as long as the cluster may be without one. Before there were
   * slots for the first stage, who asks may have the wrong address, and is told at once.
   */
  private <T> T answer(Supplier<T> question) {
    if (!isKnown) {
      return question.get();
    }
    Silence silence = new Silence(longestSilence);
    Optional<T> answer = silence.bear(question);
    while (answer.isEmpty()) {
      try {
        Thread.sleep(POLL.toMillis());
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw Failure.stage("it was interrupted while it waited for an answer of the cluster.")
            .causedBy(interrupted);
      }
      answer = silence.bear(question);
    }
    return answer.get();
  }

  /** One that has waited gets its slots from the jobs that were cancelled. */
  private void requireNotCancelled() {
    if (cancelled) {
      throw Failure.stage("its job was not submitted, since the run was interrupted.");
    }
  }

  private int awaitSlots(Job work) {
    int most = Math.min(work.tasks(), parallelism.orElse(Integer.MAX_VALUE));
    try {
      return work.offer().copies() > 1
          ? freeSlots.await(work.name(), Integer.MAX_VALUE, FreeSlots.Fewest.ALL)
          : freeSlots.await(work.name(), most, FreeSlots.Fewest.ONE);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw Failure.stage("it was interrupted while it waited for slots of the cluster.")
          .causedBy(interrupted);
    }
  }

  private int slots() {
    int slots = answer(this::slotsNow);
    isKnown = true;
    return slots;
  }

  private int slotsNow() {
    int slots = api.workforce().slots();
    int wanted = parallelism.orElse(slots);
    if (wanted > slots) {
      throw isKnown
          ? Failure.environment(TOO_FEW_SLOTS, wanted, api.address(), slots)
          : Failure.usage(TOO_FEW_SLOTS, wanted, api.address(), slots);
    }
    return wanted;
  }

  /**
   * Why a job failed.
   *
   * @param earlier the id of the last job of its name before it was submitted
   */
  Failure explained(String name, Optional<String> earlier, RuntimeException failed) {
    Optional<ClusterApi.Job> job;
    try {
      job = api.latest(name).filter(found -> !earlier.equals(Optional.of(found.id())));
    } catch (Failure silent) {
      return lost("does not answer any more").causedBy(failed);
    }
    if (job.isEmpty()) {
      return wasRefused(failed)
          ? Failure.stage("the job was not taken by the cluster at %s: %s", api.address(), failed)
              .causedBy(failed)
          : lost("knows nothing of it any more").causedBy(failed);
    }
    if (job.get().state().equals("CANCELED")) {
      return Failure.environment(
              "its job %s was cancelled on the cluster at %s.", job.get().id(), api.address())
          .causedBy(failed);
    }
    return new JobFailure(api.failures(job.get())).explained(failed);
  }

  private static boolean wasRefused(Throwable failed) {
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      if (cause.getClass().getName().equals(SUBMISSION_FAILED)) {
        return true;
      }
    }
    return false;
  }

  /** A JobManager of a session cluster takes its jobs along when it dies. */
  private Failure lost(String how) {
    return Failure.environment(
        "while its job ran, the JobManager of the Flink cluster at %s died or was cut off: it %s."
            + " Finished shards and saved epochs are kept. Start the cluster again (one of this"
            + " machine by 'contexture cluster start'), then give the same command.",
        api.address(), how);
  }

  @Override
  public void awaitLeftBehind(String job, Consumer<String> waiting) throws InterruptedException {
    Optional<ClusterApi.Job> running = answer(() -> atWork(job));
    if (running.isEmpty()) {
      return;
    }
    submitted.add(job);
    try {
      waiting.accept(
          "job %s of an earlier run is making it on %s"
              .formatted(running.get().id(), api.address()));
      Silence silence = new Silence(longestSilence);
      while (silence.bear(() -> atWork(job).isPresent()).orElse(true)) {
        Thread.sleep(POLL.toMillis());
      }
    } finally {
      submitted.remove(job);
    }
  }

  private Optional<ClusterApi.Job> atWork(String name) {
    return api.latest(name).filter(job -> !job.isOver());
  }

  @Override
  public String whereabouts(String job) {
    return whereabouts.of(job);
  }

  /** One stage a worker: a worker trains one network at a time, whatever slots it has. */
  @Override
  public int room() {
    return Math.max(1, api.overview().workers());
  }

  @Override
  public void cancel() {
    cancelled = true;
    Instant deadline = Instant.now().plus(LONGEST_CANCELLATION);
    Set<String> seen = new HashSet<>();
    boolean left = true;
    while (left && Instant.now().isBefore(deadline)) {
      try {
        left = false;
        for (String job : submitted) { // one may be submitted even now
          try {
            left |= isToBeCancelled(job, seen);
          } catch (Failure notThisOne) { // as when it has ended meanwhile
            if (!api.answers()) {
              return;
            }
            left = true;
          }
        }
        Thread.sleep(POLL.toMillis());
      } catch (InterruptedException hurried) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /**
   * Asks for the end of a job that is at work; false once it has ended.
   *
   * @param seen the jobs that the cluster knew; one that is just being submitted is waited for
   */
  private boolean isToBeCancelled(String job, Set<String> seen) {
    Optional<ClusterApi.Job> running = atWork(job);
    if (running.isEmpty()) {
      return !seen.contains(job);
    }
    seen.add(job);
    running.filter(found -> !found.state().equals("CANCELLING")).ifPresent(api::cancel);
    return true;
  }

  @Override
  public String toString() {
    return "flink";
  }
}
