package org.contexture.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.contexture.failure.Failure;

/** The directory where datasets live, shared by all experiments: the layout of the package. */
public final class Store {
  private static final int FORMAT = 1;
  private static final String EXPERIMENTS = "experiments";
  private static final String STAGING = ".staging";
  private static final String LOCK = ".lock";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path root;

  private Store(Path root) {
    this.root = root;
  }

  /**
   * Opens a store to read what is there; a directory that does not exist is an empty store.
   *
   * @throws Failure if it was written by a newer Contexture, or if it cannot be a directory
   */
  public static Store open(Path root) {
    requireNoFileInTheWay(root);
    Path file = root.resolve("store.json");
    try {
      JsonNode format = JSON.readTree(Files.readAllBytes(file)).path("format");
      if (!format.isInt()) {
        throw Failure.data("%s is damaged: it names no format.", file);
      }
      if (format.intValue() != FORMAT) {
        throw Failure.data(
            "%s is a store of format %d; this Contexture reads format %d. Use the version that"
                + " wrote it, or another store (--store DIR).",
            root, format.intValue(), FORMAT);
      }
    } catch (NoSuchFileException fresh) {
      return new Store(root);
    } catch (JsonProcessingException damaged) {
      throw Failure.data("%s is damaged: %s.", file, damaged.getOriginalMessage())
          .causedBy(damaged);
    } catch (IOException unreadable) {
      throw Failure.environment("The store %s cannot be read: %s.", root, unreadable)
          .causedBy(unreadable);
    }
    return new Store(root);
  }

  private static void requireNoFileInTheWay(Path root) {
    for (Path path = root.toAbsolutePath(); path != null; path = path.getParent()) {
      if (Files.exists(path)) {
        if (!Files.isDirectory(path)) {
          throw Failure.environment(
              "The store %s cannot be used: %s is a file, not a directory. Choose another with"
                  + " --store DIR.",
              root, path);
        }
        return;
      }
    }
  }

