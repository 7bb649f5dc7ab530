package org.contexture.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.contexture.failure.Failure;
import org.contexture.file.DirectoryTree;
import org.contexture.file.DurableFile;
import org.contexture.file.FullDisk;
import org.contexture.pipeline.remote.RemoteFiles;

/** A store that is a directory, of this machine or shared: what it has is used where it lies. */
final class LocalStore extends Store {
  private final Path root;

  private LocalStore(Path root) {
    this.root = root;
  }

  /** The store of a directory, which need not exist. */
  static LocalStore at(Path root) {
    for (Path path = root.toAbsolutePath(); path != null; path = path.getParent()) {
      if (Files.exists(path)) {
        if (!Files.isDirectory(path)) {
          throw Failure.environment(
              "The store %s cannot be used: %s is a file, not a directory. Choose another with"
                  + " --store DIR.",
              root, path);
        }
        break;
      }
    }
    return new LocalStore(root);
  }

  @Override
  public String location() {
    return root.toString();
  }

  @Override
  String fullLocation() {
    return root.toAbsolutePath().normalize().toString();
  }

  @Override
  List<String> options() {
    return RemoteFiles.optionsOfNone();
  }

  @Override
  public Path root() {
    return root;
  }

  @Override
  String wayToAnotherDisk() {
    return "move the store with --store DIR";
  }

  @Override
  String place(String name) {
    return root.resolve(name).toString();
  }

  @Override
  Optional<byte[]> read(String name) throws IOException {
    try {
      return Optional.of(Files.readAllBytes(root.resolve(name)));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    }
  }

