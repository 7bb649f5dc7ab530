package org.contexture.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.contexture.failure.Failure;
import org.contexture.record.NamedText;
import org.contexture.record.RawPath;
import org.contexture.record.Rejection;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Datasets that are made beside a result. */
@Timeout(120)
class CompanionTest {
  @TempDir Path directory;
  private Store store;
  private final RecordedRun told = new RecordedRun();

  @BeforeEach
  void open() {
    store = Store.open(directory.resolve("store"));
  }

  private static AccompaniedStage noting() {
    return new AccompaniedStage(
        ToyStage.named("toy")
            .doing(
                3,
                (numbers, output) -> {
                  int shard = numbers.get(0);
                  output.add(new RawPath("file " + shard));
                  for (int note = 0; note < shard; note++) {
                    output.add("notes", new NamedText("shard " + shard, "note " + note));
                  }
                }),
        NamedText.class);
  }

  private Dataset<?> run(Stage<RawPath> stage) throws InterruptedException {
    StageGraph.Builder graph = StageGraph.builder();
    Dataset<?> dataset = graph.add("toy", stage);
    Runner runner = new Runner(Runner.Kind.DIRECT, 4, Runner.Checks.ON);
    new Executor(store, runner, "test", Clock.systemUTC(), told)
        .run(Plan.of(graph.build(), store, Set.of()));
    return dataset;
  }

  private List<String> notes(Dataset<?> dataset) {
    DatasetId id = dataset.id().companion("notes");
    return StreamSupport.stream(store.open(id, NamedText.class).open().spliterator(), false)
        .map(note -> note.getName() + ": " + note.getValue())
        .toList();
  }

  @Test
  void areDatasetsOfTheirOwnInTheOrderOfTheShards() throws Exception {
    Dataset<?> toy = run(noting());

    assertThat(notes(toy)).containsExactly("shard 1: note 0", "shard 2: note 0", "shard 2: note 1");
    Manifest manifest = store.find(toy.id().companion("notes")).orElseThrow();
    assertThat(manifest.id()).hasToString("toy.notes/" + toy.fingerprint());
    assertThat(manifest.records()).isEqualTo(3);
    assertThat(manifest.recordType()).isEqualTo(NamedText.class.getName());
    assertThat(manifest.id().result()).isEqualTo(toy.id());
    assertThat(new Verification(store, manifest).problems()).isEmpty();
    assertThat(store.leftovers()).isEmpty();
  }

  @Test
  void existEvenWhenNothingWasWritten() throws Exception {
    Dataset<?> toy = run(new AccompaniedStage(ToyStage.named("toy"), NamedText.class));

    assertThat(notes(toy)).isEmpty();
  }

  @Test
  void damageInOneIsFound() throws Exception {
    Dataset<?> toy = run(noting());
    Manifest manifest = store.find(toy.id().companion("notes")).orElseThrow();
    Path file = store.directory(manifest.id()).resolve(manifest.files().get(0).name());
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 20] ^= 1;
    Files.write(file, bytes);

    assertThat(new Verification(store, manifest).problems())
        .anyMatch(problem -> problem.contains("expected SHA-256"));
  }

  @Test
  void aResultWhoseCompanionIsGoneIsMadeAgain() throws Exception {
    Dataset<?> toy = run(noting());
    List<String> before = notes(toy);
    store.delete(toy.id().companion("notes"));
    assertThat(store.find(toy)).isEmpty();

    run(noting());

    assertThat(notes(toy)).isEqualTo(before);
    assertThat(store.find(toy)).isPresent();
    assertThat(told.events())
        .contains("started toy: toy.notes/" + toy.fingerprint() + " is missing");
  }

  @Test
  void aStageThatFailsForItsRejectionsHasOnlyThose() {
    Stage<RawPath> stage =
        new AccompaniedStage(
            ToyStage.named("toy")
                .doing(
                    1,
                    (numbers, output) -> {
                      output.add("notes", new NamedText("a", "b"));
                      output.reject("what", "where", "why");
                    }),
            NamedText.class);
    Dataset<?> toy = new Dataset<>("toy", stage);

    assertThrows(Failure.class, () -> run(stage));

    assertThat(store.find(toy.id())).isEmpty();
    assertThat(store.find(toy.id().companion("notes"))).isEmpty();
    assertThat(store.open(toy.id().rejected(), Rejection.class).open()).hasSize(1);
  }

  @Test
  void aFileOfOneThatIsGoneFromAnInterruptedRunIsMadeAgain() throws Exception {
    String ready = directory.resolve("ready").toString();
    Stage<RawPath> stage =
        new AccompaniedStage(
            ToyStage.named("toy")
                .doing(
                    2,
                    (numbers, output) -> {
                      if (numbers.get(0) == 1 && !Files.exists(Path.of(ready))) {
                        throw new IllegalStateException("not ready");
                      }
                      output.add("notes", new NamedText("shard", numbers.get(0).toString()));
                    }),
            NamedText.class);
    Dataset<?> toy = new Dataset<>("toy", stage);
    assertThrows(Failure.class, () -> run(stage));
    Path notes = store.root().resolve(toy.id() + ".staging").resolve("beside/notes");
    Files.deleteIfExists(notes.resolve("part-00000-of-00002.avro"));
    Files.createFile(Path.of(ready));

    run(stage);

    assertThat(notes(toy)).containsExactly("shard: 0", "shard: 1");
  }

  @Test
  void theirTypesAreInTheFingerprint() {
    ToyStage stage = ToyStage.named("toy");

    assertThat(
            Set.of(
                Fingerprint.of(stage),
                Fingerprint.of(new AccompaniedStage(stage, NamedText.class)),
                Fingerprint.of(new AccompaniedStage(stage, Rejection.class))))
        .hasSize(3);
  }

  @Test
  void whatCannotBeCleanedUpHidesNeitherTheReasonNorTheRest() throws Exception {
    AccompaniedStage failing =
        new AccompaniedStage(
            ToyStage.named("toy")
                .doing(
                    1,
                    (numbers, output) -> {
                      output.add(new RawPath("file"));
                      output.add("notes", new NamedText("a", "b"));
                      Path data = output.state().resolveSibling("data");
                      for (Path file : LocalStore.children(data)) {
                        Files.createDirectories(Path.of(file + ".index/in the way"));
                      }
                      throw Failure.environment("This is the reason.");
                    }),
            NamedText.class);

    Failure failure = assertThrows(Failure.class, () -> run(failing));

    assertThat(failure).hasMessageContaining("This is the reason.");
    try (Stream<Path> files = Files.walk(directory)) {
      assertThat(files.filter(Files::isRegularFile).map(Path::toString))
          .noneMatch(file -> file.contains(".avro.temporary-"));
    }
  }
}
