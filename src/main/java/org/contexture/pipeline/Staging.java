package org.contexture.pipeline;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A dataset being made: a directory that tasks put finished shards into. What is finished is kept
 * when a run ends early, and the next run goes on from there; the bytes of a shard depend on its
 * fingerprint alone, so it does not matter who wrote it.
 *
 * <pre>
 * data/      finished shards; becomes the dataset
 * beside/    a directory for each companion; becomes a dataset of its own
 * done/      one small JSON file for each finished shard
 * leases/    one small file for each shard that one process alone may be at work on
 * progress/  one small text file for each shard at work
 * state/     what a task keeps for itself between attempts, such as a training's own checkpoints
 * </pre>
 */
final class Staging implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String TEMPORARY = ".temporary-";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final System.Logger LOG = System.getLogger(Staging.class.getName());

  private final String directory;
  private final String salt;

  /**
   * A finished shard.
   *
   * @param data its files in {@code data/}, in order; none for a task that only rejects
   * @param attachments its files in {@code data/} that are no shards
   * @param beside its file in {@code beside/NAME/}, for each companion that it wrote anything to
   */
  record Done(
      List<Manifest.DataFile> data,
      List<Manifest.Attachment> attachments,
      SortedMap<String, Manifest.DataFile> beside) {
    Done {
      data = List.copyOf(data);
      attachments = List.copyOf(attachments);
      beside = Collections.unmodifiableSortedMap(new TreeMap<>(beside));
    }

    private boolean isThere(Staging staging) throws IOException {
      for (Manifest.DataFile file : data) {
        if (!Staging.isThere(staging.data(), file)) {
          return false;
        }
      }
      for (Manifest.Attachment file : attachments) {
        if (!hasLength(staging.data().resolve(file.name()), file.bytes())) {
          return false;
        }
      }
      for (Map.Entry<String, Manifest.DataFile> file : beside.entrySet()) {
        if (!Staging.isThere(staging.beside(file.getKey()), file.getValue())) {
          return false;
        }
      }
      return true;
    }
  }

  Staging(Path directory, DatasetId id) {
    this.directory = directory.toAbsolutePath().toString();
    this.salt = id.toString();
  }

  Path data() {
    return Path.of(directory, "data");
  }

  private Path beside() {
    return Path.of(directory, "beside");
  }

  Path beside(String companion) {
    return beside().resolve(companion);
  }

  Path progress() {
    return Path.of(directory, "progress");
  }

  Path state() {
    return Path.of(directory, "state");
  }

  private Path done() {
    return Path.of(directory, "done");
  }

  /**
   * Makes the directories and drops what earlier runs left unfinished.
   *
   * @param companions the names of all companions, that of dead letters included
   */
  void prepare(Set<String> companions) throws IOException {
    List<Path> parts = new ArrayList<>(List.of(data(), done(), progress()));
    companions.forEach(companion -> parts.add(beside(companion)));
    Files.createDirectories(state());
    for (Path part : parts) {
      Files.createDirectories(part);
      try (Stream<Path> files = Files.list(part)) {
        for (Path file : files.toList()) {
          if (part.equals(progress()) || file.getFileName().toString().contains(TEMPORARY)) {
            Files.deleteIfExists(file);
          }
        }
      }
    }
    for (Path file : doneFiles()) {
      Done entry = JSON.readValue(Files.readAllBytes(file), Done.class);
      if (!entry.isThere(this)) {
        Files.delete(file);
      }
    }
  }

  /** Whether a finished file is; it is not when a crash came between commit and clearing up. */
  private static boolean isThere(Path part, Manifest.DataFile file) throws IOException {
    Path path = part.resolve(file.name());
    return Files.exists(part.resolve(file.name() + ".index")) && hasLength(path, file.bytes());
  }

  private static boolean hasLength(Path path, long bytes) throws IOException {
    return Files.exists(path) && Files.size(path) == bytes;
  }

  /** What tells one shard from all others, for its sync marker. */
  String saltOf(String shard) {
    return salt + "/" + shard;
  }

  /** A name that nobody else uses, for a file that is renamed to {@code target} when complete. */
  static Path temporary(Path target) {
    return target.resolveSibling(target.getFileName() + TEMPORARY + UUID.randomUUID());
  }

  /**
   * Waits for the right to make a shard, which one process has at a time. A task whose worker the
   * cluster has given up may be at work all the same.
   */
  Lease lease(String shard) throws IOException, InterruptedException {
    return Lease.acquire(
        Path.of(directory, "leases", shard),
        Lease.DURATION,
        Clock.systemUTC(),
        holder -> LOG.log(System.Logger.Level.INFO, shard + " of " + directory + ": " + holder));
  }

  boolean isDone(String shard) {
    return Files.exists(done().resolve(shard + ".json"));
  }

  /** Declares a shard finished; its files are in place. */
  void markDone(String shard, Done entry) throws IOException {
    writeAtomically(done().resolve(shard + ".json"), JSON.writeValueAsBytes(entry));
  }

  /** Every finished shard, in the order of their names. */
  List<Done> finished() throws IOException {
    List<Done> entries = new ArrayList<>();
    for (Path file : doneFiles()) {
      entries.add(JSON.readValue(Files.readAllBytes(file), Done.class));
    }
    return entries;
  }

  private List<Path> doneFiles() throws IOException {
    try (Stream<Path> files = Files.list(done())) {
      return files
          .filter(file -> !file.getFileName().toString().contains(TEMPORARY))
          .sorted(Comparator.comparing(Path::toString))
          .toList();
    }
  }

  /** How far the tasks are, all together; empty as long as none has said anything. */
  Optional<Progress> totalProgress() {
    Progress sum = Progress.NONE;
    try (Stream<Path> files = Files.list(progress())) {
      for (Path file : files.sorted().toList()) {
        sum = sum.plus(Progress.parse(Files.readString(file)));
      }
    } catch (IOException gone) {
      return Optional.empty();
    }
    return sum.total() == 0 ? Optional.empty() : Optional.of(sum);
  }

  static void writeAtomically(Path target, byte[] content) throws IOException {
    Path temporary = temporary(target);
    Files.write(temporary, content);
    Files.move(
        temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  void delete() throws IOException {
    deleteRecursively(Path.of(directory));
  }

  static void deleteRecursively(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (NoSuchFileException alreadyGone) {
      return;
    }
  }
}