  @Override
  void write(String name, byte[] content) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    LocalStaging.writeAtomically(file, content);
    DurableFile.forceNames(file.getParent());
  }

  @Override
  boolean remove(String name) throws IOException {
    return Files.deleteIfExists(root.resolve(name));
  }

  @Override
  List<String> names(String directory) throws IOException {
    return children(root.resolve(directory)).stream()
        .map(file -> file.getFileName().toString())
        .toList();
  }

  @Override
  void probe() throws IOException {
    Files.createDirectories(root);
    Path file = Files.createTempFile(root, "probe", ".tmp");
    Path link = LocalStaging.temporary(file);
    try {
      Files.createLink(link, file);
    } catch (IOException | UnsupportedOperationException none) {
      if (FullDisk.is(none)) {
        throw none;
      }
      throw Failure.environment(
              "The store %s cannot be used: its file system makes no hard links (%s), which locks"
                  + " are made of. Choose another with --store DIR.",
              root, none)
          .causedBy(none);
    } finally {
      Files.deleteIfExists(link);
      Files.delete(file);
    }
  }

  @Override
  Optional<Manifest> manifest(DatasetId id) throws IOException {
    try {
      return Optional.of(Manifest.read(directory(id)));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    }
  }

  @Override
  Listing listing() throws IOException {
    Listing listing = new Listing();
    for (Path child : datasetDirectories()) {
      if (isNamedAsDataset(child)) {
        DatasetId id = owner(child);
        listing.add(id, () -> manifest(id));
      }
    }
    return listing;
  }

  /** A dataset being made and all else that lies beside datasets have names with dots. */
  private static boolean isNamedAsDataset(Path child) {
    return child.getFileName().toString().indexOf('.') < 0;
  }

  /** The dataset that something in the store belongs to, finished or not. */
  private DatasetId owner(Path path) {
    Path inStore = root.relativize(path);
    return new DatasetId(
        inStore.getName(0).toString(), inStore.getName(1).toString().replaceFirst("\\..*", ""));
  }

  /** What lies where datasets do. */
  private List<Path> datasetDirectories() throws IOException {
    List<Path> directories = new ArrayList<>();
    for (Path stage : children(root)) {
      for (Path child : children(stage)) {
        if (DatasetId.isPlace(stage.getFileName() + "/" + child.getFileName())) {
          directories.add(child);
        }
      }
    }
    return directories;
  }

  /** What lies in a directory, if it is there, in order. */
  static List<Path> children(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(directory)) {
      return children.sorted().toList();
    } catch (NoSuchFileException goneMeanwhile) {
      return List.of();
    }
  }

  @Override
  DatasetFiles files(Manifest manifest) {
    return new DatasetFiles.Local(directory(manifest.id()).toAbsolutePath().toString());
  }

  @Override
  StoredFiles stored(Manifest manifest) {
    return new StoredFiles.Local(directory(manifest.id()));
  }

  @Override
  Staging staging(DatasetId id) {
    return new LocalStaging(beside(id, STAGING), id);
  }

  @Override
  LockFile lock(DatasetId id) {
    return new LocalLock(beside(id, LOCK));
  }

  private Path beside(DatasetId id, String suffix) {
    return root.resolve(id.stage()).resolve(id.fingerprint() + suffix);
  }

  @Override
  void commit(Staging staging, Manifest manifest) throws IOException {
    commit(staging.data(), manifest);
  }

  @Override
  void commitBeside(Staging staging, String companion, Manifest manifest) throws IOException {
    Path from = staging.beside(companion);
    Path copy = LocalStaging.temporary(from);
    Files.createDirectories(copy);
    for (Manifest.DataFile file : manifest.files()) {
      for (String name : List.of(file.name(), file.index())) {
        Files.createLink(copy.resolve(name), from.resolve(name));
      }
    }
    commit(copy, manifest);
  }

  /**
   * Makes complete shards a dataset: what killed workers left among them goes, the manifest is
   * written, then one rename.
   */
  void commit(Path shards, Manifest manifest) throws IOException {
    for (Path stranger : new StoredFiles.Local(shards).strangers(manifest)) {
      DirectoryTree.delete(stranger);
    }
    LocalStaging.writeAtomically(shards.resolve(Manifest.FILE), manifest.toJson());
    DurableFile.forceNames(shards);
    Path target = directory(manifest.id());
    Files.createDirectories(target.getParent());
    if (Files.exists(target)) {
      Path replaced = LocalStaging.temporary(target);
      Files.move(target, replaced, StandardCopyOption.ATOMIC_MOVE);
      Files.move(shards, target, StandardCopyOption.ATOMIC_MOVE);
      DirectoryTree.delete(replaced);
    } else {
      Files.move(shards, target, StandardCopyOption.ATOMIC_MOVE);
    }
    DurableFile.forceNames(target.getParent());
  }

  @Override
  public void delete(DatasetId id) throws IOException {
    Path directory = directory(id);
    Files.deleteIfExists(directory.resolve(Manifest.FILE));
    DirectoryTree.delete(directory);
  }

  @Override
  public List<String> leftovers() throws IOException {
    List<String> leftovers = new ArrayList<>();
    for (Path child : datasetDirectories()) {
      if (!isBeingMade(owner(child))) {
        leftoversOf(child).forEach(leftover -> leftovers.add(leftover.toString()));
      }
    }
    return leftovers;
  }

  /** What is no dataset, or no part of one, of something that lies where datasets do. */
  private List<Path> leftoversOf(Path child) throws IOException {
    if (!Files.isDirectory(child)) {
      String lock = owner(child).fingerprint() + LOCK;
      return isLeftoverOfLock(child, lock) ? List.of(child) : List.of();
    }
    Optional<Manifest> manifest =
        isNamedAsDataset(child) ? findWhole(owner(child)) : Optional.empty();
    return manifest.isPresent()
        ? new StoredFiles.Local(child).strangers(manifest.get())
        : List.of(child);
  }

  /** What is written while a lock is taken is there for an instant. */
  private static boolean isLeftoverOfLock(Path file, String lock) throws IOException {
    String name = file.getFileName().toString();
    Instant lately = Instant.now().minus(Lease.DURATION);
    return name.equals(lock)
        ? Files.exists(file)
        : name.startsWith(lock) && LocalStaging.modified(file).filter(lately::isAfter).isPresent();
  }

  @Override
  public boolean deleteLeftover(String leftover) throws IOException, InterruptedException {
    Path path = Path.of(leftover);
    DatasetId id = owner(path);
    Path child = root.resolve(root.relativize(path).subpath(0, 2));
    return isRemoved(
        id,
        () -> {
          if (path.equals(beside(id.result(), LOCK))) {
            return true; // the lock was a dead one's, is ours now, and goes
          }
          if (!leftoversOf(child).contains(path)) {
            return false;
          }
          DirectoryTree.delete(path);
          return true;
        });
  }
}
