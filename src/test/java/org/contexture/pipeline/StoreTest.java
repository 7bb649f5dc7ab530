package org.contexture.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.contexture.failure.Failure;
import org.contexture.record.RawPath;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {
  @TempDir Path directory;
  private Path root;
  private Store store;
  private final Dataset<RawPath> toy = new Dataset<>("toy", ToyStage.named("toy"));

  @BeforeEach
  void open() {
    root = directory.resolve("store");
    store = Store.open(root);
  }

  private Path manifestOf(Dataset<?> dataset) {
    return store.directory(dataset.id()).resolve(Manifest.FILE);
  }

  private Path lockOf(Dataset<?> dataset) {
    return Path.of(store.lock(dataset.id()).toString());
  }

  private Path stagingOf(Dataset<?> dataset) {
    return root.resolve(dataset.id() + ".staging");
  }

  private static void assertData(Throwable thrown, String message, Object... arguments) {
    assertThat(thrown)
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> assertThat(failure.category()).isEqualTo(Failure.Category.DATA))
        .hasMessage(message, arguments);
  }

  @Test
  void aDirectoryThatIsNotThereIsAnEmptyStore() throws IOException {
    assertThat(store.datasets()).isEmpty();
    assertThat(store.experiments()).isEmpty();
    assertThat(store.leftovers()).isEmpty();
    assertThat(store.find(toy.id())).isEmpty();
    assertThat(root).doesNotExist();
  }

  @Test
  void aCommittedDatasetIsFoundWithAllItsManifestSays() throws IOException {
    Dataset<RawPath> reader =
        new Dataset<>(
            "reader",
            ToyStage.named("reader")
                .reading("in", toy)
                .with(Settings.builder().put("x", 0.25).build()));
    Manifest manifest = Manifests.commit(store, reader);

    assertThat(store.find(reader.id())).contains(manifest);
    assertThat(manifest.id()).isEqualTo(reader.id());
    assertThat(store.datasets()).containsExactly(manifest);
  }

  @Test
  void aDirectoryWithoutAManifestIsNoDataset() throws IOException {
    Manifests.commit(store, toy);
    Files.delete(manifestOf(toy));

    assertThat(store.find(toy.id())).isEmpty();
    assertThat(store.datasets()).isEmpty();
    assertThatThrownBy(() -> store.open(toy))
        .satisfies(thrown -> assertData(thrown, "There is no dataset %s in %s.", toy.id(), root));
    assertThat(store.leftovers()).containsExactly(store.directory(toy.id()).toString());
  }

  @Test
  void whatIsNotTheStoresIsNoLeftover() throws IOException {
    Manifests.commit(store, toy);
    String fingerprint = toy.id().fingerprint();
    for (String foreign :
        List.of(
            "src/main",
            ".git/objects",
            "mlruns/0",
            "Toy/" + fingerprint,
            "toy/" + fingerprint + "0")) {
      Files.createDirectories(root.resolve(foreign));
    }
    Files.writeString(root.resolve("toy/notes.txt"), "mine");

    assertThat(store.leftovers()).isEmpty();
    assertThat(store.datasets()).hasSize(1);
  }

  @Test
  void aStagingDirectoryIsNoDataset() throws IOException {
    Files.createDirectories(stagingOf(toy).resolve("data"));
    Files.write(
        stagingOf(toy).resolve("data").resolve(Manifest.FILE),
        Manifests.of(toy, Manifests.STARTED).toJson());

    assertThat(store.datasets()).isEmpty();
    assertThat(store.find(toy.id())).isEmpty();
  }

  @Test
  void aCommitReplacesWhatWasThere() throws IOException {
    Manifests.commit(store, toy);
    Files.writeString(store.directory(toy.id()).resolve("old"), "old");

    Manifest manifest = Manifests.commit(store, toy, "2025-01-01T00:00:00Z");

    assertThat(store.datasets()).containsExactly(manifest);
    assertThat(store.directory(toy.id())).isDirectoryNotContaining("glob:**/old");
    assertThat(root.resolve("toy")).isDirectoryContaining("glob:**/" + toy.id().fingerprint());
    try (var children = Files.list(root.resolve("toy"))) {
      assertThat(children).hasSize(1);
    }
  }

  @Test
  void theOldDatasetThatACrashLeftAsideIsALeftoverAndNoDataset() throws IOException {
    Manifests.commit(store, toy);
    Path aside = LocalStaging.temporary(store.directory(toy.id()));
    Files.move(store.directory(toy.id()), aside);

    assertThat(store.datasets()).isEmpty();
    assertThat(store.leftovers()).containsExactly(aside.toString());
  }

  @Test
  void aDeletedDatasetIsGone() throws IOException {
    Manifests.commit(store, toy);

    store.delete(toy.id());

    assertThat(store.find(toy.id())).isEmpty();
    assertThat(store.directory(toy.id())).doesNotExist();
    store.delete(toy.id());
  }

  @Test
  void whatACrashLeftIsListedAndRemoved() throws Exception {
    Manifests.commit(store, toy);
    Files.createDirectories(stagingOf(toy).resolve("data"));

    assertThat(store.leftovers()).containsExactly(stagingOf(toy).toString());
    store.deleteLeftover(stagingOf(toy).toString());
    assertThat(stagingOf(toy)).doesNotExist();
    assertThat(store.find(toy.id())).isPresent();
  }

  @Test
  void whatALivingProcessMakesIsNoLeftover() throws Exception {
    Files.createDirectories(stagingOf(toy).resolve("data"));
    try (Lease lease = LeaseTest.acquire(lockOf(toy))) {
      lease.requireHeld();
      assertThat(store.leftovers()).isEmpty();
    }
    assertThat(store.leftovers()).containsExactly(stagingOf(toy).toString());
  }

  @Test
  void whatIsBeingRemovedNobodyMakes() throws Exception {
    AtomicInteger taken = new AtomicInteger();
    boolean removed =
        store.isRemoved(
            toy.id().rejected(),
            () -> {
              taken.addAndGet(Lease.isHeld(store.lock(toy.id()), Clock.systemUTC()) ? 1 : 0);
              return true;
            });

    assertThat(removed).isTrue();
    assertThat(taken).hasValue(1);
    assertThat(store.lock(toy.id()).exists()).isFalse();
    try (Lease lease = LeaseTest.acquire(lockOf(toy))) {
      lease.requireHeld();
      assertThat(store.isRemoved(toy.id(), () -> true)).isFalse();
    }
  }

  @Test
  void whatAnExperimentRefersToByNowIsNotRemoved() throws Exception {
    Manifests.commit(store, toy);
    store.remember("emoji", List.of(toy.id()));
    assertThat(store.deleteUnwanted(toy.id())).isFalse();
    assertThat(store.deleteUnwanted(toy.id().rejected())).isFalse();
    assertThat(store.find(toy.id())).isPresent();
    store.forget("emoji");
    try (Lease lease = LeaseTest.acquire(lockOf(toy))) {
      lease.requireHeld();
      assertThat(store.deleteUnwanted(toy.id())).isFalse();
    }
    assertThat(store.find(toy.id())).isPresent();

    assertThat(store.deleteUnwanted(toy.id())).isTrue();

    assertThat(store.find(toy.id())).isEmpty();
  }

  @Test
  void whatAKilledProcessWasMakingIsALeftoverAlthoughItsLockIsStillThere() throws Exception {
    Files.createDirectories(stagingOf(toy).resolve("data"));
    LeaseTest.writeLock(lockOf(toy), LeaseTest.deadOwner());

    assertThat(store.leftovers())
        .containsExactly(lockOf(toy).toString(), stagingOf(toy).toString());
  }

  @Test
  void whatIsLeftOfADeadLockIsALeftover() throws Exception {
    Manifests.commit(store, toy);
    List<Path> remains =
        Stream.of("", ".over-1", ".over-1.temporary-2", ".temporary-3")
            .map(suffix -> lockOf(toy).resolveSibling(lockOf(toy).getFileName() + suffix))
            .toList();
    for (Path file : remains) {
      LeaseTest.writeLock(file, LeaseTest.deadOwner());
    }
    assertThat(store.leftovers()).containsExactly(lockOf(toy).toString());
    for (Path file : remains) {
      Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Lease.DURATION)));
    }

    assertThat(store.leftovers())
        .containsExactlyElementsOf(remains.stream().map(Path::toString).toList());
    for (String leftover : store.leftovers()) {
      assertThat(store.deleteLeftover(leftover)).isTrue();
    }

    assertThat(root.resolve("toy")).isDirectoryNotContaining("glob:**lock*");
    assertThat(store.find(toy.id())).isPresent();
  }

  @Test
  void progressThatIsBeingWrittenIsNotCounted() throws IOException {
    Staging staging = store.staging(toy.id());
    staging.prepare(Set.of());
    staging.announce("part-0", new Progress(3, 10, Progress.Unit.THINGS, ""));
    Files.writeString(stagingOf(toy).resolve("progress/part-0.temporary-1"), "4 10 THINGS ");

    assertThat(staging.totalProgress(1)).contains(new Progress(3, 10, Progress.Unit.THINGS, ""));
  }

  @Test
  void tasksThatHaveNotBegunAreCountedAsThoseThatHave() throws IOException {
    Staging staging = store.staging(toy.id());
    staging.prepare(Set.of());
    staging.markDone(
        "part-0", new Staging.Done(List.of(), List.of(), new TreeMap<>())); // by an earlier run
    assertThat(staging.totalProgress(11)).isEmpty();
    staging.announce("part-1", new Progress(1, 100, Progress.Unit.THINGS, ""));
    assertThat(staging.totalProgress(11)).contains(new Progress(1, 1000, Progress.Unit.THINGS, ""));
    staging.announce("part-1", new Progress(100, 100, Progress.Unit.THINGS, ""));
    staging.markDone("part-1", new Staging.Done(List.of(), List.of(), new TreeMap<>()));
    staging.announce("part-2", new Progress(1, 50, Progress.Unit.THINGS, ""));
    assertThat(staging.totalProgress(11))
        .contains(new Progress(101, 750, Progress.Unit.THINGS, ""));
    assertThat(staging.totalProgress(0)).contains(new Progress(101, 150, Progress.Unit.THINGS, ""));
  }

  @Test
  void whatAJobMakesWhoseClientDiedIsNoLeftover() throws Exception {
    Staging staging = store.staging(toy.id());
    staging.prepare(Set.of());
    LeaseTest.writeLock(lockOf(toy), LeaseTest.deadOwner());
    assertThat(store.leftovers()).contains(stagingOf(toy).toString());

    try (Lease lease = staging.lease("part-0")) {
      lease.requireHeld();
      assertThat(store.leftovers()).isEmpty();
      assertThat(store.deleteLeftover(stagingOf(toy).toString())).isFalse();
    }
    assertThat(store.leftovers()).contains(stagingOf(toy).toString());

    staging.announce("part-1", Progress.NONE);
    assertThat(store.leftovers()).isEmpty();
    Files.setLastModifiedTime(
        stagingOf(toy).resolve("progress/part-1"),
        FileTime.from(Instant.now().minus(Lease.DURATION)));
    assertThat(store.deleteLeftover(stagingOf(toy).toString())).isTrue();
    assertThat(stagingOf(toy)).doesNotExist();
  }

  @Test
  void aStoreOfANewerFormatIsRefused() throws IOException {
    Files.createDirectories(root);
    Files.writeString(root.resolve("store.json"), "{\"format\": 2}");

    assertThatThrownBy(() -> Store.open(root))
        .satisfies(
            thrown ->
                assertData(
                    thrown,
                    "%s is a store of format 2; this Contexture reads format 1. Use the version"
                        + " that wrote it, or another store (--store DIR).",
                    root));
  }

  @Test
  void aDamagedStoreFileIsSaidToBeDamaged() throws IOException {
    Files.createDirectories(root);
    for (String text : List.of("", "{", "{}", "7", "{\"format\": \"x\"}")) {
      Files.writeString(root.resolve("store.json"), text);

      assertThatThrownBy(() -> Store.open(root))
          .as("'%s'", text)
          .isInstanceOf(Failure.class)
          .hasMessageStartingWith("%s is damaged: ", root.resolve("store.json"));
    }
  }

  @Test
  void aWritableStoreRemembersItsFormat() throws IOException {
    store.requireWritable();

    assertThat(root.resolve("store.json")).hasContent("{\"format\": 1}");
    try (var children = Files.list(root)) {
      assertThat(children).hasSize(1);
    }
    Store.open(root).requireWritable();
  }

  @Test
  void aFileInTheStoresPlaceIsRefused() throws IOException {
    Files.writeString(root, "");

    assertThatThrownBy(store::requireWritable)
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> assertThat(failure.category()).isEqualTo(Failure.Category.ENVIRONMENT))
        .hasMessageStartingWith("The store %s cannot be written to: ", root);
    assertThatThrownBy(() -> Store.open(root))
        .isInstanceOf(Failure.class)
        .hasMessage(
            "The store %s cannot be used: %s is a file, not a directory. Choose another with"
                + " --store DIR.",
            root, root.toAbsolutePath());
  }

  @Test
  void aStoreThatCannotBeWrittenToIsSaidSoWithAWayOut() throws IOException {
    Store below = Store.open(root.resolve("below"));
    Files.writeString(root, "");

    assertThatThrownBy(below::requireWritable)
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> assertThat(failure.category()).isEqualTo(Failure.Category.ENVIRONMENT))
        .hasMessageStartingWith("The store %s cannot be written to: ", root.resolve("below"))
        .hasMessageEndingWith("Choose another with --store DIR.");
  }

  @Test
  void aFileSystemWithoutHardLinksIsRefused() throws IOException {
    try (FileSystem zip =
        FileSystems.newFileSystem(directory.resolve("store.zip"), Map.of("create", true))) {
      Path inZip = zip.getPath("/store");
      Store without = Store.open(inZip);

      assertThatThrownBy(without::requireWritable)
          .isInstanceOfSatisfying(
              Failure.class,
              failure -> assertThat(failure.category()).isEqualTo(Failure.Category.ENVIRONMENT))
          .hasMessageStartingWith(
              "The store /store cannot be used: its file system makes no hard links")
          .hasMessageEndingWith("Choose another with --store DIR.");
      assertThat(inZip).isEmptyDirectory();
    }
  }

  @Test
  void aDamagedManifestIsNamedWithWhatToDo() throws IOException {
    Manifests.commit(store, toy);
    String whole = Files.readString(manifestOf(toy));
    for (String text :
        List.of(
            "",
            "{}",
            "null",
            whole.substring(0, whole.length() / 2),
            "{\"format\": 1}",
            whole.replace("\"files\" : [ ]", "\"files\" : null"),
            whole.replace(toy.fingerprint().hex(), "12"))) {
      Files.writeString(manifestOf(toy), text);

      assertThatThrownBy(() -> store.find(toy.id()))
          .as("'%s'", text)
          .isInstanceOfSatisfying(
              Failure.class,
              failure -> assertThat(failure.category()).isEqualTo(Failure.Category.DATA))
          .hasMessageStartingWith("%s is damaged: ", manifestOf(toy))
          .hasMessageEndingWith("'contexture datasets gc --delete' removes what is there.");
    }
  }

  @Test
  void aDamagedManifestKeepsNobodyFromTheOtherDatasets() throws Exception {
    Dataset<RawPath> other = new Dataset<>("toy", ToyStage.named("toy").with("seed", 1));
    Manifests.commit(store, other);
    Manifests.commit(store, toy);
    Files.writeString(manifestOf(toy), "");

    assertThat(store.datasets()).extracting(Manifest::id).containsExactly(other.id());
    assertThat(store.listed().damaged())
        .containsOnlyKeys(toy.id())
        .hasEntrySatisfying(
            toy.id(), why -> assertThat(why).startsWith(manifestOf(toy) + " is damaged: "));
    assertThat(store.resolve(other.id()).id()).isEqualTo(other.id());
    assertThatThrownBy(() -> store.resolve(toy.id()))
        .isInstanceOf(Failure.class)
        .hasMessageStartingWith("%s is damaged: ", manifestOf(toy));
    assertThat(store.leftovers()).containsExactly(store.directory(toy.id()).toString());
    assertThat(store.deleteLeftover(store.directory(toy.id()).toString())).isTrue();
    assertThat(store.listed().damaged()).isEmpty();
    assertThat(store.datasets()).extracting(Manifest::id).containsExactly(other.id());
  }

  @Test
  void aManifestThatGoesWhileItIsLookedForIsNone() throws Exception {
    Manifests.commit(store, toy);
    Path aside = root.resolve("aside");
    AtomicBoolean over = new AtomicBoolean();
    ExecutorService others = Executors.newSingleThreadExecutor();
    try {
      Future<?> changing =
          others.submit(
              () -> {
                while (!over.get()) {
                  Files.move(manifestOf(toy), aside);
                  Files.move(aside, manifestOf(toy));
                }
                return null;
              });
      for (int look = 0; look < 10_000; look++) {
        assertThat(store.datasets()).hasSizeLessThan(2);
      }
      over.set(true);
      changing.get();
    } finally {
      over.set(true);
      others.shutdownNow();
    }
  }

  @Test
  void whatIsNoneOfItsFilesIsNotCommittedWithADataset() throws IOException {
    Staging staging = store.staging(toy.id());
    staging.prepare(Set.of());
    Path half = staging.data().resolve("part-00000-of-00001.avro.temporary-1");
    Files.writeString(half, "a worker was killed");

    store.commit(staging, Manifests.of(toy, Manifests.STARTED));

    assertThat(LocalStore.children(store.directory(toy.id()))).containsExactly(manifestOf(toy));
  }

  @Test
  void whatIsNoneOfItsFilesIsALeftoverAndTheDatasetStays() throws Exception {
    Manifest manifest = Manifests.commit(store, toy);
    Path half = store.directory(toy.id()).resolve("part-00000-of-00001.avro.temporary-1");
    Files.writeString(half, "a worker was killed");

    assertThat(new Verification(store, manifest).problems())
        .containsExactly(
            half + ": expected no such file; 'contexture datasets gc --delete' removes it");
    assertThat(store.leftovers()).containsExactly(half.toString());
    assertThat(store.deleteLeftover(half.toString())).isTrue();
    assertThat(store.leftovers()).isEmpty();
    assertThat(new Verification(store, manifest).problems()).isEmpty();
  }

  @Test
  void aManifestOfANewerFormatIsRefused() throws IOException {
    Manifests.commit(store, toy);
    Files.writeString(manifestOf(toy), "{\"format\": 2, \"unheard\": []}");

    assertThatThrownBy(() -> store.find(toy.id()))
        .satisfies(
            thrown ->
                assertData(
                    thrown,
                    "%s has manifest format 2; this Contexture reads format 1. Use the version"
                        + " that wrote it, or another store (--store DIR).",
                    manifestOf(toy)));
  }

  @Test
  void anAddressMayBeShortened() throws IOException {
    Manifest manifest = Manifests.commit(store, toy);
    String fingerprint = toy.id().fingerprint();

    assertThat(store.resolve(DatasetId.parse("toy/" + fingerprint.substring(0, 4))))
        .isEqualTo(manifest);
    assertThat(store.resolve(toy.id())).isEqualTo(manifest);
    assertThatThrownBy(() -> store.resolve(DatasetId.parse("toy/00")))
        .isInstanceOf(Failure.class)
        .hasMessage(
            "There is no dataset toy/00 in %s; 'contexture datasets list' shows what there is.",
            root);
  }

  @Test
  void anAmbiguousAddressIsToldWithItsMeanings() throws IOException {
    for (int seed = 0; seed < 17; seed++) {
      Manifests.commit(store, new Dataset<>("toy", ToyStage.named("toy").with("seed", seed)));
    }
    String digit =
        "0123456789abcdef"
            .chars()
            .mapToObj(Character::toString)
            .filter(
                first ->
                    store.datasets().stream()
                            .filter(manifest -> manifest.fingerprint().startsWith(first))
                            .count()
                        > 1)
            .findFirst()
            .orElseThrow();

    assertThatThrownBy(() -> store.resolve(new DatasetId("toy", digit)))
        .isInstanceOf(Failure.class)
        .hasMessageStartingWith("toy/%s could be toy/%s", digit, digit)
        .hasMessageContaining(" or toy/" + digit)
        .hasMessageEndingWith("; give more digits.");
  }

  @Test
  void whatNamesNoDatasetIsRefused() {
    for (String text : List.of("toy", "toy/", "/12", "toy/xyz", "toy/12/34", "../toy/12", "")) {
      assertThatThrownBy(() -> DatasetId.parse(text))
          .isInstanceOf(Failure.class)
          .hasMessage(
              "'%s' names no dataset: a dataset is STAGE/FINGERPRINT, as 'contexture datasets"
                  + " list' prints it.",
              text);
    }
  }

  @Test
  void deadLettersKnowWhoseTheyAre() {
    DatasetId id = DatasetId.parse("toy/12ab");

    assertThat(id.rejected()).hasToString("toy.rejected/12ab");
    assertThat(DatasetId.parse("toy.rejected/12ab").result()).isEqualTo(id);
    assertThat(id.result()).isEqualTo(id);
  }

  @Test
  void experimentsRememberTheirDatasetsUntilForgotten() throws IOException {
    store.remember("emoji", List.of(toy.id()));
    store.remember("birds", List.of());
    store.remember("emoji", List.of(toy.id(), toy.id().rejected()));

    assertThat(store.experiments())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("emoji", List.of(toy.id(), toy.id().rejected()), "birds", List.of()));
    store.forget("emoji");
    assertThat(store.experiments().keySet()).isEqualTo(Set.of("birds"));
    assertThatThrownBy(() -> store.forget("emoji"))
        .isInstanceOf(Failure.class)
        .hasMessage("The store knows no experiment 'emoji'; it knows birds.");
  }

  @Test
  void aDamagedExperimentFileIsNamed() throws IOException {
    store.remember("emoji", List.of(toy.id()));
    Path file = root.resolve("experiments").resolve("emoji.json");
    Files.writeString(file, "[\"toy/1");

    assertThatThrownBy(store::experiments)
        .isInstanceOf(Failure.class)
        .hasMessageStartingWith("%s is damaged: ", file);
  }
}
