package org.contexture.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.contexture.experiment.Experiment;
import org.contexture.experiment.ExperimentFile;
import org.contexture.pipeline.Dataset;
import org.contexture.pipeline.Store;
import org.contexture.tracking.MlflowServer;
import org.contexture.tracking.TestFigures;
import org.contexture.tracking.TrainingHistory;
import org.contexture.tracking.TrainingTracker;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What other tools are told of a run, and that no dataset depends on it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TrackingIT {
  private static final int USAGE = 2;
  private static final String REFUSED = "Nothing more is logged to ";

  private SmallExperiment experiment;
  private Path store;
  private Path untracked;

  @BeforeAll
  void runWithoutATracker(@TempDir Path directory) throws IOException {
    experiment = SmallExperiment.in(directory);
    store = directory.resolve("store");
    Outcome outcome = Outcome.of(experiment.run(store));
    assertThat(outcome.code()).as("%s", outcome).isZero();
    assertThat(outcome.out()).doesNotContain(REFUSED);
    untracked = directory.resolve("store-reports/small");
  }

  @Test
  void everyStepAndEpochIsARowOfATable() throws IOException {
    List<String> steps = Files.readAllLines(untracked.resolve("train.steps.csv"));
    List<String> epochs = Files.readAllLines(untracked.resolve("train.epochs.csv"));

    assertThat(epochs).hasSize(1 + 2);
    assertThat(epochs.get(0))
        .startsWith("epoch,step,loss,term.contextual,term.contrastive,term.regulariser,")
        .endsWith(",selection_recall_at_1");
    int stepsDone = Integer.parseInt(epochs.get(2).split(",", -1)[1]);
    assertThat(steps).hasSize(1 + stepsDone);
    assertThat(Files.readAllLines(untracked.resolve("pretrain.epochs.csv"))).hasSize(1 + 3);
    for (String label : List.of("pretrain", "train")) {
      assertThat(Files.readAllLines(untracked.resolve(label + ".test.csv")))
          .startsWith("metric,value,low,high,queries")
          .anyMatch(line -> line.matches("recall@1,[0-9.]+,[0-9.]+,[0-9.]+,30"));
    }
  }

  @Test
  void whatWasMadeBeforeIsToldAsWellAndOnceOnly(@TempDir Path directory) throws IOException {
    Path events = directory.resolve("events");
    try (MlflowServer server = new MlflowServer()) {
      String[] command =
          experiment.run(
              store, "--tensorboard", events.toString(), "--mlflow", server.address().toString());
      Outcome first = Outcome.of(command);
      assertThat(first.code()).as("%s", first).isZero();
      assertThat(first.made()).isEmpty();
      assertThat(first.out()).doesNotContain(REFUSED);
      List<Path> files = files(events);
      assertThat(files).hasSize(4);
      assertThat(files.get(0).toString()).contains("/small/pretrain-", "/events.out.tfevents.");
      assertThat(files.get(1).toString()).contains("/small/pretrain-").endsWith("-test");
      assertThat(files.get(2).toString()).contains("/small/train-", "/events.out.tfevents.");
      assertThat(files.get(3).toString()).contains("/small/train-").endsWith("-test");

      assertThat(Outcome.of(command).out()).doesNotContain(REFUSED);
      assertThat(files(events)).isEqualTo(files);
      assertThat(server.experiments()).containsOnlyKeys("small");
      assertThat(server.runs()).hasSize(2);
      assertThat(server.runs())
          .extracting(MlflowServer.Run::status)
          .containsExactly("FINISHED", "FINISHED");
      MlflowServer.Run train = server.runs().get(1);
      assertThat(train.name()).startsWith("train-");
      assertThat(train.parameters())
          .containsEntry("train.loss.name", "hybrid")
          .containsEntry("pretrain.loss.name", "multi_similarity")
          .containsKeys("index.seed", "shard.seed", "initialise.seed");
      assertThat(train.metrics())
          .extracting(MlflowServer.Metric::key)
          .contains("step/loss", "step/terms/contextual", "epoch/selection_recall_at_1")
          .containsOnlyOnce("test/recall_1", "test/map_r");
    }
  }

  @Test
  void trackersThatFailAreNamedOnceAndChangeNothing(@TempDir Path directory) throws IOException {
    Path other = directory.resolve("store");
    Path inTheWay = Files.writeString(directory.resolve("file"), "in the way");
    String address;
    try (MlflowServer gone = new MlflowServer()) {
      address = gone.address().toString();
    }

    Outcome outcome =
        Outcome.of(
            experiment.run(other, "--tensorboard", inTheWay.toString(), "--mlflow", address));

    assertThat(outcome.code()).as("%s", outcome).isZero();
    assertThat(outcome.made()).isEqualTo(SmallExperiment.STAGES);
    assertThat(outcome.out().lines().filter(line -> line.startsWith(REFUSED)))
        .hasSize(2)
        .anyMatch(line -> line.startsWith(REFUSED + inTheWay + ": "))
        .anyMatch(line -> line.startsWith(REFUSED + address + ": it does not answer ("))
        .allMatch(line -> line.endsWith(". The run goes on; the same command logs it later."));
    assertThat(new StoreFiles(other).digests()).isEqualTo(new StoreFiles(store).digests());
    assertThat(inTheWay).hasContent("in the way");
  }

  @Test
  @Timeout(60)
  void aTrackerThatTakesLongHoldsNothingUp() throws Exception {
    Store opened = Store.open(store);
    Experiment wired =
        ExperimentOptions.experiment(
            ExperimentFile.read(experiment.file(), List.of()).settings(), opened);
    CountDownLatch began = new CountDownLatch(1);
    CountDownLatch runIsOver = new CountDownLatch(1);
    List<TrainingHistory> told = new CopyOnWriteArrayList<>();
    TrainingTracker slow = new SlowTracker(began, runIsOver, told);
    PrintWriter out = new PrintWriter(new StringWriter());
    ConsoleProgress progress = new ConsoleProgress(out, ConsoleProgress.Terminal.PLAIN);

    try (TrackedRun run = new TrackedRun(progress, "small", opened, List.of(slow), out)) {
      for (Dataset<?> dataset : wired.graph().datasets()) {
        run.reused(dataset, opened.find(dataset.id()).orElseThrow());
      }
      began.await();
      assertThat(told).isEmpty();
      runIsOver.countDown();
    }

    assertThat(told).extracting(TrainingHistory::label).containsExactly("pretrain", "train");
  }

  private record SlowTracker(
      CountDownLatch began, CountDownLatch runIsOver, List<TrainingHistory> told)
      implements TrainingTracker {

    @Override
    public String place() {
      return "far away";
    }

    @Override
    public void track(TrainingHistory history) throws InterruptedException {
      began.countDown();
      runIsOver.await();
      told.add(history);
    }

    @Override
    public void track(TestFigures figures) {
      assertThat(told).extracting(TrainingHistory::fingerprint).contains(figures.training());
    }
  }

  @Test
  void anAddressThatIsNoServersIsAUsersMistake() {
    for (String address : List.of("ftp://localhost", "localhost", "http:///path")) {
      Outcome outcome = Outcome.of(experiment.run(store, "--mlflow", address));
      assertThat(outcome.code()).as("%s", outcome).isEqualTo(USAGE);
      assertThat(outcome.err()).contains("--mlflow " + address + " is no address");
    }
    Outcome secret = Outcome.of(experiment.run(store, "--mlflow", "http://me:word@localhost"));
    assertThat(secret.code()).isEqualTo(USAGE);
    assertThat(secret.err()).contains("without name, password").doesNotContain("word@");
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
