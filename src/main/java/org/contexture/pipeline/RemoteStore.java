package org.contexture.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.contexture.failure.Failure;
import org.contexture.file.DirectoryTree;
import org.contexture.file.DurableFile;
import org.contexture.pipeline.remote.LocalCache;
import org.contexture.pipeline.remote.RemoteAddress;
import org.contexture.pipeline.remote.RemoteFiles;

/**
 * A store in a file system that may know no directories and rename nothing. Files go at once where
 * they stay, and the manifest, one file that is written last, makes them a dataset. What is read is
 * copied to this machine first.
 */
final class RemoteStore extends Store {
  private final RemoteFiles files;
  private final LocalCache cache;

  private RemoteStore(RemoteFiles files, LocalCache cache) {
    this.files = files;
    this.cache = cache;
  }

  /** The store of an address, where nothing need be yet. */
  static RemoteStore at(RemoteAddress address, Path cache) {
    RemoteFiles files = RemoteFiles.open(address);
    LocalCache copies = new LocalCache(files, cache);
    try {
      Files.createDirectories(copies.directory());
    } catch (IOException failed) {
      throw Failure.environment(
              "The store %s cannot be used: its copies cannot be kept in %s: %s. Choose another"
                  + " directory with --cache DIR.",
              address, copies.directory(), failed)
          .causedBy(failed);
    }
    return new RemoteStore(files, copies);
  }

  @Override
  public String location() {
    return files.address().uri();
  }

  @Override
  String fullLocation() {
    return location();
  }

  @Override
  List<String> options() {
    return files.options();
  }

  @Override
  public Path root() {
    return cache.directory();
  }

  @Override
  String wayToAnotherDisk() {
    return "keep the copies elsewhere: with --cache DIR, or on a worker that has another disk with "
        + LocalCache.WORKER_CACHE;
  }

  @Override
  String place(String name) {
    return files.address().of(name);
  }

  @Override
  Optional<byte[]> read(String name) throws IOException {
    return files.read(name);
  }

  @Override
  void write(String name, byte[] content) throws IOException {
    files.write(name, content);
  }

  @Override
  boolean remove(String name) throws IOException {
    if (files.entry(name).isEmpty()) {
      return false;
    }
    files.delete(List.of(name));
    return true;
  }

  @Override
  List<String> names(String directory) throws IOException {
    return files.entries(directory + "/*").stream()
        .map(entry -> entry.name().substring(directory.length() + 1))
        .toList();
  }

  @Override
  void probe() throws IOException {
    String name = "probe-" + UUID.randomUUID();
    files.write(name, new byte[] {1});
    files.delete(List.of(name));
  }

  @Override
  Optional<Manifest> manifest(DatasetId id) throws IOException {
    Optional<RemoteFiles.Entry> entry = files.entry(manifestName(id));
    return entry.isEmpty() ? Optional.empty() : manifest(entry.get());
  }

  private static String manifestName(DatasetId id) {
    return id + "/" + Manifest.FILE;
  }

  @Override
  Listing listing() throws IOException {
    Listing listing = new Listing();
    for (RemoteFiles.Entry entry : files.entries("*/*/" + Manifest.FILE)) {
      listing.add(owner(entry.name()), () -> manifest(entry));
    }
    return listing;
  }

  /** The manifest in a file; read anew only if the copy here is not of this file. */
  private Optional<Manifest> manifest(RemoteFiles.Entry entry) throws IOException {
    Path copy = cache.path(entry.name());
    FileTime modified = FileTime.fromMillis(entry.modified());
    if (Files.exists(copy)
        && Files.size(copy) == entry.bytes()
        && Files.getLastModifiedTime(copy).equals(modified)) {
      try {
        return Optional.of(Manifest.parse(Files.readAllBytes(copy), place(entry.name())));
      } catch (DamagedManifestException copyAlone) {
        Files.deleteIfExists(copy); // another process may find the same
      }
    }
    Optional<byte[]> content = files.read(entry.name());
    if (content.isEmpty()) {
      return Optional.empty();
    }
    Files.createDirectories(copy.getParent());
    Path temporary = LocalStaging.temporary(copy);
    DurableFile.write(temporary, content.get());
    Files.setLastModifiedTime(temporary, modified);
    LocalStaging.rename(temporary, copy);
    return Optional.of(Manifest.parse(content.get(), place(entry.name())));
  }

  @Override
  DatasetFiles files(Manifest manifest) {
    return new RemoteContent(cache, manifest.id());
  }

  @Override
  StoredFiles stored(Manifest manifest) throws IOException {
    Path scratch = cache.path(CacheRemains.CHECKED + UUID.randomUUID());
    return new RemoteStoredFiles(files, manifest.id(), Files.createDirectories(scratch));
  }

  @Override
  Staging staging(DatasetId id) {
    return new RemoteStaging(cache, id);
  }

  @Override
  LockFile lock(DatasetId id) {
    return new RemoteLock(files, id + LOCK, RemoteLock.MOMENT);
  }

  @Override
  void commit(Staging staging, Manifest manifest) throws IOException {
    files.write(manifestName(manifest.id()), manifest.toJson());
  }

  @Override
  void commitBeside(Staging staging, String companion, Manifest manifest) throws IOException {
    commit(staging, manifest);
  }

