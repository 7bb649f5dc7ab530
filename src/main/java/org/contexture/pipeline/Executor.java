package org.contexture.pipeline;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.contexture.failure.Failure;
import org.contexture.file.FullDisk;
import org.contexture.pipeline.remote.RemoteFileException;
import org.contexture.record.Rejection;

/** Makes the datasets that a plan says are missing, one stage after another. */
public final class Executor {
  private static final int SHOWN_REJECTIONS = 3;

  /** Of a job that another process has submitted. */
  private static final int SHARDS_UNKNOWN = 0;

  private final Store store;
  private final StageRunner runner;
  private final String codeVersion;
  private final Clock clock;
  private final RunListener listener;

  /**
   * Prepares an executor.
   *
   * @param codeVersion what manifests name as the maker
   * @param listener is told what happens
   */
  public Executor(
      Store store, StageRunner runner, String codeVersion, Clock clock, RunListener listener) {
    this.store = store;
    this.runner = runner;
    this.codeVersion = codeVersion;
    this.clock = clock;
    this.listener = listener;
  }

  /**
   * Carries a plan out.
   *
   * @throws Failure if a stage fails; its message names the stage and the reason
   */
  public void run(Plan plan) throws InterruptedException {
    requireWritable();
    for (Plan.Step step : plan.steps()) {
      carryOut(step);
    }
  }

  void requireWritable() {
    store.requireWritable();
  }

  /** Carries one step of a plan out; all that its stage reads is there. */
  void carryOut(Plan.Step step) throws InterruptedException {
    if (step.decision() == Plan.Decision.REUSE) {
      clearRemains(step.dataset());
      listener.reused(step.dataset(), step.existing().orElseThrow());
    } else {
      make(step.dataset(), step);
    }
  }

  /** Clears what a run that died right after its commit left beside the dataset. */
  private void clearRemains(Dataset<?> dataset) throws InterruptedException {
    DatasetId id = dataset.id();
    try {
      if (store.lock(id).exists() && !Lease.isHeld(store.lock(id), clock)) {
        try (Lease lease = lease(dataset)) {
          lease.requireHeld();
          store.staging(id).delete();
        }
      }
    } catch (IOException failed) {
      throw explained(dataset, failed);
    }
  }

  private Lease lease(Dataset<?> dataset) throws IOException, InterruptedException {
    return Lease.acquire(
        store.lock(dataset.id()), Lease.DURATION, clock, who -> listener.waiting(dataset, who));
  }

  private <O extends SpecificRecord> void make(Dataset<O> dataset, Plan.Step step)
      throws InterruptedException {
    DatasetId id = dataset.id();
    try (Lease lease = lease(dataset)) {
      Optional<Manifest> existing = store.find(dataset);
      if (existing.isPresent() && step.existing().isEmpty()) {
        store.staging(id).delete();
        listener.reused(dataset, existing.get());
        return;
      }
      listener.started(dataset, step.reason());
      Staging staging = store.staging(id);
      awaitLeftBehind(dataset, staging);
      if (step.existing().isPresent()) {
        staging.delete();
      }
      staging.prepare(OutputTypes.of(dataset.stage()).beside().keySet());
      Instant start = clock.instant();
      runBody(dataset, staging);
      lease.requireHeld();
      Manifest manifest = commit(dataset, staging, start);
      listener.finished(dataset, manifest);
    } catch (IOException | RuntimeException failed) {
      listener.failed(dataset);
      throw explained(dataset, failed);
    }
  }

  /** An earlier run of this program may have died while its job went on elsewhere. */
  @SuppressWarnings("try") // the monitor is at work while it is open
  private void awaitLeftBehind(Dataset<?> dataset, Staging staging) throws InterruptedException {
    try (ProgressMonitor monitor = monitor(dataset, staging, SHARDS_UNKNOWN)) {
      runner.awaitLeftBehind(job(dataset), who -> listener.waiting(dataset, who));
    }
  }

  @SuppressWarnings("try") // the monitor is at work while it is open
  private <O extends SpecificRecord> void runBody(Dataset<O> dataset, Staging staging)
      throws IOException {
    Stage<O> stage = dataset.stage();
    String[] options = store.options().toArray(String[]::new);
    Pipeline pipeline = Pipeline.create(PipelineOptionsFactory.fromArgs(options).create());
    Offer offer = runner.offer(stage.placement());
    StageContext<O> context = new StageContext<>(store, staging, OutputTypes.of(stage), offer);
    stage.expand(pipeline, context);
    try (ProgressMonitor monitor = monitor(dataset, staging, context.shards())) {
      runner.run(
          pipeline, new StageRunner.Job(job(dataset), context.tasks(), offer, store.options()));
    }
    requireAllDone(staging, context.shards(), offer);
  }

  /** A task that every worker has let pass is not done, and no job fails for it. */
  private static void requireAllDone(Staging staging, int shards, Offer offer) throws IOException {
    int done = staging.finished().size();
    if (done < shards && offer.copies() == 1) {
      throw Failure.environment(
          "%d of its %d finished shards are gone: somebody has removed them, or the disk has lost"
              + " them. Give the same command again: it makes what is missing.",
          shards - done, shards);
    }
    if (done < shards) {
      throw Failure.environment(
          "%d of its %d tasks were taken by no worker: they are for workers with an accelerator,"
              + " and the cluster says that it has some, but none is there that was started with"
              + " -D%s=true. Start it, then give the same command.",
          shards - done, shards, Placement.ACCELERATOR_PROPERTY);
    }
  }

