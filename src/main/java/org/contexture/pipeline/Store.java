package org.contexture.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.contexture.failure.Failure;
import org.contexture.pipeline.remote.RemoteAddress;
import org.contexture.pipeline.remote.RemoteFileException;

/**
 * Where datasets live, shared by all experiments: the layout of the package. It is a directory of a
 * local or shared file system, or anything else that Beam has a file system for.
 */
public abstract class Store {
  /** The file that says that a directory is a store. */
  static final String MARK = "store.json";

  /** The directory of what experiments refer to. */
  static final String EXPERIMENTS = "experiments";

  /** What the name of a dataset being made ends with. */
  static final String STAGING = ".staging";

  /** What the name of a lock file ends with. */
  static final String LOCK = ".lock";

  private static final int FORMAT = 1;
  private static final String JSON_FILE = ".json";
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Opens a store to read what is there; a directory that does not exist is an empty store.
   *
   * @throws Failure if it was written by a newer Contexture, or if it cannot be a directory
   */
  public static Store open(Path root) {
    return readable(LocalStore.at(root));
  }

  /**
   * Opens a store that is not of this machine; an address where nothing is yet is an empty store.
   *
   * @param cache a directory of this machine for copies of what is read
   * @throws Failure if it was written by a newer Contexture, or if it cannot be reached
   */
  public static Store open(RemoteAddress address, Path cache) {
    return readable(RemoteStore.at(address, cache));
  }

  private static Store readable(Store store) {
    String file = store.place(MARK);
    try {
      Optional<byte[]> mark = store.read(MARK);
      if (mark.isEmpty()) {
        return store;
      }
      JsonNode format = JSON.readTree(mark.get()).path("format");
      if (!format.isInt()) {
        throw Failure.data("%s is damaged: it names no format.", file);
      }
      if (format.intValue() != FORMAT) {
        throw Failure.data(
            "%s is a store of format %d; this Contexture reads format %d. Use the version that"
                + " wrote it, or another store (--store DIR).",
            store.location(), format.intValue(), FORMAT);
      }
      return store;
    } catch (JsonProcessingException damaged) {
      throw Failure.data("%s is damaged: %s.", file, damaged.getOriginalMessage())
          .causedBy(damaged);
    } catch (RemoteFileException unreachable) {
      throw Failure.environment(
              "The store %s cannot be reached: %s. Check the address, and what the environment says"
                  + " of endpoint and credentials.",
              store.location(), unreachable.getMessage())
          .causedBy(unreachable);
    } catch (IOException unreadable) {
      throw Failure.environment("The store %s cannot be read: %s.", store.location(), unreadable)
          .causedBy(unreadable);
    }
  }

