package org.contexture.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.contexture.file.DirectoryTree;
import org.contexture.file.DurableFile;

/**
 * A dataset being made in a directory, which becomes the dataset.
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
final class LocalStaging implements Staging {
  private static final long serialVersionUID = 1L;

  /** What the name of a file that is being written has after its later name. */
  static final String TEMPORARY = ".temporary-";

  /** What the name of a marker has after that of its shard. */
  static final String MARKER = ".json";

  private static final Duration PROGRESS = Duration.ofMillis(500);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String directory;
  private final String salt;

  LocalStaging(Path directory, DatasetId id) {
    this.directory = directory.toAbsolutePath().toString();
    this.salt = id.toString();
  }

  @Override
  public Path data() {
    return Path.of(directory, "data");
  }

  private Path beside() {
    return Path.of(directory, "beside");
  }

  @Override
  public Path beside(String companion) {
    return beside().resolve(companion);
  }

  private Path progress() {
    return Path.of(directory, "progress");
  }

  private Path leases() {
    return Path.of(directory, "leases");
  }

  @Override
  public Path state() {
    return Path.of(directory, "state");
  }

  @Override
  public Path kept() {
    return state();
  }

  @Override
  public String keptIn() {
    return kept().toString();
  }

  @Override
  public void keep() {}

  private Path doneDirectory() {
    return Path.of(directory, "done");
  }

  @Override
  public void prepare(Set<String> companions) throws IOException {
    enter(companions);
    List<Path> parts = new ArrayList<>(List.of(data(), doneDirectory(), progress()));
    companions.forEach(companion -> parts.add(beside(companion)));
    for (Path part : parts) {
      try (Stream<Path> files = Files.list(part)) {
        for (Path file : files.toList()) {
          if (part.equals(progress()) || isTemporary(file)) {
            Files.deleteIfExists(file);
          }
        }
      }
    }
    for (Path file : doneFiles()) {
      Optional<Done> entry = parse(Files.readAllBytes(file));
      if (entry.isEmpty() || !isThere(entry.get())) {
        Files.delete(file);
      }
    }
  }

  /** What a marker says, unless it is damaged: then its shard is not known to be finished. */
  static Optional<Done> parse(byte[] marker) throws IOException {
    try {
      return Optional.ofNullable(JSON.readValue(marker, Done.class));
    } catch (JsonProcessingException damaged) {
      return Optional.empty();
    }
  }

  @Override
  public void enter(Set<String> companions) throws IOException {
    for (Path part : List.of(data(), doneDirectory(), progress(), state())) {
      Files.createDirectories(part);
    }
    for (String companion : companions) {
      Files.createDirectories(beside(companion));
    }
  }

  private boolean isThere(Done entry) throws IOException {
    for (Manifest.DataFile file : entry.data()) {
      if (!isThere(data(), file)) {
        return false;
      }
    }
    for (Manifest.Attachment file : entry.attachments()) {
      if (!hasLength(data().resolve(file.name()), file.bytes())) {
        return false;
      }
    }
    for (Map.Entry<String, Manifest.DataFile> file : entry.beside().entrySet()) {
      if (!isThere(beside(file.getKey()), file.getValue())) {
        return false;
      }
    }
    return true;
  }

  /** Whether a finished file is; it is not when a crash came between commit and clearing up. */
  private static boolean isThere(Path part, Manifest.DataFile file) throws IOException {
    Path path = part.resolve(file.name());
    return Files.exists(part.resolve(file.index())) && hasLength(path, file.bytes());
  }

  private static boolean hasLength(Path path, long bytes) throws IOException {
    return Files.exists(path) && Files.size(path) == bytes;
  }

  @Override
  public String saltOf(String shard) {
    return salt + "/" + shard;
  }

  private static boolean isTemporary(Path file) {
    return file.getFileName().toString().contains(TEMPORARY);
  }

  /** A name that nobody else uses, for a file that is renamed to {@code target} when complete. */
  static Path temporary(Path target) {
    return target.resolveSibling(target.getFileName() + TEMPORARY + UUID.randomUUID());
  }

  @Override
  public Lease lease(String shard) throws IOException, InterruptedException {
    return Lease.ofShard(new LocalLock(leases().resolve(shard)));
  }

  @Override
  public boolean isDone(String shard) {
    return Files.exists(doneDirectory().resolve(shard + MARKER));
  }

  @Override
  public Set<String> done() throws IOException {
    return doneFiles().stream()
        .map(file -> shardOf(file.getFileName().toString()))
        .collect(Collectors.toSet());
  }

  /** The shard that a marker is of, by its name. */
  static String shardOf(String marker) {
    return marker.substring(0, marker.length() - MARKER.length());
  }

  @Override
  public void markDone(String shard, Done entry) throws IOException {
    writeAtomically(doneDirectory().resolve(shard + MARKER), JSON.writeValueAsBytes(entry));
  }

  @Override
  public List<Done> finished() throws IOException {
    List<Done> entries = new ArrayList<>();
    for (Path file : doneFiles()) {
      parse(Files.readAllBytes(file)).ifPresent(entries::add);
    }
    return entries;
  }

  private List<Path> doneFiles() throws IOException {
    try (Stream<Path> files = Files.list(doneDirectory())) {
      return files
          .filter(file -> !isTemporary(file))
          .sorted(Comparator.comparing(Path::toString))
          .toList();
    }
  }

  @Override
  public void announce(String shard, Progress progress) throws IOException {
    Path target = progress().resolve(shard);
    Path temporary = temporary(target);
    Files.writeString(temporary, progress.text());
    rename(temporary, target);
  }

  @Override
  public Duration progressInterval() {
    return PROGRESS;
  }

  @Override
  public SortedMap<String, Progress> announced() throws IOException {
    SortedMap<String, Progress> announced = new TreeMap<>();
    try (Stream<Path> files = Files.list(progress())) {
      for (Path file : files.filter(file -> !isTemporary(file)).toList()) {
        announced.put(file.getFileName().toString(), Progress.parse(Files.readString(file)));
      }
    }
    return announced;
  }

  @Override
  public boolean isAtWork(Clock clock) throws IOException {
    Instant lately = clock.instant().minus(Lease.DURATION);
    for (Path file : LocalStore.children(progress())) {
      if (modified(file).filter(lately::isBefore).isPresent()) {
        return true;
      }
    }
    for (Path file : LocalStore.children(leases())) {
      if (!isTemporary(file) && Lease.isHeld(new LocalLock(file), clock)) {
        return true;
      }
    }
    return false;
  }

  /** When a file was written last, if it is there. */
  static Optional<Instant> modified(Path file) throws IOException {
    try {
      return Optional.of(Files.getLastModifiedTime(file).toInstant());
    } catch (NoSuchFileException gone) {
      return Optional.empty();
    }
  }

  /** Writes a file that is there whole or not at all, even after a loss of power. */
  static void writeAtomically(Path target, byte[] content) throws IOException {
    Path temporary = temporary(target);
    DurableFile.write(temporary, content);
    rename(temporary, target);
  }

  /** Puts a file in place of what may be there. */
  static void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void delete() throws IOException {
    DirectoryTree.delete(Path.of(directory));
  }
}
