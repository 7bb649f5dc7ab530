package org.contexture.pipeline;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A dataset being made: where tasks put finished shards. What is finished is kept when a run ends
 * early, and the next run goes on from there; the bytes of a shard depend on its fingerprint alone,
 * so it does not matter who wrote it. It travels to workers.
 */
interface Staging extends Serializable {

  /**
   * A finished shard.
   *
   * @param data its files in {@link #data}, in order; none for a task that only rejects
   * @param attachments its files in {@link #data} that are no shards
   * @param beside its file in {@link #beside}, for each companion that it wrote anything to
   */
  record Done(
      List<Manifest.DataFile> data,
      List<Manifest.Attachment> attachments,
      SortedMap<String, Manifest.DataFile> beside) {
    public Done {
      data = List.copyOf(data);
      attachments = List.copyOf(attachments);
      beside = Collections.unmodifiableSortedMap(new TreeMap<>(beside));
    }
  }

  /**
   * Makes ready for a run and drops what earlier runs left unfinished.
   *
   * @param companions the names of all companions, that of dead letters included
   */
  void prepare(Set<String> companions) throws IOException;

  /** Makes the directories below on this machine, for a task that is about to write. */
  void enter(Set<String> companions) throws IOException;

  /** The directory of this machine that finished files go to. */
  Path data();

  /** The directory of this machine that the finished files of a companion go to. */
  Path beside(String companion);

  /** A directory of this machine for what tasks need while they work. */
  Path state();

  /**
   * A directory for what the one task of a stage keeps between attempts, wherever they run; with
   * what earlier attempts have {@linkplain #keep kept}.
   */
  Path kept() throws IOException;

  /** Where what is kept lies between attempts, for messages: a path or an address. */
  String keptIn();

  /** Makes what is in {@link #kept} last. */
  void keep() throws IOException;

  /** What tells one shard from all others, for its sync marker. */
  String saltOf(String shard);

  /**
   * Waits for the right to make a shard, which one process has at a time. A task whose worker the
   * cluster has given up may be at work all the same.
   */
  Lease lease(String shard) throws IOException, InterruptedException;

  /** Whether a shard is finished. */
  boolean isDone(String shard) throws IOException;

  /** Declares a shard finished; its files are in place. */
  void markDone(String shard, Done entry) throws IOException;

  /** Every finished shard, in the order of their names. */
  List<Done> finished() throws IOException;

  /** Says how far a shard is. */
  void announce(String shard, Progress progress) throws IOException;

  /** What every task that has said how far it is said last, by its shard. */
  SortedMap<String, Progress> announced() throws IOException;

  /** The names of the finished shards. */
  Set<String> done() throws IOException;

  /**
   * How far the tasks are, all together; empty as long as none has said anything. A task that has
   * not begun counts as one that has, on the average; one that was finished before counts for
   * nothing.
   *
   * @param shards how many there are; fewer than are known if that cannot be told
   */
  default Optional<Progress> totalProgress(int shards) {
    try {
      SortedMap<String, Progress> announced = announced();
      Progress sum = announced.values().stream().reduce(Progress.NONE, Progress::plus);
      Set<String> begun = new HashSet<>(done());
      begun.addAll(announced.keySet());
      return sum.total() == 0
          ? Optional.empty()
          : Optional.of(sum.withMore(shards - begun.size(), announced.size()));
    } catch (IOException unheard) {
      return Optional.empty();
    }
  }

  /**
   * Whether a task may be at work on it, although nobody has the lock of the dataset: a job on a
   * cluster goes on when the process that submitted it dies. A task has the lease of its shard, or
   * has said lately how far it is.
   */
  boolean isAtWork(Clock clock) throws IOException;

  /** How often it is worth saying, and asking, how far a shard is. */
  Duration progressInterval();

  /** Removes it. */
  void delete() throws IOException;
}