  /**
   * Makes sure that the store can be written to.
   *
   * @throws Failure if it cannot
   */
  public void requireWritable() {
    try {
      probe();
      if (read(MARK).isEmpty()) {
        write(MARK, ("{\"format\": " + FORMAT + "}\n").getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException failed) {
      throw Failure.environment(
              "The store %s cannot be written to: %s. Choose another with --store DIR.",
              location(), failed)
          .causedBy(failed);
    }
  }

  /** Where the store is, in words. */
  public abstract String location();

  /** Where the store is, the same from whatever directory it was opened. */
  abstract String fullLocation();

  /** What Beam's pipeline options have to say for its file systems. */
  abstract List<String> options();

  /**
   * The directory of this machine for what belongs to the store: the store itself, or what is kept
   * here of one that is not of this machine.
   */
  public abstract Path root();

  /** How {@link #root} can be on another disk, in words that end a sentence. */
  abstract String wayToAnotherDisk();

  /** Where a file of the store is, in words. */
  abstract String place(String name);

  /** What is in a small file of the store, if there is one. */
  abstract Optional<byte[]> read(String name) throws IOException;

  /** Puts a small file in place of what may be there, whole or not at all. */
  abstract void write(String name, byte[] content) throws IOException;

  /** Removes a small file; false if there is none. */
  abstract boolean remove(String name) throws IOException;

  /** The names of the files in a directory of the store, in order. */
  abstract List<String> names(String directory) throws IOException;

  /** Tries to write. */
  abstract void probe() throws IOException;

  /**
   * The manifest of a dataset, if it exists.
   *
   * @throws Failure if it is damaged or of a newer format
   */
  public Optional<Manifest> find(DatasetId id) {
    try {
      return manifest(id);
    } catch (DamagedManifestException damaged) {
      throw Failure.data("%s", damaged.getMessage()).causedBy(damaged);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** The manifest of a dataset, if it exists and is not damaged. */
  Optional<Manifest> findWhole(DatasetId id) {
    try {
      return manifest(id);
    } catch (DamagedManifestException damaged) {
      return Optional.empty();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  abstract Optional<Manifest> manifest(DatasetId id) throws IOException;

  /**
   * The manifest of a dataset, if it and all that belongs beside it exist and no manifest is
   * damaged. A companion that is gone can only be had again together with its result.
   */
  public Optional<Manifest> find(Dataset<?> dataset) {
    return missingBeside(dataset).isEmpty() ? findWhole(dataset.id()) : Optional.empty();
  }

  /** The companions of a dataset that do not exist. */
  List<DatasetId> missingBeside(Dataset<?> dataset) {
    return dataset.stage().companions().keySet().stream()
        .map(dataset.id()::companion)
        .filter(companion -> findWhole(companion).isEmpty())
        .toList();
  }

  /** Opens a dataset that exists. */
  public <T extends SpecificRecord> StoredDataset<T> open(Dataset<T> dataset) {
    return open(dataset.id(), dataset.stage().recordType());
  }

  /**
   * Opens a dataset that exists, by its address.
   *
   * @param recordType what to read its records as
   */
  public <T extends SpecificRecord> StoredDataset<T> open(DatasetId id, Class<T> recordType) {
    Manifest manifest =
        find(id).orElseThrow(() -> Failure.data("There is no dataset %s in %s.", id, location()));
    return new StoredDataset<>(files(manifest), manifest, recordType);
  }

  /**
   * The dataset that an address, perhaps shortened, stands for.
   *
   * @throws Failure if there is none, or more than one, or if it is damaged
   */
  public Manifest resolve(DatasetId shortened) {
    Listing listing = listed();
    List<Manifest> matches =
        listing.manifests().stream()
            .filter(manifest -> manifest.stage().equals(shortened.stage()))
            .filter(manifest -> manifest.fingerprint().startsWith(shortened.fingerprint()))
            .toList();
    if (matches.isEmpty()) {
      listing
          .damaged()
          .forEach(
              (id, why) -> {
                if (id.toString().startsWith(shortened.toString())) {
                  throw Failure.data("%s", why);
                }
              });
      throw Failure.usage(
          "There is no dataset %s in %s; 'contexture datasets list' shows what there is.",
          shortened, location());
    }
    if (matches.size() > 1) {
      throw Failure.usage(
          "%s could be %s; give more digits.",
          shortened, String.join(" or ", matches.stream().map(m -> m.id().toString()).toList()));
    }
    return matches.get(0);
  }

  /** Every dataset of the store, by stage and age; without those whose manifest is damaged. */
  public List<Manifest> datasets() {
    return listed().manifests();
  }

  /** Every dataset of the store, also those whose manifest is damaged. */
  public Listing listed() {
    try {
      return listing();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  abstract Listing listing() throws IOException;

  /** The directory of this machine that holds, or will hold, the files of a dataset. */
  public Path directory(DatasetId id) {
    return root().resolve(id.stage()).resolve(id.fingerprint());
  }

  /** Gives the files of a dataset. */
  abstract DatasetFiles files(Manifest manifest);

  /** Gives the files of a dataset as they lie in the store, to be checked. */
  abstract StoredFiles stored(Manifest manifest) throws IOException;

  abstract Staging staging(DatasetId id);

  abstract LockFile lock(DatasetId id);

  /**
   * Whether somebody makes a dataset, or what it was made beside: who has the lock, or a job whose
   * client died.
   */
  boolean isBeingMade(DatasetId id) throws IOException {
    Clock clock = Clock.systemUTC();
    return Lease.isHeld(lock(id.result()), clock) || staging(id.result()).isAtWork(clock);
  }

  /** Removes something, unless it finds that it is still wanted. */
  @FunctionalInterface
  interface Removal {
    boolean run() throws IOException;
  }

  /**
   * Removes something of a dataset that nobody makes, and keeps everybody from making it meanwhile.
   *
   * @return false if somebody makes it, or what it was made beside; else what the removal says
   */
  @SuppressWarnings("try") // the lease is held while it is open
  boolean isRemoved(DatasetId id, Removal removal) throws IOException, InterruptedException {
    Clock clock = Clock.systemUTC();
    Optional<Lease> lease = Lease.acquireNow(lock(id.result()), Lease.DURATION, clock);
    if (lease.isEmpty()) {
      return false;
    }
    try (Lease held = lease.get()) {
      return !staging(id.result()).isAtWork(clock) && removal.run();
    }
  }

  /** Makes the finished shards of a staging a dataset. */
  abstract void commit(Staging staging, Manifest manifest) throws IOException;

  /**
   * Makes finished shards of a companion a dataset. They are still in the staging, so that a run
   * that ends before the result is committed can be resumed.
   *
   * @param manifest that of the companion
   */
  abstract void commitBeside(Staging staging, String companion, Manifest manifest)
      throws IOException;

  /** Removes a dataset. */
  public abstract void delete(DatasetId id) throws IOException;

  /**
   * Removes a dataset that no experiment refers to, which is looked up at the last moment.
   *
   * @return false if it stays, since an experiment refers to it by now, or somebody makes it
   */
  public boolean deleteUnwanted(DatasetId id) throws IOException, InterruptedException {
    return isRemoved(
        id,
        () -> {
          if (experiments().values().stream().anyMatch(wanted -> wanted.contains(id.result()))) {
            return false;
          }
          delete(id);
          return true;
        });
  }

  /**
   * What is left of datasets that nobody is making any more, and other remains of crashes. Of a
   * store that is not of this machine also what is left here, but not on other machines.
   */
  public abstract List<String> leftovers() throws IOException;

  /**
   * Removes one of the {@link #leftovers}.
   *
   * @return false if it is none any more, since somebody has gone on with it
   */
  public abstract boolean deleteLeftover(String leftover) throws IOException, InterruptedException;

  /** Remembers which datasets an experiment refers to. */
  public void remember(String experiment, List<DatasetId> datasets) throws IOException {
    write(
        EXPERIMENTS + "/" + experiment + JSON_FILE,
        JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(datasets));
  }

  /**
   * Forgets an experiment: its datasets are kept only if another one refers to them.
   *
   * @throws Failure (usage) if it is not known
   */
  public void forget(String experiment) throws IOException {
    requireExperiment(experiment);
    remove(EXPERIMENTS + "/" + experiment + JSON_FILE);
  }

  /**
   * Makes sure that an experiment is known.
   *
   * @throws Failure (usage) if it is not
   */
  public void requireExperiment(String experiment) {
    Set<String> known = experiments().keySet();
    if (!known.contains(experiment)) {
      throw Failure.usage(
          "The store knows no experiment '%s'; it knows %s.",
          experiment, known.isEmpty() ? "none" : String.join(", ", known));
    }
  }

  /** The experiments that were run, each with the datasets it refers to. */
  public SortedMap<String, List<DatasetId>> experiments() {
    SortedMap<String, List<DatasetId>> experiments = new TreeMap<>();
    try {
      for (String name : names(EXPERIMENTS)) {
        if (name.endsWith(JSON_FILE)) {
          String file = EXPERIMENTS + "/" + name;
          Optional<byte[]> content = read(file);
          if (content.isPresent()) {
            experiments.put(
                name.substring(0, name.length() - JSON_FILE.length()),
                referred(content.get(), file));
          }
        }
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return experiments;
  }

  private List<DatasetId> referred(byte[] content, String file) {
    try {
      return List.of(JSON.readValue(content, DatasetId[].class));
    } catch (IOException damaged) {
      throw Failure.data("%s is damaged: %s.", place(file), damaged.getMessage()).causedBy(damaged);
    }
  }
}
