package org.contexture.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.apache.commons.codec.digest.DigestUtils;
import org.contexture.pipeline.remote.RemoteAddress;
import org.contexture.record.NamedText;
import org.contexture.record.RawPath;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a loss of power may take, and what a run makes of what it left. */
@Timeout(120)
class PowerCutTest {
  private static final String SHARD = "part-00000-of-00001.avro";
  private static final String FORCED = "jdk.FileForce";
  private static final List<String> TORN = List.of("", "\0\0\0", "null", "{\"data\":[");

  @TempDir Path directory;
  private Store store;
  private Store remote;

  @BeforeEach
  void open() {
    store = Store.open(directory.resolve("store"));
    remote = remote("copies");
  }

  private Store remote(String copies) {
    return Store.open(
        RemoteAddress.parse("file://" + directory.resolve("remote")).orElseThrow(),
        directory.resolve(copies));
  }

  private static Dataset<?> run(Store store, Stage<RawPath> stage) throws InterruptedException {
    StageGraph.Builder graph = StageGraph.builder();
    Dataset<?> dataset = graph.add("toy", stage);
    Runner runner = new Runner(Runner.Kind.DIRECT, 1, Runner.Checks.ON);
    new Executor(store, runner, "test", Clock.systemUTC(), new RecordedRun())
        .run(Plan.of(graph.build(), store, Set.of()));
    return dataset;
  }

  private static ToyStage oneShard() {
    return ToyStage.named("toy").doing(1, (numbers, output) -> output.add(new RawPath("a")));
  }

  /** One shard with a file attached, and a companion. */
  private static Stage<RawPath> ofAllKinds() {
    return new AccompaniedStage(
        ToyStage.named("toy")
            .doing(
                1,
                (numbers, output) -> {
                  output.add(new RawPath("a"));
                  output.add("notes", new NamedText("a", "b"));
                  Path file = Files.writeString(output.state().resolve("archive"), "content");
                  output.attach(file, DigestUtils.sha256Hex("content"));
                }),
        NamedText.class);
  }

  /** Does something. */
  @FunctionalInterface
  private interface Work {
    void run() throws Exception;
  }

  /** The files and directories forced to the disk meanwhile, without what makes names unique. */
  private Set<String> forced(Work work) throws Exception {
    Path file = directory.resolve("recording.jfr");
    try (Recording recording = new Recording()) {
      recording.enable(FORCED).withThreshold(Duration.ZERO);
      recording.start();
      work.run();
      recording.stop();
      recording.dump(file);
    }
    return RecordingFile.readAllEvents(file).stream()
        .map(event -> event.getString("path"))
        .filter(path -> path.startsWith(directory + "/"))
        .map(path -> path.substring(directory.toString().length() + 1))
        .map(path -> path.replaceAll("\\.(temporary|fetched)-[0-9a-f-]{36}", ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void allThatMakesADatasetIsForcedToTheDiskBeforeItIsOne() throws Exception {
    Dataset<?> toy = new Dataset<>("toy", ofAllKinds());
    String staging = "store/" + toy.id() + ".staging/";

    Set<String> forced = forced(() -> run(store, ofAllKinds()));

    assertThat(forced)
        .contains(
            "store/store.json",
            "store/" + toy.id() + ".lock",
            staging + "state/archive",
            staging + "done/" + SHARD + ".json",
            staging + "data/manifest.json",
            staging + "data",
            staging + "beside/notes/manifest.json",
            staging + "beside/notes",
            "store/toy",
            "store/toy.notes");
    assertThat(forced).as("what is of no worth afterwards").noneMatch(f -> f.contains("progress"));
  }

  @Test
  void whatAnExperimentRefersToIsForcedToTheDisk() throws Exception {
    assertThat(forced(() -> store.remember("emoji", List.of())))
        .contains("store/experiments/emoji.json", "store/experiments");
  }

  @Test
  void copiesAreForcedToTheDiskBeforeTheyAreTaken() throws Exception {
    Dataset<?> toy = run(remote, oneShard());
    Store elsewhere = remote("others");
    String root = directory.relativize(elsewhere.root()) + "/";
    Manifest.DataFile file = remote.find(toy.id()).orElseThrow().files().get(0);

    Set<String> forced =
        forced(
            () ->
                assertThat(elsewhere.open(toy.id(), RawPath.class).open())
                    .containsExactly(new RawPath("a")));

    assertThat(forced)
        .contains(
            root + toy.id() + "/manifest.json",
            root + RemoteContent.shard(toy.id(), file),
            root + RemoteContent.index(toy.id(), file));
  }

  /** The only one there is. */
  private Path marker() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(file -> file.endsWith(SHARD + ".json")).findAny().orElseThrow();
    }
  }

  @Test
  void aShardWhoseMarkerIsTornIsMadeAgain() throws Exception {
    for (Store each : List.of(store, remote)) {
      for (int seed = 0; seed < TORN.size(); seed++) {
        ToyStage stage = oneShard().with("seed", seed);
        Staging staging = each.staging(new Dataset<>("toy", stage).id());
        staging.prepare(Set.of(DatasetId.REJECTED));
        staging.markDone(SHARD, new Staging.Done(List.of(), List.of(), new TreeMap<>()));
        Files.writeString(marker(), TORN.get(seed));

        Dataset<?> toy = run(each, stage);

        assertThat(each.open(toy.id(), RawPath.class).open())
            .as("%s after '%s'", each.location(), TORN.get(seed))
            .containsExactly(new RawPath("a"));
      }
    }
  }
}