  private ProgressMonitor monitor(Dataset<?> dataset, Staging staging, int shards) {
    String job = job(dataset);
    return new ProgressMonitor(dataset, staging, shards, () -> runner.whereabouts(job), listener);
  }

  /** The name of the job, the same in every run and for no other dataset. */
  private String job(Dataset<?> dataset) {
    return "contexture %s in %s".formatted(dataset.id(), store.fullLocation());
  }

  private Manifest commit(Dataset<?> dataset, Staging staging, Instant start) throws IOException {
    Stage<?> stage = dataset.stage();
    List<Staging.Done> finished = staging.finished();
    List<Manifest.DataFile> files =
        finished.stream().flatMap(done -> done.data().stream()).toList();
    List<Manifest.Attachment> attachments =
        finished.stream().flatMap(done -> done.attachments().stream()).toList();
    List<Manifest.DataFile> deadLetters = filesOf(DatasetId.REJECTED, finished);
    long records = records(files);
    long rejected = records(deadLetters);
    SortedMap<String, DatasetId> inputs = new TreeMap<>();
    stage.inputs().forEach((part, input) -> inputs.put(part, input.id()));
    Manifest manifest =
        new Manifest(
            Manifest.FORMAT,
            stage.name(),
            stage.version(),
            dataset.fingerprint().hex(),
            stage.config().settings().json(),
            inputs,
            stage.recordType().getName(),
            Fingerprint.ofSchema(SpecificData.get().getSchema(stage.recordType())),
            records,
            rejected,
            files,
            attachments,
            codeVersion,
            runner.toString(),
            start.truncatedTo(ChronoUnit.SECONDS).toString(),
            Duration.between(start, clock.instant()).toMillis() / 1000.0);
    DatasetId rejectedId = dataset.id().rejected();
    if (rejected > 0) {
      commitBeside(DatasetId.REJECTED, Rejection.class, staging, manifest, deadLetters);
      requireFewRejections(dataset, rejectedId, records, rejected);
    } else {
      store.delete(rejectedId);
    }
    for (Map.Entry<String, Companion> companion : stage.companions().entrySet()) {
      commitBeside(
          companion.getKey(),
          companion.getValue().recordType(),
          staging,
          manifest,
          filesOf(companion.getKey(), finished));
    }
    store.commit(staging, manifest);
    staging.delete();
    return manifest;
  }

  private static List<Manifest.DataFile> filesOf(String companion, List<Staging.Done> finished) {
    return finished.stream()
        .map(done -> done.beside().get(companion))
        .filter(Objects::nonNull)
        .toList();
  }

  private static long records(List<Manifest.DataFile> files) {
    return files.stream().mapToLong(Manifest.DataFile::records).sum();
  }

  private void commitBeside(
      String companion,
      Class<? extends SpecificRecord> recordType,
      Staging staging,
      Manifest main,
      List<Manifest.DataFile> files)
      throws IOException {
    store.commitBeside(
        staging,
        companion,
        new Manifest(
            main.format(),
            main.id().companion(companion).stage(),
            main.version(),
            main.fingerprint(),
            main.settings(),
            main.inputs(),
            recordType.getName(),
            Fingerprint.ofSchema(SpecificData.get().getSchema(recordType)),
            records(files),
            0,
            files,
            List.of(),
            main.codeVersion(),
            main.runner(),
            main.started(),
            main.seconds()));
  }

  private void requireFewRejections(
      Dataset<?> dataset, DatasetId rejectedId, long records, long rejected) {
    double share = (double) rejected / (records + rejected);
    if (share <= dataset.stage().maxRejectedShare()) {
      return;
    }
    StringBuilder first = new StringBuilder();
    int shown = 0;
    for (Rejection rejection : store.open(rejectedId, Rejection.class).open()) {
      if (shown++ == SHOWN_REJECTIONS) {
        break;
      }
      first.append(
          "%n  %s (%s): %s"
              .formatted(rejection.getWhat(), rejection.getWhere(), rejection.getWhy()));
    }
    throw Failure.data(
        "%d of %d inputs were rejected, more than the allowed share of %s. The first:%s%n"
            + "All of them: contexture datasets show %s --records %s",
        rejected,
        records + rejected,
        dataset.stage().maxRejectedShare(),
        first,
        rejectedId,
        rejected);
  }

  private Failure explained(Dataset<?> dataset, Throwable failed) {
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      if (cause instanceof Failure failure) {
        return failure.reworded("Stage %s failed: %s", dataset.label(), failure.getMessage());
      }
      String message = String.valueOf(cause.getMessage());
      if (FullDisk.is(cause)) {
        return Failure.environment(
                "Stage %s failed: the disk that holds %s is full. Free some space, or %s.",
                dataset.label(), store.root(), store.wayToAnotherDisk())
            .causedBy(failed);
      }
      if (cause instanceof RemoteFileException) {
        return Failure.environment(
                "Stage %s failed: %s. What is finished is kept: run the command again.",
                dataset.label(), message)
            .causedBy(failed);
      }
      if (cause.getCause() == null) {
        return Failure.stage("Stage %s failed: %s", dataset.label(), cause).causedBy(failed);
      }
    }
    throw new IllegalStateException("unreachable");
  }
}
