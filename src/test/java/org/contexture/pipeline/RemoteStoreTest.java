package org.contexture.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.commons.codec.digest.DigestUtils;
import org.contexture.failure.Failure;
import org.contexture.pipeline.remote.RemoteAddress;
import org.contexture.pipeline.remote.RemoteFileException;
import org.contexture.record.RawPath;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A store behind Beam's file systems, here its local one, seen from two machines: two directories
 * for copies.
 */
@Timeout(120)
class RemoteStoreTest {
  private static final Staging.Done NOTHING =
      new Staging.Done(List.of(), List.of(), new TreeMap<>());

  @TempDir Path directory;
  private final RecordedRun told = new RecordedRun();
  private Path remote;
  private Store here;
  private Store there;

  @BeforeEach
  void open() {
    remote = directory.resolve("remote");
    here = open("here");
    there = open("there");
  }

  private Store open(String machine) {
    return open(remote.toString(), directory.resolve(machine).toString());
  }

  private static Store open(String remote, String cache) {
    return Store.open(RemoteAddress.parse("file://" + remote).orElseThrow(), Path.of(cache));
  }

  private static StageGraph graph(Stage<RawPath> stage) {
    StageGraph.Builder builder = StageGraph.builder();
    builder.add("toy", stage);
    return builder.build();
  }

  private Dataset<?> run(Store store, Stage<RawPath> stage) throws InterruptedException {
    StageGraph graph = graph(stage);
    run(store, graph, Set.of(), told);
    return graph.datasets().get(0);
  }

  private static void run(
      Store store, StageGraph graph, Set<Dataset<?>> rebuilt, RunListener listener)
      throws InterruptedException {
    Runner runner = new Runner(Runner.Kind.DIRECT, 4, Runner.Checks.ON);
    new Executor(store, runner, "test", Clock.systemUTC(), listener)
        .run(Plan.of(graph, store, rebuilt));
  }

  private static List<String> paths(Store store, Dataset<?> dataset) {
    return StreamSupport.stream(store.open(dataset.id(), RawPath.class).open().spliterator(), false)
        .map(RawPath::getPath)
        .toList();
  }

  private static List<String> problems(Store store, Dataset<?> dataset) throws IOException {
    return new Verification(store, store.find(dataset.id()).orElseThrow()).problems();
  }

  /** The files of the store, by name. */
  private List<String> remoteFiles() throws IOException {
    return find(remote, ".*").stream().map(file -> remote.relativize(file).toString()).toList();
  }

