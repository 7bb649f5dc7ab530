package org.contexture.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.extensions.avro.coders.AvroCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.KV;
import org.contexture.failure.Failure;
import org.contexture.record.RawPath;
import org.contexture.record.Rejection;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ExecutorTest {
  @TempDir Path directory;
  private Store store;
  private final RecordedRun told = new RecordedRun();

  @BeforeEach
  void open() {
    store = Store.open(directory.resolve("store"));
  }

  private static StageGraph graph(Stage<RawPath> stage) {
    StageGraph.Builder builder = StageGraph.builder();
    builder.add("toy", stage);
    return builder.build();
  }

  private void run(StageGraph graph, Set<Dataset<?>> rebuilt, RunListener listener)
      throws InterruptedException {
    Runner runner = new Runner(Runner.Kind.DIRECT, 4, Runner.Checks.ON);
    new Executor(store, runner, "test", Clock.systemUTC(), listener)
        .run(Plan.of(graph, store, rebuilt));
  }

  /** Runs a graph of one stage. */
  private Dataset<?> run(Stage<RawPath> stage) throws InterruptedException {
    StageGraph graph = graph(stage);
    run(graph, Set.of(), told);
    return graph.datasets().get(0);
  }

  private Failure failureOf(Stage<RawPath> stage) {
    return assertThrows(Failure.class, () -> run(stage));
  }

  private List<String> paths(Dataset<?> dataset) {
    return StreamSupport.stream(store.open(dataset.id(), RawPath.class).open().spliterator(), false)
        .map(RawPath::getPath)
        .toList();
  }

  private Path stagingOf(Dataset<?> dataset) {
    return store.root().resolve(dataset.id() + ".staging");
  }

  private void assertWhole(Dataset<?> dataset) throws IOException {
    assertThat(new Verification(store, store.find(dataset.id()).orElseThrow()).problems())
        .isEmpty();
  }

  @Test
  void whatIsMissingIsMadeAndTheRestReused() throws Exception {
    StageGraph.Builder builder = StageGraph.builder();
    Dataset<RawPath> source = builder.add("source", ToyStage.named("source"));
    run(builder.build(), Set.of(), told);
    Dataset<RawPath> copy = builder.add("copy", new CopyStage(source));

    run(builder.build(), Set.of(), told);
    run(builder.build(), Set.of(), told);

    assertThat(told.events())
        .containsExactly(
            "started source: not made yet",
            "finished source: 6",
            "reused source",
            "started copy: not made yet",
            "finished copy: 6",
            "reused source",
            "reused copy");
    assertThat(paths(copy))
        .containsExactly(
            "copy of shard 0 record 0",
            "copy of shard 0 record 1",
            "copy of shard 0 record 2",
            "copy of shard 1 record 0",
            "copy of shard 1 record 1",
            "copy of shard 1 record 2");
    Manifest manifest = store.find(copy.id()).orElseThrow();
    assertThat(manifest.inputs()).containsEntry("in", source.id());
    assertThat(manifest.files())
        .extracting(Manifest.DataFile::name)
        .containsExactly("part-00000-of-00002.avro", "part-00001-of-00002.avro");
    assertWhole(copy);
    assertThat(stagingOf(copy)).doesNotExist();
    assertThat(store.lock(copy.id()).exists()).isFalse();
  }

  /** Copies its input shard by shard. */
  private static final class CopyStage extends RewiredStage {
    private final Dataset<RawPath> source;

    CopyStage(Dataset<RawPath> source) {
      super(ToyStage.named("copy").reading("in", source));
      this.source = source;
    }

    @Override
    public void expand(Pipeline pipeline, StageContext<RawPath> context) {
      StoredDataset<RawPath> input = context.input(source);
      toy()
          .doing(
              input.shardCount(),
              (numbers, output) -> {
                for (RawPath record : input.openShard(numbers.get(0))) {
                  output.add(new RawPath("copy of " + record.getPath()));
                }
              })
          .expand(pipeline, context);
    }
  }

  @Test
  void aShardWithNothingInItIsMade() throws Exception {
    Dataset<?> toy = run(ToyStage.named("toy").doing(3, (numbers, output) -> {}));

    assertThat(store.open(toy.id(), RawPath.class).shardCount()).isEqualTo(3);
    assertThat(paths(toy)).isEmpty();
    assertWhole(toy);
  }

  private static ToyStage rejectingOneOfFour() {
    return ToyStage.named("toy")
        .doing(
            2,
            (numbers, output) -> {
              int shard = numbers.get(0);
              output.add(new RawPath("good " + shard));
              if (shard == 1) {
                output.reject("bad.png", "row 3", "it is upside down");
              } else {
                output.add(new RawPath("second " + shard));
              }
            });
  }

  @Test
  void rejectionsWithinTheLimitBecomeDeadLetters() throws Exception {
    Dataset<?> toy = run(rejectingOneOfFour().withMaxRejectedShare(0.25));

    assertThat(paths(toy)).containsExactly("good 0", "second 0", "good 1");
    assertThat(store.find(toy.id()).orElseThrow().rejected()).isEqualTo(1);
    assertThat(store.open(toy.id().rejected(), Rejection.class).open())
        .containsExactly(new Rejection("bad.png", "row 3", "it is upside down"));
    assertThat(new Verification(store, store.find(toy.id().rejected()).orElseThrow()).problems())
        .isEmpty();
    assertWhole(toy);
  }

  @Test
  void rejectionsBeyondTheLimitFailTheStageAndStayReadable() throws Exception {
    Dataset<?> toy = new Dataset<>("toy", rejectingOneOfFour());

    Failure failure = failureOf(rejectingOneOfFour().withMaxRejectedShare(0.24));

    assertThat(failure.category()).isEqualTo(Failure.Category.DATA);
    assertThat(failure)
        .hasMessage(
            "Stage toy failed: 1 of 4 inputs were rejected, more than the allowed share of 0.24."
                + " The first:%n  bad.png (row 3): it is upside down%n"
                + "All of them: contexture datasets show %s --records 1",
            toy.id().rejected());
    assertThat(store.find(toy.id())).isEmpty();
    assertThat(store.open(toy.id().rejected(), Rejection.class).open()).hasSize(1);

    run(rejectingOneOfFour().withMaxRejectedShare(0.5));
    assertThat(paths(toy)).containsExactly("good 0", "second 0", "good 1");
    assertWhole(toy);
  }

  @Test
  void onlyTheFirstRejectionsAreShown() {
    ToyStage stage =
        ToyStage.named("toy")
            .doing(
                1,
                (numbers, output) -> {
                  for (int i = 0; i < 5; i++) {
                    output.reject("file " + i, "the archive", "no");
                  }
                });

    assertThat(failureOf(stage))
        .hasMessageContaining("5 of 5 inputs were rejected")
        .hasMessageContaining("file 2")
        .hasMessageNotContaining("file 3");
  }

  @Test
  void rejectionsOfTheGraphAreDeadLettersInOrder() throws Exception {
    Dataset<?> toy =
        run(
            new GraphRejections(
                ToyStage.named("toy").withMaxRejectedShare(0.5),
                List.of(
                    new Rejection("c", "1", "x"),
                    new Rejection("a", "2", "y"),
                    new Rejection("a", "1", "y"))));

    assertThat(store.open(toy.id().rejected(), Rejection.class).open())
        .containsExactly(
            new Rejection("a", "1", "y"),
            new Rejection("a", "2", "y"),
            new Rejection("c", "1", "x"));
    assertThat(paths(toy)).hasSize(6);
    assertThat(store.find(toy.id()).orElseThrow().rejected()).isEqualTo(3);
  }

  private static final class GraphRejections extends RewiredStage {
    private final List<Rejection> rejections;

    GraphRejections(ToyStage toy, List<Rejection> rejections) {
      super(toy);
      this.rejections = rejections;
    }

    @Override
    public void expand(Pipeline pipeline, StageContext<RawPath> context) {
      toy().expand(pipeline, context);
      context.reject(
          pipeline.apply(
              "Rejections", Create.of(rejections).withCoder(AvroCoder.of(Rejection.class))));
    }
  }

  @Test
  void aDefectNamesItsStage() {
    ToyStage stage =
        ToyStage.named("toy")
            .doing(
                1,
                (numbers, output) -> {
                  throw new IllegalStateException("boom");
                });

    Failure failure = failureOf(stage);

    assertThat(failure.category()).isEqualTo(Failure.Category.STAGE);
    assertThat(failure)
        .hasMessage("Stage toy failed: java.lang.IllegalStateException: boom")
        .hasRootCauseMessage("boom");
  }

  @Test
  void aFailureOfAStageKeepsItsWordsAndCategory() {
    ToyStage stage =
        ToyStage.named("toy")
            .doing(
                1,
                (numbers, output) -> {
                  throw Failure.data("%s has no pictures.", "The archive");
                });

    Failure failure = failureOf(stage);

    assertThat(failure.category()).isEqualTo(Failure.Category.DATA);
    assertThat(failure).hasMessage("Stage toy failed: The archive has no pictures.");
  }

  @Test
  void aFullDiskIsSaidToBeFull() {
    ToyStage stage =
        ToyStage.named("toy")
            .doing(
                1,
                (numbers, output) -> {
                  throw new IOException("No space left on device");
                });

    Failure failure = failureOf(stage);

    assertThat(failure.category()).isEqualTo(Failure.Category.ENVIRONMENT);
    assertThat(failure)
        .hasMessage(
            "Stage toy failed: the disk that holds %s is full. Free some space, or move the"
                + " store with --store DIR.",
            store.root());
  }

  @Test
  void aFinishedShardThatIsGoneBeforeTheCommitIsMissed() throws Exception {
    String done = stagingOf(new Dataset<>("toy", ToyStage.named("toy"))).resolve("done").toString();
    ToyStage stage =
        ToyStage.named("toy")
            .doing(
                2,
                (numbers, output) -> {
                  output.add(new RawPath("shard " + numbers.get(0)));
                  if (numbers.get(0) == 1) {
                    Path other = Path.of(done, "part-00000-of-00002.avro.json");
                    while (!Files.deleteIfExists(other)) {
                      Thread.sleep(5);
                    }
                  }
                });

    Failure failure = failureOf(stage);

    assertThat(failure.category()).isEqualTo(Failure.Category.ENVIRONMENT);
    assertThat(failure)
        .hasMessageStartingWith("Stage toy failed: 1 of its 2 finished shards are gone")
        .hasMessageEndingWith("Give the same command again: it makes what is missing.");
    assertThat(paths(run(ToyStage.named("toy")))).hasSize(4);
  }

  @Test
  void aFailedStageLeavesNoDatasetAndNoLock() throws IOException {
    ToyStage stage =
        ToyStage.named("toy")
            .doing(
                1,
                (numbers, output) -> {
                  output.add(new RawPath("half"));
                  throw new IllegalStateException("boom");
                });
    Dataset<?> toy = new Dataset<>("toy", stage);

    failureOf(stage);

    assertThat(store.datasets()).isEmpty();
    assertThat(store.lock(toy.id()).exists()).isFalse();
    assertThat(stagingOf(toy).resolve("data")).isEmptyDirectory();
  }

  /**
   * A stage of three shards that fails in the second one, after the others are done, until a file
   * is there; writes down which shards it makes.
   */
  private ToyStage interrupted(String made, String repaired) {
    String staging = stagingOf(new Dataset<>("toy", ToyStage.named("toy"))).toString();
    return ToyStage.named("toy")
        .doing(
            3,
            (numbers, output) -> {
              int shard = numbers.get(0);
              output.add(new RawPath("shard " + shard));
              Files.writeString(
                  Path.of(made),
                  shard + "\n",
                  StandardOpenOption.CREATE,
                  StandardOpenOption.APPEND);
              if (shard == 1 && !Files.exists(Path.of(repaired))) {
                for (int other : new int[] {0, 2}) {
                  Path done =
                      Path.of(staging, "done", "part-0000%d-of-00003.avro.json".formatted(other));
                  while (!Files.exists(done)) {
                    Thread.sleep(5);
                  }
                }
                throw new IllegalStateException("killed");
              }
            });
  }

  @Test
  void anInterruptedRunGoesOnFromItsFinishedShards() throws Exception {
    Path made = directory.resolve("made");
    Path repaired = directory.resolve("repaired");
    ToyStage stage = interrupted(made.toString(), repaired.toString());
    failureOf(stage);
    assertThat(new TreeSet<>(Files.readAllLines(made))).containsExactly("0", "1", "2");
    Files.delete(made);
    Files.createFile(repaired);

    Dataset<?> toy = run(stage);

    assertThat(made).hasContent("1");
    assertThat(paths(toy)).containsExactly("shard 0", "shard 1", "shard 2");
    assertWhole(toy);
  }

  @Test
  void aDatasetWhoseManifestIsDamagedIsMadeAgain() throws Exception {
    ToyStage stage = ToyStage.named("toy");
    Dataset<?> toy = run(stage);
    Files.writeString(store.directory(toy.id()).resolve(Manifest.FILE), "{\"format\": 1");

    run(stage);

    assertWhole(toy);
    assertThat(told.events()).contains("started toy: its manifest is damaged");
  }

  @Test
  void aFinishedShardWhoseFileIsGoneIsMadeAgain() throws Exception {
    Path made = directory.resolve("made");
    Path repaired = directory.resolve("repaired");
    ToyStage stage = interrupted(made.toString(), repaired.toString());
    failureOf(stage);
    Files.delete(made);
    Files.createFile(repaired);
    Path staging = stagingOf(new Dataset<>("toy", stage));
    Files.delete(staging.resolve("data").resolve("part-00002-of-00003.avro"));

    Dataset<?> toy = run(stage);

    assertThat(new TreeSet<>(Files.readAllLines(made))).containsExactly("1", "2");
    assertThat(paths(toy)).containsExactly("shard 0", "shard 1", "shard 2");
    assertWhole(toy);
  }

  @Test
  void aStagingDirectoryLeftAfterTheCommitDoesNoHarmWhenTheDatasetIsRemoved() throws Exception {
    ToyStage stage = ToyStage.named("toy");
    Dataset<?> toy = run(stage);
    Manifest manifest = store.find(toy.id()).orElseThrow();
    Staging left = store.staging(toy.id());
    left.prepare(Set.of());
    for (Manifest.DataFile file : manifest.files()) {
      left.markDone(file.name(), new Staging.Done(List.of(file), List.of(), new TreeMap<>()));
    }
    Files.delete(stagingOf(toy).resolve("data"));
    store.delete(toy.id());

    run(stage);

    assertWhole(toy);
    assertThat(paths(toy)).hasSize(6);
  }

  @Test
  void aTaskThatHasToBeAloneHasTheLeaseOfItsShard() throws Exception {
    ToyStage toy = ToyStage.named("toy");

    assertThat(paths(run(toy.doing(1, new Leases(false))))).isEmpty();
    assertThat(paths(run(toy.withVersion(2).doing(1, new Leases(true)))))
        .containsExactly("part-00000-of-00001.avro");
  }

  /** Writes which leases there are. */
  private record Leases(boolean isExclusive) implements ShardBody<Integer, RawPath> {
    @Override
    public void write(List<Integer> numbers, ShardOutput<RawPath> output) throws IOException {
      for (Path lease : LocalStore.children(output.state().resolveSibling("leases"))) {
        output.add(new RawPath(lease.getFileName().toString()));
      }
    }
  }

  @Test
  void aRebuiltDatasetReplacesTheOldOne() throws Exception {
    Path text = directory.resolve("text");
    String file = text.toString();
    Files.writeString(text, "first");
    ToyStage stage =
        ToyStage.named("toy")
            .doing(
                1, (numbers, output) -> output.add(new RawPath(Files.readString(Path.of(file)))));
    StageGraph graph = graph(stage);
    Dataset<?> toy = graph.datasets().get(0);
    run(graph, Set.of(), told);
    Files.writeString(text, "second");
    run(graph, Set.of(), told);
    assertThat(paths(toy)).containsExactly("first");

    run(graph, Set.of(toy), told);

    assertThat(paths(toy)).containsExactly("second");
    assertThat(told.events())
        .endsWith("reused toy", "started toy: to be rebuilt", "finished toy: 1");
    assertThat(store.leftovers()).isEmpty();
  }

  @Test
  void deadLettersOfAnEarlierAttemptGoWhenNothingIsRejectedAnyMore() throws Exception {
    Path repaired = directory.resolve("repaired");
    String file = repaired.toString();
    StageGraph graph =
        graph(
            ToyStage.named("toy")
                .withMaxRejectedShare(1)
                .doing(
                    1,
                    (numbers, output) -> {
                      if (!Files.exists(Path.of(file))) {
                        output.reject("a", "b", "c");
                      }
                    }));
    Dataset<?> toy = graph.datasets().get(0);
    run(graph, Set.of(), told);
    assertThat(store.find(toy.id().rejected())).isPresent();
    Files.createFile(repaired);

    run(graph, Set.of(toy), told);

    assertThat(store.find(toy.id().rejected())).isEmpty();
  }

  @Test
  void ofTwoRunsAtOnceOneMakesTheDatasetAndTheOtherWaitsForIt() throws Exception {
    Path waits = directory.resolve("waits");
    String file = waits.toString();
    ToyStage stage =
        ToyStage.named("toy")
            .doing(
                1,
                (numbers, output) -> {
                  while (!Files.exists(Path.of(file))) {
                    Thread.sleep(5);
                  }
                  output.add(new RawPath("once"));
                });
    RecordedRun other = new RecordedRun();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<?> first =
          threads.submit(
              () -> {
                run(graph(stage), Set.of(), told);
                return null;
              });
      Dataset<?> toy = new Dataset<>("toy", stage);
      while (!store.lock(toy.id()).exists()) {
        Thread.sleep(5);
      }
      Future<?> second =
          threads.submit(
              () -> {
                run(graph(stage), Set.of(), other);
                return null;
              });
      other.awaitWaiting();
      Files.createFile(waits);
      first.get(30, TimeUnit.SECONDS);
      second.get(30, TimeUnit.SECONDS);

      assertThat(told.events()).containsExactly("started toy: not made yet", "finished toy: 1");
      assertThat(other.events()).containsExactly("waiting toy", "reused toy");
      assertThat(paths(toy)).containsExactly("once");
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void whoLostItsLeaseCommitsNothing() {
    String lock = store.lock(new Dataset<>("toy", ToyStage.named("toy")).id()).toString();
    ToyStage stage =
        ToyStage.named("toy").doing(1, (numbers, output) -> Files.delete(Path.of(lock)));

    Failure failure = failureOf(stage);

    assertThat(failure.category()).isEqualTo(Failure.Category.ENVIRONMENT);
    assertThat(failure)
        .hasMessageStartingWith("Stage toy failed: The lease on %s was lost", lock)
        .hasMessageEndingWith("Run the command again.");
    assertThat(store.datasets()).isEmpty();
  }

  @Test
  void aShardNumberOutOfRangeIsADefect() {
    assertThat(failureOf(new OutOfRange(ToyStage.named("toy"))))
        .hasMessage("Stage toy failed: java.lang.IllegalStateException: shard 0 of 0");
  }

  /** Has no other shard, whose task could still write when the failed stage has been left. */
  private static final class OutOfRange extends RewiredStage {
    OutOfRange(ToyStage toy) {
      super(toy);
    }

    @Override
    public void expand(Pipeline pipeline, StageContext<RawPath> context) {
      context.write(
          pipeline.apply(
              Create.of(KV.of(0, 0)).withCoder(KvCoder.of(VarIntCoder.of(), VarIntCoder.of()))),
          0,
          toy().body());
    }
  }
}