  @Override
  public void delete(DatasetId id) throws IOException {
    remove(manifestName(id));
    RemoteContent.delete(files, id.toString());
    DirectoryTree.delete(directory(id));
  }

  @Override
  public List<String> leftovers() throws IOException {
    // Files first, and of each dataset the lock before the manifest: so who makes one all the while
    // either has the lock or has written the manifest.
    SortedMap<DatasetId, List<String>> names = new TreeMap<>();
    for (RemoteFiles.Entry entry : filesOfDatasets()) {
      names.computeIfAbsent(owner(entry.name()), id -> new ArrayList<>()).add(entry.name());
    }
    Listing listing = listing();
    for (Manifest manifest : listing.manifests()) {
      names.getOrDefault(manifest.id(), new ArrayList<>()).removeAll(RemoteContent.names(manifest));
    }
    for (DatasetId id : listing.damaged().keySet()) {
      names.computeIfAbsent(id, none -> new ArrayList<>()).add(manifestName(id));
    }
    names.values().removeIf(List::isEmpty);
    Map<DatasetId, Boolean> beingMade = new HashMap<>();
    Set<String> leftovers = new TreeSet<>();
    for (DatasetId id : names.keySet()) {
      if (!isBeingMade(id.result(), beingMade)) {
        Optional<Manifest> manifest = findWhole(id);
        List<String> left = names.get(id);
        manifest.ifPresent(committed -> left.removeAll(RemoteContent.names(committed)));
        if (!lock(id).exists()) {
          left.remove(id + LOCK);
        }
        left.forEach(name -> leftovers.add(place(leftover(name, manifest.isPresent()))));
      }
    }
    leftovers.addAll(leftoversHere(beingMade));
    return List.copyOf(leftovers);
  }

  /** What is left on this machine, by its path. */
  private List<String> leftoversHere(Map<DatasetId, Boolean> beingMade) throws IOException {
    CacheRemains remains = new CacheRemains(cache.directory(), Instant.now());
    List<Path> leftovers = new ArrayList<>(remains.unfinished());
    for (Path staging : remains.stagings()) {
      String name = nameOfCopy(staging);
      if (!isBeingMade(owner(name), beingMade) && files.all(name + "/*/*").isEmpty()) {
        leftovers.add(staging);
      }
    }
    return leftovers.stream().map(Path::toString).toList();
  }

  private String nameOfCopy(Path path) {
    return cache.directory().relativize(path).toString();
  }

  private boolean deleteHere(Path leftover) throws IOException, InterruptedException {
    String name = nameOfCopy(leftover);
    Removal removal =
        () -> {
          DirectoryTree.delete(leftover);
          return true;
        };
    return name.endsWith(STAGING) ? isRemoved(owner(name), removal) : removal.run();
  }

  /** All files but manifests, and but those that are there for an instant only. */
  private List<RemoteFiles.Entry> filesOfDatasets() throws IOException {
    long lately = Instant.now().minus(Lease.DURATION).toEpochMilli();
    List<RemoteFiles.Entry> entries = new ArrayList<>();
    for (String pattern : List.of("*/*/*/*", "*/*/" + Manifest.FILE + ".*", "*/*" + LOCK + "*")) {
      for (RemoteFiles.Entry entry : files.all(pattern)) {
        boolean brief = entry.isTemporary() || entry.name().contains(LOCK + ".");
        boolean goneMeanwhile = entry.modified() == 0;
        boolean forAnInstant = brief && (goneMeanwhile || entry.modified() > lately);
        if (DatasetId.isPlace(entry.name()) && !forAnInstant) {
          entries.add(entry);
        }
      }
    }
    return entries;
  }

  private boolean isBeingMade(DatasetId id, Map<DatasetId, Boolean> known) throws IOException {
    Boolean answer = known.get(id);
    if (answer == null) {
      answer = isBeingMade(id);
      known.put(id, answer);
    }
    return answer;
  }

  /** The dataset that a file of the store belongs to, finished or not. */
  private static DatasetId owner(String name) {
    String[] parts = name.split("/", -1);
    return new DatasetId(parts[0], parts[1].replaceFirst("\\..*", ""));
  }

  /** What to remove for a file that is not wanted: all that it is part of, but never a dataset. */
  private static String leftover(String name, boolean dataset) {
    String[] parts = name.split("/", -1);
    return dataset && parts[1].indexOf('.') < 0 ? name : parts[0] + "/" + parts[1];
  }

  @Override
  public boolean deleteLeftover(String leftover) throws IOException, InterruptedException {
    if (!leftover.startsWith(place(""))) {
      return deleteHere(Path.of(leftover));
    }
    String name = leftover.substring(place("").length());
    DatasetId id = owner(name);
    return isRemoved(
        id,
        () -> {
          if (name.equals(id.result() + LOCK)) {
            return true; // the lock was a dead one's, is ours now, and goes
          }
          if (findWhole(id).filter(committed -> has(committed, name)).isPresent()) {
            return false;
          }
          RemoteContent.delete(files, name);
          remove(name);
          DirectoryTree.delete(cache.path(name));
          return true;
        });
  }

  /** Whether a dataset, or a file of it, has a name. */
  private static boolean has(Manifest dataset, String name) {
    return name.equals(dataset.id().toString()) || RemoteContent.names(dataset).contains(name);
  }
}