  private Path only(String name) throws IOException {
    List<Path> found = find(remote, name);
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private static List<Path> find(Path directory, String name) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> file.getFileName().toString().matches(name))
          .sorted()
          .toList();
    }
  }

  /** Shards that note in a directory each time they are made. */
  private ToyStage noting(int shards) {
    Path notes = directory.resolve("notes");
    String place = notes.toString();
    return ToyStage.named("toy")
        .doing(
            shards,
            (numbers, output) -> {
              Files.createDirectories(Path.of(place));
              Files.createTempFile(Path.of(place), "shard-" + numbers.get(0) + "-", "");
              output.add(new RawPath("shard " + numbers.get(0)));
            });
  }

  private long timesMade(int shard) throws IOException {
    try (Stream<Path> notes = Files.list(directory.resolve("notes"))) {
      return notes
          .filter(note -> note.getFileName().toString().startsWith("shard-" + shard + "-"))
          .count();
    }
  }

  @Test
  void hasTheBytesOfALocalStore() throws Exception {
    Store local = Store.open(directory.resolve("local"));
    Dataset<?> toy = run(local, ToyStage.named("toy"));

    run(here, ToyStage.named("toy"));

    assertThat(here.find(toy.id()).orElseThrow().files())
        .isEqualTo(local.find(toy.id()).orElseThrow().files());
    assertThat(paths(here, toy)).isEqualTo(paths(local, toy));
    assertThat(problems(here, toy)).isEmpty();
  }

  @Test
  void consistsOfTheManifestAndOfFilesNamedByTheirContent() throws Exception {
    Dataset<?> toy = run(here, ToyStage.named("toy").doing(1, (n, o) -> o.add(new RawPath("a"))));

    String digest = here.find(toy.id()).orElseThrow().files().get(0).sha256().substring(0, 16);
    assertThat(remoteFiles())
        .containsExactly(
            "store.json",
            toy.id() + "/" + digest + "/part-00000-of-00001.avro",
            toy.id() + "/" + digest + "/part-00000-of-00001.avro.index",
            toy.id() + "/manifest.json");
    assertThat(here.leftovers()).isEmpty();
  }

  @Test
  void anotherMachineReusesWhatOneHasMade() throws Exception {
    Dataset<?> toy = run(here, ToyStage.named("toy"));

    run(there, ToyStage.named("toy"));

    assertThat(told.events())
        .containsExactly("started toy: not made yet", "finished toy: 6", "reused toy");
    assertThat(paths(there, toy)).isEqualTo(paths(here, toy)).hasSize(6);
    assertThat(there.datasets()).isEqualTo(here.datasets()).hasSize(1);
  }

  @Test
  void whatIsHereIsNotFetchedAgain() throws Exception {
    Dataset<?> toy = run(here, ToyStage.named("toy"));
    List<String> before = paths(there, toy);
    for (Manifest.DataFile file : here.find(toy.id()).orElseThrow().files()) {
      Files.delete(remote.resolve(RemoteContent.shard(toy.id(), file)));
    }

    assertThat(paths(there, toy)).isEqualTo(before);
    assertThat(paths(here, toy)).isEqualTo(before);
    assertThatThrownBy(() -> paths(open("third"), toy))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("part-00000-of-00002.avro is missing: somebody has removed it.");
  }

  @Test
  void anotherMachineGoesOnWithTheShardsThatAreFinished() throws Exception {
    ShardBody<Integer, RawPath> body = noting(2).body();
    String store = remote.toString();
    Path up = directory.resolve("up");
    String machine = up.toString();
    ToyStage stage =
        ToyStage.named("toy")
            .doing(
                2,
                (numbers, output) -> {
                  if (numbers.get(0) == 1 && !Files.exists(Path.of(machine))) {
                    awaitFirstShard(Path.of(store));
                    throw new IOException("the machine went down");
                  }
                  body.write(numbers, output);
                });
    assertThatThrownBy(() -> run(here, stage)).hasMessageContaining("the machine went down");
    assertThat(here.datasets()).isEmpty();
    Files.createFile(up);

    Dataset<?> toy = run(there, stage);

    assertThat(timesMade(0)).isOne();
    assertThat(timesMade(1)).isOne();
    assertThat(paths(there, toy)).containsExactly("shard 0", "shard 1");
    assertThat(problems(here, toy)).isEmpty();
    assertThat(remoteFiles()).noneMatch(file -> file.contains(".staging"));
  }

  private static void awaitFirstShard(Path store) throws IOException, InterruptedException {
    while (find(store, "part-00000-of-00002\\.avro\\.json").isEmpty()) {
      Thread.sleep(20);
    }
  }

  /** A run that dies after its last shard and before its manifest. */
  private Dataset<?> dieBeforeTheManifest(ToyStage stage) {
    Dataset<?> toy = new Dataset<>("toy", stage);
    Path lock = remote.resolve(toy.id() + ".lock");
    String place = lock.toString();
    ShardBody<Integer, RawPath> body = stage.body();
    ToyStage unlocked =
        stage.doing(
            stage.shards(),
            (numbers, output) -> {
              Files.deleteIfExists(Path.of(place));
              body.write(numbers, output);
            });
    Failure failure = assertThrows(Failure.class, () -> run(here, unlocked));
    assertThat(failure.category()).isEqualTo(Failure.Category.ENVIRONMENT);
    assertThat(failure).hasMessageContaining("The lease on file://" + lock + " was lost");
    return toy;
  }

  @Test
  void withoutItsManifestADatasetDoesNotExistAndNothingIsMadeAgain() throws Exception {
    Dataset<?> toy = dieBeforeTheManifest(noting(2));
    assertThat(here.find(toy.id())).isEmpty();
    assertThat(there.datasets()).isEmpty();
    assertThat(here.leftovers())
        .containsExactly(
            "file://" + remote.resolve(toy.id().toString()),
            "file://" + remote.resolve(toy.id() + ".staging"));

    run(there, noting(2));

    assertThat(timesMade(0)).isOne();
    assertThat(timesMade(1)).isOne();
    assertThat(paths(here, toy)).containsExactly("shard 0", "shard 1");
  }

  @Test
  void aShardThatWasUploadedAndNotYetDeclaredIsMadeAgain() throws Exception {
    Dataset<?> toy = dieBeforeTheManifest(noting(2));
    Files.delete(only("part-00001-of-00002\\.avro\\.json"));

    run(there, noting(2));

    assertThat(timesMade(0)).isOne();
    assertThat(timesMade(1)).isEqualTo(2);
    assertThat(problems(there, toy)).isEmpty();
  }

  @Test
  void aShardThatWasDeclaredAndIsGoneIsMadeAgain() throws Exception {
    Dataset<?> toy = dieBeforeTheManifest(noting(2));
    Files.delete(only("part-00001-of-00002\\.avro\\.index"));

    run(there, noting(2));

    assertThat(timesMade(1)).isEqualTo(2);
    assertThat(problems(there, toy)).isEmpty();
  }

  @Test
  void whatIsLeftAfterTheManifestIsClearedByTheNextRun() throws Exception {
    Dataset<?> toy = run(here, ToyStage.named("toy"));
    here.staging(toy.id()).markDone("none", NOTHING);
    LeaseTest.writeLock(remote.resolve(toy.id() + ".lock"), LeaseTest.deadOwner());

    run(there, ToyStage.named("toy"));

    assertThat(remoteFiles()).noneMatch(file -> file.matches(".*\\.(staging|lock).*"));
    assertThat(problems(there, toy)).isEmpty();
  }

  @Test
  void twoWhoMakeTheSameAtOnceAndRoundInAnotherWayDoNoHarm() throws Exception {
    String store = remote.toString();
    String cache = directory.resolve("there").toString();
    String lock = new Dataset<>("toy", ToyStage.named("toy")).id() + ".lock";
    ToyStage stage =
        ToyStage.named("toy")
            .doing(
                1,
                (numbers, output) -> {
                  output.add(new RawPath("the slower"));
                  Files.delete(Path.of(store, lock));
                  ToyStage faster =
                      ToyStage.named("toy").doing(1, (n, o) -> o.add(new RawPath("the faster")));
                  run(open(store, cache), graph(faster), Set.of(), new RecordedRun());
                });

    assertThatThrownBy(() -> run(here, stage)).hasMessageContaining("was lost to another process");

    Dataset<?> toy = new Dataset<>("toy", stage);
    assertThat(paths(here, toy)).containsExactly("the faster");
    assertThat(paths(there, toy)).containsExactly("the faster");
    assertThat(problems(here, toy)).isEmpty();
  }

  @Test
  void ofTwoManifestsEachNamesBytesThatAreThere() throws Exception {
    Dataset<?> toy = run(here, ToyStage.named("toy").doing(1, (n, o) -> o.add(new RawPath("a"))));
    Manifest first = here.find(toy.id()).orElseThrow();

    StageGraph again = graph(ToyStage.named("toy").doing(1, (n, o) -> o.add(new RawPath("b"))));
    run(there, again, Set.copyOf(again.datasets()), told);

    Manifest second = here.find(toy.id()).orElseThrow();
    assertThat(second.files()).isNotEqualTo(first.files());
    assertThat(paths(here, toy)).containsExactly("b");
    assertThat(new Verification(here, first).problems()).isEmpty();
    assertThat(new Verification(here, second).problems()).isEmpty();
    Manifest.DataFile old = first.files().get(0);
    assertThat(here.leftovers())
        .containsExactly(
            "file://" + remote.resolve(RemoteContent.shard(toy.id(), old)),
            "file://" + remote.resolve(RemoteContent.index(toy.id(), old)));
    deleteLeftovers();
    assertThat(problems(there, toy)).isEmpty();
  }

  private void deleteLeftovers() throws Exception {
    for (String leftover : here.leftovers()) {
      here.deleteLeftover(leftover);
    }
    assertThat(here.leftovers()).isEmpty();
  }

  @Test
  void whatAnUploadLeftBesideAShardGoesAndTheShardStays() throws Exception {
    Dataset<?> toy = run(here, ToyStage.named("toy").doing(1, (n, o) -> o.add(new RawPath("a"))));
    Path shard = only("part-00000-of-00001\\.avro");
    Path half = shard.resolveSibling(shard.getFileName() + ".temporary-1");
    Files.writeString(half, "half");
    assertThat(here.leftovers()).as("while it may be written").isEmpty();
    Files.setLastModifiedTime(half, FileTime.from(Instant.now().minus(Lease.DURATION)));

    assertThat(here.leftovers()).containsExactly("file://" + half);
    deleteLeftovers();

    assertThat(half).doesNotExist();
    assertThat(problems(here, toy)).isEmpty();
  }

  @Test
  void aDatasetThatIsCommittedWhileLeftoversAreListedIsNone() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    ExecutorService runs = Executors.newSingleThreadExecutor();
    try {
      Future<?> committing =
          runs.submit(
              () -> {
                for (int seed = 0; !over.get(); seed++) {
                  commit(new Dataset<>("toy", ToyStage.named("toy").with("seed", seed)));
                  Thread.sleep(2);
                }
                return null;
              });
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
      while (System.nanoTime() < end) {
        assertThat(here.leftovers()).isEmpty();
      }
      over.set(true);
      committing.get();
    } finally {
      over.set(true);
      runs.shutdownNow();
    }
    assertThat(here.datasets()).isNotEmpty();
  }

  /** What a run does to a store, without the run. */
  private void commit(Dataset<?> dataset) throws IOException {
    Manifest.Attachment file = new Manifest.Attachment("file", 1, "0".repeat(64));
    here.write(dataset.id() + ".lock", Lease.Owner.thisProcess().toJson());
    Path data = remote.resolve(RemoteContent.attachment(dataset.id(), file));
    Files.createDirectories(data.getParent());
    Files.writeString(data, "x");
    here.commit(
        here.staging(dataset.id()), Manifests.of(dataset, Manifests.STARTED, List.of(file)));
    Files.delete(remote.resolve(dataset.id() + ".lock"));
  }

  @Test
  void whatAJobMakesWhoseClientDiedIsNoLeftover() throws Exception {
    Dataset<?> toy = dieBeforeTheManifest(noting(2));
    List<String> leftovers = here.leftovers();
    Staging staging = there.staging(toy.id());

    try (Lease lease = staging.lease("part-0")) {
      lease.requireHeld();
      assertThat(here.leftovers()).isEmpty();
      assertThat(here.deleteLeftover(leftovers.get(0))).isFalse();
    }
    assertThat(here.leftovers()).isEqualTo(leftovers);

    staging.announce("part-1", Progress.NONE);
    assertThat(here.leftovers()).isEmpty();
    Files.setLastModifiedTime(only("part-1"), FileTime.from(Instant.now().minus(Lease.DURATION)));
    deleteLeftovers();
    assertThat(remoteFiles()).containsExactly("store.json");
  }

  @Test
  void whatIsLeftOfADeadLockOrOfAManifestIsALeftover() throws Exception {
    Dataset<?> toy = run(here, ToyStage.named("toy"));
    List<Path> remains =
        Stream.of(".lock", ".lock.over-1", ".lock.temporary-2", "/manifest.json.temporary-3")
            .map(suffix -> remote.resolve(toy.id() + suffix))
            .toList();
    for (Path file : remains) {
      LeaseTest.writeLock(file, LeaseTest.deadOwner());
    }
    here.remember("a.lock", List.of());
    assertThat(here.leftovers()).containsExactly("file://" + remains.get(0));
    for (Path file : remains) {
      Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Lease.DURATION)));
    }

    assertThat(here.leftovers())
        .containsExactlyInAnyOrderElementsOf(
            remains.stream().map(file -> "file://" + file).toList());
    deleteLeftovers();

    assertThat(problems(there, toy)).isEmpty();
    assertThat(here.experiments()).containsKey("a.lock");
  }

  @Test
  void aDamagedManifestKeepsNobodyFromTheOtherDatasets() throws Exception {
    Dataset<?> toy = run(here, ToyStage.named("toy"));
    Dataset<?> other = run(here, ToyStage.named("toy").with("seed", 1));
    Path manifest = remote.resolve(toy.id() + "/manifest.json");
    Files.writeString(manifest, "");

    assertThat(there.datasets()).extracting(Manifest::id).containsExactly(other.id());
    assertThat(there.listed().damaged()).containsOnlyKeys(toy.id());
    assertThat(there.leftovers()).containsExactly("file://" + remote.resolve(toy.id().toString()));
    run(there, ToyStage.named("toy"));
    assertThat(problems(here, toy)).isEmpty();
    assertThat(here.leftovers()).isEmpty();
    Files.writeString(manifest, "");
    deleteLeftovers();
    assertThat(manifest).doesNotExist();
    assertThat(problems(here, other)).isEmpty();
  }

  @Test
  void aDamagedCopyOfAManifestIsReplaced() throws Exception {
    Dataset<?> toy = run(here, ToyStage.named("toy"));
    assertThat(there.datasets()).hasSize(1);
    Path copy = there.root().resolve(toy.id() + "/manifest.json");
    FileTime modified = Files.getLastModifiedTime(copy);
    Files.write(copy, new byte[Math.toIntExact(Files.size(copy))]);
    Files.setLastModifiedTime(copy, modified);

    assertThat(there.listed().damaged()).isEmpty();
    assertThat(there.find(toy.id())).isPresent();
    assertThat(there.leftovers()).isEmpty();
    assertThat(Files.readString(copy)).contains("\"format\"");
  }

  @Test
  void whatIsLeftAmongTheCopiesOfAMachineIsALeftoverThere() throws Exception {
    Dataset<?> toy = run(here, ToyStage.named("toy"));
    Dataset<?> other = new Dataset<>("toy", ToyStage.named("toy").with("seed", 1));
    Path copies = there.root();
    there.staging(toy.id()).prepare(Set.of());
    there.staging(other.id()).prepare(Set.of());
    there.staging(other.id()).markDone("none", NOTHING);
    Path staging = copies.resolve(toy.id() + ".staging");
    Path checked = Files.createDirectories(copies.resolve("checked-1"));
    Path fetched = Files.writeString(copies.resolve("toy/file.fetched-1"), "half");
    assertThat(there.leftovers()).containsExactly(remoteStagingOf(other));
    try (Stream<Path> all = Files.walk(copies)) {
      for (Path path : all.toList()) {
        Files.setLastModifiedTime(path, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
      }
    }

    assertThat(here.leftovers()).containsExactly(remoteStagingOf(other));
    assertThat(there.leftovers())
        .containsExactlyInAnyOrder(
            remoteStagingOf(other), staging.toString(), checked.toString(), fetched.toString());
    try (Lease lease = Lease.ofShard(there.lock(toy.id()))) {
      lease.requireHeld();
      assertThat(there.leftovers()).doesNotContain(staging.toString());
      assertThat(there.deleteLeftover(staging.toString())).isFalse();
    }
    for (String leftover : there.leftovers()) {
      assertThat(there.deleteLeftover(leftover)).isTrue();
    }
    assertThat(there.leftovers()).isEmpty();
    assertThat(staging).doesNotExist();
    assertThat(copies.resolve(other.id() + ".staging")).doesNotExist();
    assertThat(problems(there, toy)).isEmpty();
  }

  private String remoteStagingOf(Dataset<?> dataset) {
    return "file://" + remote.resolve(dataset.id() + ".staging");
  }

  @Test
  void whatCannotBeWrittenLeavesNothing() throws IOException {
    Files.createDirectories(remote.resolve("store.json/in-the-way"));

    assertThatThrownBy(() -> here.write("store.json", new byte[] {1}))
        .isInstanceOf(RemoteFileException.class);

    assertThat(remoteFiles()).isEmpty();
  }

  @Test
  void damageIsFoundWhenAFileIsFetchedAndByVerification() throws Exception {
    Dataset<?> toy = run(here, ToyStage.named("toy").doing(1, (n, o) -> o.add(new RawPath("a"))));
    Path shard = only("part-00000-of-00001\\.avro");
    byte[] bytes = Files.readAllBytes(shard);
    bytes[bytes.length - 1] ^= 1;
    Files.write(shard, bytes);

    String expected = here.find(toy.id()).orElseThrow().files().get(0).sha256();
    assertThatThrownBy(() -> paths(there, toy))
        .isInstanceOf(Failure.class)
        .hasMessageStartingWith(
            "file://%s is damaged: expected SHA-256 %s, actual %s.",
            shard, expected, DigestUtils.sha256Hex(bytes));
    assertThat(paths(here, toy)).as("the copy").containsExactly("a");
    assertThat(problems(here, toy))
        .containsExactly(
            "file://%s: expected SHA-256 %s, actual %s"
                .formatted(shard, expected, DigestUtils.sha256Hex(bytes)));
    Files.delete(shard);
    assertThat(problems(here, toy)).singleElement().asString().endsWith("actual: missing");
  }

  @Test
  void aDatasetIsRemovedHereAndThere() throws Exception {
    Dataset<?> toy = run(here, ToyStage.named("toy"));
    assertThat(paths(there, toy)).hasSize(6);

    here.delete(toy.id());

    assertThat(remoteFiles()).containsExactly("store.json");
    assertThat(there.find(toy.id())).isEmpty();
    assertThat(here.directory(toy.id())).doesNotExist();
  }

  @Test
  void experimentsAreRememberedAndForgotten() throws Exception {
    DatasetId id = new DatasetId("toy", "0123456789abcdef");
    here.remember("emoji", List.of(id));

    assertThat(there.experiments()).containsOnlyKeys("emoji").containsEntry("emoji", List.of(id));
    there.forget("emoji");
    assertThat(here.experiments()).isEmpty();
  }

  @Test
  void whatWasBeingWrittenWhenAProcessDiedIsNotTaken() throws Exception {
    Dataset<?> toy = dieBeforeTheManifest(noting(1));
    Path marker = only("part-00000-of-00001\\.avro\\.json");
    Files.writeString(marker.resolveSibling(marker.getFileName() + ".temporary-1"), "{\"da");

    run(there, noting(1));

    assertThat(paths(there, toy)).containsExactly("shard 0");
    assertThat(here.leftovers()).isEmpty();
  }

  @Test
  void attachmentsAreFoundOneByOneAndInOneDirectory() throws Exception {
    Dataset<?> toy =
        run(
            here,
            ToyStage.named("toy")
                .doing(
                    2,
                    (numbers, output) -> {
                      String content = "content of " + numbers.get(0);
                      Path file = output.state().resolve("archive-" + numbers.get(0));
                      Files.writeString(file, content);
                      output.attach(file, DigestUtils.sha256Hex(content));
                    }));

    StoredDataset<RawPath> stored = there.open(toy.id(), RawPath.class);
    assertThat(stored.attachment("archive-1")).hasContent("content of 1");
    assertThat(stored.attachments().resolve("archive-0")).hasContent("content of 0");
    assertThat(stored.attachments().resolve("archive-1")).hasContent("content of 1");
    assertThat(problems(there, toy)).isEmpty();
    assertThat(here.leftovers()).isEmpty();
  }

  @Test
  void whatATaskKeepsIsFoundOnAnotherMachineAndNothingElse() throws IOException {
    DatasetId id = new DatasetId("train", "0123456789abcdef");
    Staging first = here.staging(id);
    first.enter(Set.of());
    Files.writeString(first.kept().resolve("training.state"), "epoch 3");
    first.keep();
    Files.writeString(first.state().resolve("kept/training.state"), "epoch 4, not kept");
    Staging second = there.staging(id);
    second.enter(Set.of());

    assertThat(second.kept().resolve("training.state")).hasContent("epoch 3");
    assertThat(first.kept().resolve("training.state")).hasContent("epoch 3");
    assertThat(second.keptIn())
        .isEqualTo(there.place(id + Store.STAGING + "/kept"))
        .isEqualTo(first.keptIn());
    second.delete();
    assertThat(first.kept()).isEmptyDirectory();
  }

  @Test
  void aStoreThatCannotBeReachedIsTheMachinesFault() throws IOException {
    Files.createDirectories(remote);
    Files.writeString(remote.resolve("store.json"), "{\"format\": 2}");
    assertThatThrownBy(() -> open("here"))
        .isInstanceOf(Failure.class)
        .hasMessageStartingWith("file://%s is a store of format 2", remote);
    Files.delete(remote.resolve("store.json"));
    Files.createDirectories(remote.resolve("store.json"));

    assertThatThrownBy(() -> here.requireWritable())
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> assertThat(failure.category()).isEqualTo(Failure.Category.ENVIRONMENT));
  }

  @Test
  void aFullDiskOfCopiesIsTheMachinesFault() {
    ToyStage stage =
        ToyStage.named("toy")
            .doing(
                1,
                (numbers, output) -> {
                  throw new IOException("No space left on device");
                });

    assertThat(assertThrows(Failure.class, () -> run(here, stage)))
        .hasMessage(
            "Stage toy failed: the disk that holds %s is full. Free some space, or keep the copies"
                + " elsewhere: with --cache DIR, or on a worker that has another disk with"
                + " CONTEXTURE_WORKER_CACHE.",
            here.root());
  }

  @Test
  void copiesThatCannotBeKeptAreTheMachinesFault() throws IOException {
    Files.writeString(directory.resolve("file"), "in the way");

    assertThatThrownBy(() -> open("file"))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> assertThat(failure.category()).isEqualTo(Failure.Category.ENVIRONMENT))
        .hasMessageEndingWith("Choose another directory with --cache DIR.");
  }

  @Test
  void taskProgressIsHeardOnTheOtherMachine() throws IOException {
    DatasetId id = new DatasetId("toy", "0123456789abcdef");
    here.staging(id).announce("part-0", new Progress(3, 10, Progress.Unit.THINGS, "a"));
    here.staging(id).announce("part-1", new Progress(4, 10, Progress.Unit.THINGS, "b"));

    assertThat(there.staging(id).totalProgress(2))
        .contains(new Progress(7, 20, Progress.Unit.THINGS, "b"));
    here.staging(id).markDone("part-0", NOTHING);
    assertThat(there.staging(id).totalProgress(4))
        .contains(new Progress(7, 40, Progress.Unit.THINGS, "b"));
  }
}
