package org.contexture.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.contexture.flink.ClusterApi;
import org.contexture.flink.ClusterClassPath;
import org.contexture.flink.LocalCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Stages on a real Flink cluster of other processes, which live longer than a job; {@link ChaosIT}
 * has those that do not, and compares what they make with DirectRunner's.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ClusterIT {
  private static final int WORKERS = 2;
  private static final String ACCELERATED = "worker-1";

  /** Of the training that is killed, and how many of them have been saved by then. */
  private static final int EPOCHS = 16;

  private static final int SAVED_EPOCHS = 3;

  private static final int USAGE = 2;
  private static final int INTERRUPTED = 130;

  /** Every job takes seconds to start, so not the whole experiment. */
  private static final String LAST = "neighbours-pretrained";

  /** With it a tile of the gallery and one query fill the memory of a task of the search. */
  private static final String LONG_EMBEDDINGS = "embedding_size: 512";

  private static final String LITTLE_MEMORY = "evaluate: {memory_megabytes: 16, ";

  private static final String PROGRESS = "train/*.staging/progress/*.avro";

  @TempDir static Path directory;

  private SmallExperiment experiment;
  private LocalCluster cluster;
  private ClusterApi api;
  private String address;
  private Path store;

  @BeforeAll
  void startCluster() throws Exception {
    experiment = SmallExperiment.in(directory);
    Files.writeString(
        experiment.file(),
        Files.readString(experiment.file())
            .replace("embedding_size: 16", LONG_EMBEDDINGS)
            .replace("evaluate: {", LITTLE_MEMORY));
    store = directory.resolve("store");
    cluster = new LocalCluster(directory.resolve("cluster"), ClusterClassPath.ofThisProcess());
    Outcome started =
        Outcome.of(
            cluster(
                "start",
                "--workers",
                Integer.toString(WORKERS),
                "--heap",
                "1024",
                "--accelerators",
                "1"));
    assertThat(started.code()).as("%s", started).isZero();
    address = cluster.address().toString();
    assertThat(started.out()).contains("2 workers", "--flink-master " + address);
    api = new ClusterApi(cluster.address());
  }

  @AfterAll
  void stopCluster() throws IOException {
    List<LocalCluster.Member> members = cluster.isRunning() ? cluster.members() : List.of();
    cluster.stop();
    assertThat(members)
        .allSatisfy(
            member ->
                assertThat(ProcessHandle.of(member.id()).filter(ProcessHandle::isAlive)).isEmpty());
  }

  private String[] cluster(String verb, String... more) {
    List<String> words = new ArrayList<>(List.of("cluster", verb));
    words.addAll(List.of("--directory", directory.resolve("cluster").toString()));
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }

  private String[] onCluster(String... more) {
    List<String> words = new ArrayList<>(List.of("--runner", "flink", "--flink-master", address));
    words.addAll(List.of(more));
    return experiment.run(store, words.toArray(String[]::new));
  }

  @Test
  @Order(1)
  void statusNamesEveryWorkerAndASecondStartIsRefused() {
    assertThat(Outcome.of(cluster("status")).out())
        .contains(address + ", 2 of 2 slots are free", "jobmanager", "worker-1", "worker-2")
        .doesNotContain("dead");
    Outcome again = Outcome.of(cluster("start"));
    assertThat(again.code()).isEqualTo(USAGE);
    assertThat(again.err()).contains("runs already, at " + address);
  }

  @Test
  @Order(2)
  void trainingIsWhereTheAcceleratorIsAndTheRestOnEveryWorker() throws Exception {
    Outcome outcome = Outcome.of(onCluster("--until", LAST));
    assertThat(outcome.code()).as("%s", outcome).isZero();
    assertThat(outcome.made())
        .containsExactly(
            "unpack", "index", "shard", "initialise", "pretrain", "embed-pretrained", LAST);
    assertThat(outcome.out()).containsPattern("pretrain .*attempt 1 on " + ACCELERATED);
    assertThat(JobTasks.of(api, "train").tasks()).hasSize(WORKERS);
    for (String spread : List.of("unpack", "shard", "embed")) {
      assertThat(JobTasks.of(api, spread).workers())
          .as(spread)
          .containsExactly("worker-1", "worker-2");
    }
    assertThat(JobTasks.of(api, "neighbours", "Search").workers())
        .containsExactly("worker-1", "worker-2");
    for (String worker : List.of("worker-1", "worker-2")) {
      assertThat(Files.readString(cluster.log(worker))).containsOnlyOnce("loads the network of");
    }
  }

  @Test
  @Order(3)
  void failureOfATaskIsItsOwnSentenceAndIsNotRepeated() {
    Outcome outcome =
        Outcome.of(onCluster("--until", "pretrain", "--set", "pretrain.classes_per_batch=5"));
    assertThat(outcome.code()).as("%s", outcome).isEqualTo(USAGE);
    assertThat(outcome.err())
        .startsWith(
            "Stage pretrain failed: A batch is to hold 5 classes, but the training examples have"
                + " only 4. Set classes_per_batch of this stage to at most 4.")
        .contains("On worker " + ACCELERATED + ", in attempt 1.")
        .doesNotContain("Exception:", "\tat ");
  }

  @Test
  @Order(4)
  void trainingGoesOnWhenItsWorkerIsKilledAndThenItsClient() throws Exception {
    String[] longer = training(Integer.toString(EPOCHS));
    try (RepeatedWork work = RepeatedWork.in(store)) {
      killWorkerAndClientOf(longer, work);
      assertThat(running()).hasSize(1);
      Outcome again = Outcome.of(onCluster(longer));
      assertThat(again.code()).as("%s", again).isZero();
      assertThat(again.out()).contains("of an earlier run is making it on " + address);
      assertThat(again.out()).contains("attempt 2 on " + ACCELERATED);
      assertThat(again.made()).containsExactly("pretrain");
      assertThat(work.falls())
          .as("goes on after what it had saved")
          .allMatch(fall -> fall.after() > fall.total() * SAVED_EPOCHS / EPOCHS);
    }
  }

  /** When its training has saved some epochs, and is in a later one. */
  private void killWorkerAndClientOf(String[] training, RepeatedWork work) throws Exception {
    try (Child child = Child.start(directory.resolve("client.out"), onCluster(training))) {
      assertThat(
              child.reaches(
                  () ->
                      work.lastSaid("train/")
                          .filter(said -> said.done() > said.total() * (SAVED_EPOCHS + 1) / EPOCHS)
                          .isPresent()))
          .as(child.output())
          .isTrue();
      Chaos.kill(cluster, ACCELERATED);
      Outcome restarted = Outcome.of(cluster("start", "--workers", "5", "--heap", "700"));
      assertThat(restarted.out())
          .as("%s", restarted)
          .contains(
              "Started again: " + ACCELERATED,
              "the size that it was started with, whatever --workers, --heap says");
      child.kill();
    }
  }

  @Test
  @Order(5)
  void interruptCancelsTheJobOfASweepAndTheOneThatWaitsForASlot() throws Exception {
    Path sweep =
        Files.writeString(
            directory.resolve("sweep.yaml"),
            """
            name: lengths
            experiment: small.yaml
            runs:
              shorter: {pretrain: {epochs: 17}}
              longer: {pretrain: {epochs: 18}}
            """);
    List<String> words = new ArrayList<>(List.of("sweep", sweep.toString()));
    words.addAll(List.of("--store", store.toString(), "--reports", directory + "/reports"));
    words.addAll(List.of("--runner", "flink", "--flink-master", address));
    try (Child child =
        Child.start(directory.resolve("interrupted.out"), words.toArray(String[]::new))) {
      assertThat(child.reaches(this::isTraining)).as(child.output()).isTrue();
      new ProcessBuilder("kill", "-INT", Long.toString(child.processId())).start().waitFor();
      assertThat(child.waitFor()).as(child.output()).isEqualTo(INTERRUPTED);
      assertThat(child.output())
          .contains(", for shorter", ", for longer", "Interrupted. What is done is kept");
    }
    assertThat(running()).isEmpty();
  }

  @Test
  @Order(6)
  void moreSlotsThanThereAreIsAMistake() {
    Outcome outcome =
        Outcome.of(onCluster("--parallelism", "3", "--until", "unpack", "--from", "unpack"));
    assertThat(outcome.code()).as("%s", outcome).isEqualTo(USAGE);
    assertThat(outcome.err()).contains("--parallelism 3", "has 2 slots");
  }

  private static String[] training(String epochs) {
    return new String[] {"--until", "pretrain", "--set", "pretrain.epochs=" + epochs};
  }

  private List<ClusterApi.Job> running() {
    return api.jobs().stream().filter(job -> !job.isOver()).toList();
  }

  private boolean isTraining() {
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + store + "/" + PROGRESS);
    try (Stream<Path> files = Files.find(store, 5, (file, attributes) -> matcher.matches(file))) {
      return files.findAny().isPresent();
    } catch (IOException | UncheckedIOException notYetOrNoLonger) {
      return false;
    }
  }
}