  /**
   * Makes sure that the store can be written to.
   *
   * @throws Failure if it cannot
   */
  public void requireWritable() {
    try {
      Files.createDirectories(root);
      Path probe = Files.createTempFile(root, "probe", ".tmp");
      Files.delete(probe);
      Path file = root.resolve("store.json");
      if (!Files.exists(file)) {
        Staging.writeAtomically(
            file, "{\"format\": %d}\n".formatted(FORMAT).getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException failed) {
      throw Failure.environment(
              "The store %s cannot be written to: %s. Choose another with --store DIR.",
              root, failed)
          .causedBy(failed);
    }
  }

  /** Where the store is. */
  public Path root() {
    return root;
  }

  /** The manifest of a dataset, if it exists. */
  public Optional<Manifest> find(DatasetId id) {
    Path directory = directory(id);
    if (!Files.exists(directory.resolve(Manifest.FILE))) {
      return Optional.empty();
    }
    try {
      return Optional.of(Manifest.read(directory));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /**
   * The manifest of a dataset, if it and all that belongs beside it exist. A companion that is gone
   * can only be had again together with its result.
   */
  public Optional<Manifest> find(Dataset<?> dataset) {
    return missingBeside(dataset).isEmpty() ? find(dataset.id()) : Optional.empty();
  }

  /** The companions of a dataset that do not exist. */
  List<DatasetId> missingBeside(Dataset<?> dataset) {
    return dataset.stage().companions().keySet().stream()
        .map(dataset.id()::companion)
        .filter(companion -> find(companion).isEmpty())
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
        find(id).orElseThrow(() -> Failure.data("There is no dataset %s in %s.", id, root));
    return new StoredDataset<>(directory(id), manifest, recordType);
  }

  /**
   * The dataset that an address, perhaps shortened, stands for.
   *
   * @throws Failure if there is none, or more than one
   */
  public Manifest resolve(DatasetId shortened) {
    List<Manifest> matches =
        datasets().stream()
            .filter(manifest -> manifest.stage().equals(shortened.stage()))
            .filter(manifest -> manifest.fingerprint().startsWith(shortened.fingerprint()))
            .toList();
    if (matches.isEmpty()) {
      throw Failure.usage(
          "There is no dataset %s in %s; 'contexture datasets list' shows what there is.",
          shortened, root);
    }
    if (matches.size() > 1) {
      throw Failure.usage(
          "%s could be %s; give more digits.",
          shortened, String.join(" or ", matches.stream().map(m -> m.id().toString()).toList()));
    }
    return matches.get(0);
  }

  /** Every dataset of the store, by stage and age. */
  public List<Manifest> datasets() {
    List<Manifest> manifests = new ArrayList<>();
    for (Path stage : children(root)) {
      if (Files.isDirectory(stage) && !stage.getFileName().toString().equals(EXPERIMENTS)) {
        for (Path dataset : children(stage)) {
          String name = dataset.getFileName().toString();
          if (name.indexOf('.') < 0) {
            find(new DatasetId(stage.getFileName().toString(), name)).ifPresent(manifests::add);
          }
        }
      }
    }
    manifests.sort(
        Comparator.comparing(Manifest::stage)
            .thenComparing(Manifest::started)
            .thenComparing(Manifest::fingerprint));
    return manifests;
  }

  /** The directory of a dataset. */
  public Path directory(DatasetId id) {
    return root.resolve(id.stage()).resolve(id.fingerprint());
  }

  Staging staging(DatasetId id) {
    return new Staging(beside(id, STAGING), id);
  }

  Path lock(DatasetId id) {
    return beside(id, LOCK);
  }

  private Path beside(DatasetId id, String suffix) {
    return root.resolve(id.stage()).resolve(id.fingerprint() + suffix);
  }

  /** Makes complete shards a dataset: the manifest is written, then one rename. */
  void commit(Path shards, Manifest manifest) throws IOException {
    Staging.writeAtomically(shards.resolve(Manifest.FILE), manifest.toJson());
    Path target = directory(manifest.id());
    Files.createDirectories(target.getParent());
    if (Files.exists(target)) {
      Path replaced = Staging.temporary(target);
      Files.move(target, replaced, StandardCopyOption.ATOMIC_MOVE);
      Files.move(shards, target, StandardCopyOption.ATOMIC_MOVE);
      Staging.deleteRecursively(replaced);
    } else {
      Files.move(shards, target, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /** Removes a dataset. */
  public void delete(DatasetId id) throws IOException {
    Path directory = directory(id);
    Files.deleteIfExists(directory.resolve(Manifest.FILE));
    Staging.deleteRecursively(directory);
  }

  /** Directories of datasets being made that nobody is making, and other remains of crashes. */
  public List<Path> leftovers() throws IOException {
    List<Path> leftovers = new ArrayList<>();
    for (Path stage : children(root)) {
      if (Files.isDirectory(stage) && !stage.getFileName().toString().equals(EXPERIMENTS)) {
        for (Path child : children(stage)) {
          String name = child.getFileName().toString();
          boolean dataset = Files.exists(child.resolve(Manifest.FILE));
          int dot = name.indexOf('.');
          Path lock = child.resolveSibling((dot < 0 ? name : name.substring(0, dot)) + LOCK);
          if (Files.isDirectory(child)
              && !(dataset && dot < 0)
              && !Lease.isHeld(lock, Clock.systemUTC())) {
            leftovers.add(child);
          }
        }
      }
    }
    return leftovers;
  }

  /** Removes one of the {@link #leftovers}. */
  public void deleteLeftover(Path leftover) throws IOException {
    Staging.deleteRecursively(leftover);
  }

  /** Remembers which datasets an experiment refers to. */
  public void remember(String experiment, List<DatasetId> datasets) throws IOException {
    Path directory = Files.createDirectories(root.resolve(EXPERIMENTS));
    Staging.writeAtomically(
        directory.resolve(experiment + ".json"),
        JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(datasets));
  }

  /** Forgets an experiment: its datasets are kept only if another one refers to them. */
  public void forget(String experiment) throws IOException {
    if (!Files.deleteIfExists(root.resolve(EXPERIMENTS).resolve(experiment + ".json"))) {
      throw Failure.usage(
          "The store knows no experiment '%s'; it knows %s.",
          experiment, String.join(", ", experiments().keySet()));
    }
  }

  /** The experiments that were run, each with the datasets it refers to. */
  public SortedMap<String, List<DatasetId>> experiments() {
    SortedMap<String, List<DatasetId>> experiments = new TreeMap<>();
    for (Path file : children(root.resolve(EXPERIMENTS))) {
      String name = file.getFileName().toString();
      if (name.endsWith(".json")) {
        try {
          experiments.put(
              name.substring(0, name.length() - ".json".length()),
              List.of(JSON.readValue(Files.readAllBytes(file), DatasetId[].class)));
        } catch (IOException damaged) {
          throw Failure.data("%s is damaged: %s.", file, damaged.getMessage()).causedBy(damaged);
        }
      }
    }
    return experiments;
  }

  private static List<Path> children(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(directory)) {
      return children.sorted().toList();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
