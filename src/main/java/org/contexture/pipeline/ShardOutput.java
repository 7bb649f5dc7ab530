package org.contexture.pipeline;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.contexture.file.DurableFile;
import org.contexture.record.Rejection;
import org.contexture.shard.ShardWriter;

/**
 * Takes the records of one task, and what it rejects. That is one shard, unless the task
 * {@linkplain #startAnother asks} for more: {@code NAME.avro}, then {@code NAME.00001.avro} and so
 * on.
 */
public final class ShardOutput<O extends SpecificRecord> {
  private final Staging staging;
  private final String shard;
  private final OutputTypes<O> types;
  private final Optional<Lease> lease;
  private final List<Manifest.DataFile> earlier = new ArrayList<>();
  private final List<Manifest.Attachment> attachments = new ArrayList<>();
  private final SortedMap<String, Part<SpecificRecord>> beside = new TreeMap<>();
  private Part<O> data;
  private long lastProgress;

  /**
   * The output of one task.
   *
   * @param lease without which the task must not go on, where it needs one
   */
  ShardOutput(Staging staging, String shard, OutputTypes<O> types, Optional<Lease> lease) {
    this.staging = staging;
    this.shard = shard;
    this.types = types;
    this.lease = lease;
    lastProgress = System.nanoTime() - staging.progressInterval().toNanos();
    data = part(shard);
    for (String companion : types.beside().keySet()) {
      beside.put(
          companion,
          new Part<>(
              staging.beside(companion).resolve(shard),
              types.schema(companion),
              staging.saltOf(companion + "/" + shard)));
    }
  }

  private Part<O> part(String name) {
    return new Part<>(staging.data().resolve(name), types.schema(), staging.saltOf(name));
  }

  /**
   * Ends the shard and starts another one. For tasks that cannot know beforehand how much they will
   * write; where to cut must depend on the input alone.
   */
  public void startAnother() throws IOException {
    data.start();
    earlier.add(data.finish());
    String stem = shard.substring(0, shard.lastIndexOf('.'));
    data = part(String.format(Locale.ROOT, "%s.%05d%s", stem, earlier.size(), Part.EXTENSION));
  }

  /** Adds a record at the end of the shard. */
  public void add(O value) throws IOException {
    data.add(value);
  }

  /**
   * Adds a record to a companion of the result.
   *
   * @param companion one of those that the stage says it has
   */
  public void add(String companion, SpecificRecord value) throws IOException {
    beside.get(companion).add(value);
  }

  /**
   * Puts an input into the dead letters.
   *
   * @param what what is refused: a path, a row, an id
   * @param where where it was found: file, line or record
   * @param why why, in a sentence
   */
  public void reject(String what, String where, String why) throws IOException {
    reject(new Rejection(what, where, why));
  }

  void reject(Rejection rejection) throws IOException {
    add(DatasetId.REJECTED, rejection);
  }

  /**
   * Makes a file part of the dataset as it is.
   *
   * @param file in {@link #state()}; it keeps its name, which no other task may use
   * @param sha256 of its content, in hexadecimal
   */
  public void attach(Path file, String sha256) throws IOException {
    String name = file.getFileName().toString();
    if (name.endsWith(Part.EXTENSION) || name.equals(Manifest.FILE)) {
      throw new IllegalArgumentException("an attachment called " + name);
    }
    attachments.add(new Manifest.Attachment(name, Files.size(file), sha256));
    Path target = staging.data().resolve(name);
    Path linked = LocalStaging.temporary(target);
    DurableFile.force(file);
    try {
      Files.createLink(linked, file); // the task has it until the shard is finished
      // What an earlier attempt attached stays until this takes its place: a commit may be near.
      LocalStaging.rename(linked, target);
    } catch (IOException | UnsupportedOperationException diskWithoutLinks) {
      LocalStaging.rename(file, target);
    } finally {
      Files.deleteIfExists(linked); // still there if both were links to one file
    }
  }

  /** Says how far this shard is; cheap enough to call for every record. */
  public void progress(long done, long total, String note) throws IOException {
    progress(new Progress(done, total, Progress.Unit.THINGS, note));
  }

