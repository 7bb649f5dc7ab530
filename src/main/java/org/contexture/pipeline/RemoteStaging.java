package org.contexture.pipeline;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.contexture.file.DirectoryTree;
import org.contexture.pipeline.remote.LocalCache;
import org.contexture.pipeline.remote.RemoteFiles;

/**
 * A dataset being made in a store that is not of this machine. A task makes its files here, as it
 * would for a {@link LocalStaging}; when they are finished they go where they will stay, and then
 * the store is told that they are there.
 *
 * <pre>
 * done/      one small JSON file for each finished shard
 * leases/    one small file for each shard that one process alone may be at work on
 * progress/  one small text file for each shard at work
 * kept/      what a task keeps for itself between attempts
 * </pre>
 */
final class RemoteStaging implements Staging {
  private static final long serialVersionUID = 1L;
  private static final Duration PROGRESS = Duration.ofSeconds(5);
  private static final String DONE = "/done/";
  private static final String PROGRESS_FILES = "/progress/";
  private static final String LEASES = "/leases/";
  private static final String KEPT = "kept";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final LocalCache cache;
  private final DatasetId id;

  RemoteStaging(LocalCache cache, DatasetId id) {
    this.cache = cache;
    this.id = id;
  }

  private String name() {
    return id + Store.STAGING;
  }

  private RemoteFiles files() {
    return cache.files();
  }

  /** Where tasks work on this machine, whichever it is. */
  private LocalStaging here() {
    return new LocalStaging(cache.path(name()), id);
  }

  @Override
  public void prepare(Set<String> companions) throws IOException {
    here().prepare(companions);
    files().delete(names(PROGRESS_FILES));
    Set<String> there = RemoteContent.names(files(), id);
    for (String companion : companions) {
      there.addAll(RemoteContent.names(files(), id.companion(companion)));
    }
    for (String marker : names(DONE)) {
      Optional<Done> entry = done(marker);
      if (entry.isEmpty() || !there.containsAll(contents(entry.get()))) {
        files().delete(List.of(marker));
      }
    }
  }

  private Set<String> contents(Done entry) {
    Set<String> contents = RemoteContent.names(id, entry.data(), entry.attachments());
    entry
        .beside()
        .forEach(
            (companion, file) ->
                contents.addAll(
                    RemoteContent.names(id.companion(companion), List.of(file), List.of())));
    return contents;
  }

  private List<String> names(String part) throws IOException {
    return files().entries(name() + part + "*").stream().map(RemoteFiles.Entry::name).toList();
  }

  private Optional<Done> done(String marker) throws IOException {
    byte[] json =
        files()
            .read(marker)
            .orElseThrow(() -> new IOException(marker + " was there and is there no more"));
    return LocalStaging.parse(json);
  }

  @Override
  public void enter(Set<String> companions) throws IOException {
    here().enter(companions);
  }

  @Override
  public Path data() {
    return here().data();
  }

  @Override
  public Path beside(String companion) {
    return here().beside(companion);
  }

  @Override
  public Path state() {
    return here().state();
  }

  @Override
  public Path kept() throws IOException {
    Path kept = state().resolve(KEPT);
    DirectoryTree.delete(kept);
    Files.createDirectories(kept);
    String part = "/" + KEPT + "/";
    for (String name : names(part)) {
      Path file = kept.resolve(name.substring((name() + part).length()));
      files().download(name, file);
    }
    return kept;
  }

  @Override
  public String keptIn() {
    return files().address().of(name() + "/" + KEPT);
  }

  @Override
  public void keep() throws IOException {
    try (Stream<Path> kept = Files.list(state().resolve(KEPT))) {
      for (Path file : kept.sorted().toList()) {
        files().upload(file, name() + "/" + KEPT + "/" + file.getFileName());
      }
    }
  }

  @Override
  public String saltOf(String shard) {
    return here().saltOf(shard);
  }

  private String marker(String shard) {
    return name() + DONE + shard + LocalStaging.MARKER;
  }

  @Override
  public Lease lease(String shard) throws IOException, InterruptedException {
    return Lease.ofShard(new RemoteLock(files(), name() + LEASES + shard, RemoteLock.MOMENT));
  }

  @Override
  public boolean isDone(String shard) throws IOException {
    return files().entry(marker(shard)).isPresent();
  }

  @Override
  public Set<String> done() throws IOException {
    return names(DONE).stream()
        .map(name -> LocalStaging.shardOf(lastPart(name)))
        .collect(Collectors.toSet());
  }

  private static String lastPart(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }

  @Override
  public void markDone(String shard, Done entry) throws IOException {
    for (Manifest.DataFile file : entry.data()) {
      give(id, data(), file);
    }
    for (Manifest.Attachment file : entry.attachments()) {
      cache.give(data().resolve(file.name()), RemoteContent.attachment(id, file));
    }
    for (Map.Entry<String, Manifest.DataFile> file : entry.beside().entrySet()) {
      give(id.companion(file.getKey()), beside(file.getKey()), file.getValue());
    }
    files().write(marker(shard), JSON.writeValueAsBytes(entry));
  }

  private void give(DatasetId owner, Path directory, Manifest.DataFile file) throws IOException {
    cache.give(directory.resolve(file.index()), RemoteContent.index(owner, file));
    cache.give(directory.resolve(file.name()), RemoteContent.shard(owner, file));
  }

  @Override
  public List<Done> finished() throws IOException {
    List<Done> entries = new ArrayList<>();
    for (String marker : names(DONE)) {
      done(marker).ifPresent(entries::add);
    }
    return entries;
  }

  @Override
  public void announce(String shard, Progress progress) {
    try {
      files()
          .write(name() + PROGRESS_FILES + shard, progress.text().getBytes(StandardCharsets.UTF_8));
    } catch (IOException unheard) {
      return; // nothing but what a person sees depends on it
    }
  }

  @Override
  public SortedMap<String, Progress> announced() throws IOException {
    SortedMap<String, Progress> announced = new TreeMap<>();
    for (String name : names(PROGRESS_FILES)) {
      files()
          .read(name)
          .map(text -> Progress.parse(new String(text, StandardCharsets.UTF_8)))
          .ifPresent(progress -> announced.put(lastPart(name), progress));
    }
    return announced;
  }

  @Override
  public boolean isAtWork(Clock clock) throws IOException {
    long lately = clock.instant().minus(Lease.DURATION).toEpochMilli();
    // What is being renewed may just now be there under its temporary name alone.
    for (RemoteFiles.Entry file : files().all(name() + PROGRESS_FILES + "*")) {
      if (file.modified() > lately) {
        return true;
      }
    }
    for (RemoteFiles.Entry file : files().all(name() + LEASES + "*")) {
      if (Lease.isHeld(new RemoteLock(files(), file.finalName(), RemoteLock.MOMENT), clock)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public Duration progressInterval() {
    return PROGRESS;
  }

  @Override
  public void delete() throws IOException {
    RemoteContent.delete(files(), name());
    here().delete();
  }
}