  /** Says how far this shard is; cheap enough to call for every record. */
  public void progress(Progress progress) throws IOException {
    long now = System.nanoTime();
    if (now - lastProgress >= staging.progressInterval().toNanos()
        || progress.done() == progress.total()) {
      announce(progress);
    }
  }

  /** Says how far this shard is, however little time has passed since the last time. */
  public void announce(Progress progress) throws IOException {
    lastProgress = System.nanoTime();
    requireLease();
    staging.announce(shard, progress);
  }

  /**
   * A directory of this machine for what the task needs while it works, and finds again if another
   * attempt is on this machine. It goes when the dataset is complete; but of a store that is not a
   * directory, on machines other than that of the client, with the {@linkplain Store#leftovers
   * leftovers}.
   */
  public Path state() {
    return staging.state();
  }

  private void requireLease() throws IOException {
    if (lease.isPresent()) {
      lease.get().requireHeld();
    }
  }

  /**
   * A directory for what the only task of a stage keeps between attempts, such as a training's own
   * checkpoints. Another attempt finds there what was in it at the last {@link #keep}, on whatever
   * machine it is; it goes when the dataset is complete.
   */
  public Path kept() throws IOException {
    return staging.kept();
  }

  /**
   * Where what is kept lies between attempts, for messages: {@link #kept}, or the address that it
   * is a copy of.
   */
  public String keptIn() {
    return staging.keptIn();
  }

  /** Makes what is in {@link #kept} outlive this machine; may be called on another thread. */
  public void keep() throws IOException {
    requireLease();
    staging.keep();
  }

  /** Puts the finished files in place. */
  void finish(boolean dataWanted) throws IOException {
    requireLease();
    if (dataWanted) {
      data.start();
    }
    List<Manifest.DataFile> files = new ArrayList<>(earlier);
    Manifest.DataFile last = data.finish();
    if (last != null) {
      files.add(last);
    }
    SortedMap<String, Manifest.DataFile> besides = new TreeMap<>();
    for (Map.Entry<String, Part<SpecificRecord>> part : beside.entrySet()) {
      Manifest.DataFile file = part.getValue().finish();
      if (file != null) {
        besides.put(part.getKey(), file);
      }
    }
    staging.markDone(shard, new Staging.Done(files, attachments, besides));
  }

  /**
   * Gives up: what was written so far goes.
   *
   * @param reason why; it is told what could not go
   */
  void abandon(Throwable reason) {
    data.abandon(reason);
    beside.values().forEach(part -> part.abandon(reason));
  }

  /** One file and its index, written under a temporary name and renamed when complete. */
  private static final class Part<T extends SpecificRecord> {
    static final String EXTENSION = ".avro";

    private final Path target;
    private final Path temporary;
    private final Schema schema;
    private final String salt;
    private ShardWriter<T> writer;

    Part(Path target, Schema schema, String salt) {
      this.target = target;
      this.temporary = LocalStaging.temporary(target);
      this.schema = schema;
      this.salt = salt;
    }

    void start() throws IOException {
      if (writer == null) {
        writer = ShardWriter.create(temporary, schema, salt);
      }
    }

    void add(T value) throws IOException {
      start();
      writer.append(value);
    }

    Manifest.DataFile finish() throws IOException {
      if (writer == null) {
        return null;
      }
      ShardWriter.Summary summary = writer.finish();
      LocalStaging.rename(indexOf(temporary), indexOf(target));
      LocalStaging.rename(temporary, target);
      return new Manifest.DataFile(
          target.getFileName().toString(),
          summary.records(),
          summary.bytes(),
          summary.sha256(),
          summary.indexSha256());
    }

    void abandon(Throwable reason) {
      List<Closeable> steps = new ArrayList<>();
      if (writer != null) {
        steps.add(writer);
      }
      steps.add(() -> Files.deleteIfExists(temporary)); // may be there without a writer
      steps.add(() -> Files.deleteIfExists(indexOf(temporary)));
      for (Closeable step : steps) {
        try {
          step.close();
        } catch (IOException notDone) {
          reason.addSuppressed(notDone);
        }
      }
    }

    private static Path indexOf(Path file) {
      return file.resolveSibling(file.getFileName() + ".index");
    }
  }
}
