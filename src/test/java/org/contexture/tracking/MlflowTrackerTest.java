package org.contexture.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.contexture.record.StepLog;
import org.contexture.record.StepTiming;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MlflowTrackerTest {
  private MlflowServer server;
  private MlflowTracker tracker;

  @BeforeEach
  void start() throws IOException {
    server = new MlflowServer();
    tracker = new MlflowTracker(server.address());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aHistoryIsAFinishedRunOfItsExperiment() throws Exception {
    tracker.track(SampleHistory.of(2));

    assertThat(server.requests())
        .containsExactly(
            "experiments/get-by-name",
            "experiments/create",
            "runs/search",
            "runs/create",
            "runs/log-batch",
            "runs/log-batch",
            "runs/update");
    assertThat(server.experiments()).containsOnlyKeys("sample");
    MlflowServer.Run run = server.runs().get(0);
    assertThat(run.status).isEqualTo("FINISHED");
    assertThat(run.name).isEqualTo("train-01234567");
    assertThat(run.started).isEqualTo(SampleHistory.STARTED.toEpochMilli());
    assertThat(run.ended).isEqualTo(SampleHistory.STARTED.plusSeconds(90).toEpochMilli());
    assertThat(run.tags)
        .containsEntry("contexture.fingerprint", SampleHistory.FINGERPRINT)
        .containsEntry("contexture.stage", "train")
        .containsEntry("contexture.version", "1.0");
    assertThat(run.parameters).containsOnly(Map.entry("train.loss.k", "4"));
    assertThat(run.metrics)
        .hasSize(4 * 8 + 5 + 6)
        .contains(
            new MlflowServer.Metric(
                "step/terms/contextual", "2.5", SampleHistory.STARTED.toEpochMilli() + 1000, 2),
            new MlflowServer.Metric(
                "epoch/selection_recall_at_1",
                "0.5",
                SampleHistory.STARTED.toEpochMilli() + 2000,
                4));
  }

  @Test
  void whatWasMeasuredOnTheTestImagesIsAddedToTheRunOfTheTrainingOnce() throws Exception {
    tracker.track(SampleHistory.of(2));
    for (int time = 0; time < 2; time++) {
      tracker.track(SampleHistory.figures(TestFigures.Ranking.PLAIN, "ab"));
      tracker.track(SampleHistory.figures(TestFigures.Ranking.RERANKED, "cd"));
    }

    assertThat(server.runs()).hasSize(1);
    MlflowServer.Run run = server.runs().get(0);
    assertThat(run.status).isEqualTo("FINISHED");
    assertThat(run.tags)
        .containsEntry("contexture.test", "ab")
        .containsEntry("contexture.test_reranked", "cd");
    long measured = SampleHistory.STARTED.plusSeconds(100).toEpochMilli();
    assertThat(run.metrics)
        .filteredOn(metric -> metric.key().startsWith("test"))
        .containsExactly(
            new MlflowServer.Metric("test/map_r", "0.25", measured, 4),
            new MlflowServer.Metric("test/recall_1", "0.5", measured, 4),
            new MlflowServer.Metric("test_reranked/map_r", "0.25", measured, 4),
            new MlflowServer.Metric("test_reranked/recall_1", "0.5", measured, 4));
  }

  @Test
  void figuresOfATrainingThatWasNotLoggedAreRefused() {
    assertThatThrownBy(() -> tracker.track(SampleHistory.figures(TestFigures.Ranking.PLAIN, "ab")))
        .isInstanceOf(IOException.class)
        .hasMessage("it has no finished run train-01234567");
  }

  @Test
  void theSameHistoryIsLoggedOnce() throws Exception {
    tracker.track(SampleHistory.of(2));
    tracker.track(SampleHistory.of(2));
    new MlflowTracker(server.address()).track(SampleHistory.of(2));

    assertThat(server.runs()).hasSize(1);
  }

  @Test
  void manyMetricsAndParametersAreSplitOverRequests() throws Exception {
    SortedMap<String, String> settings = new TreeMap<>();
    for (int i = 0; i < 250; i++) {
      settings.put("train.key-%03d".formatted(i), "value " + i);
    }
    TrainingHistory history = SampleHistory.of(200, SampleHistory.STARTED, settings);

    tracker.track(history);

    MlflowServer.Run run = server.runs().get(0);
    assertThat(run.parameters).isEqualTo(settings);
    assertThat(run.metrics).hasSize(400 * 8 + 200 * 6 - 1);
    assertThat(run.metrics.stream().filter(metric -> metric.key().equals("step/loss")))
        .extracting(MlflowServer.Metric::step)
        .isEqualTo(history.steps().stream().map(StepLog::getStep).toList());
    assertThat(server.requests().stream().filter("runs/log-batch"::equals)).hasSize(3 + 5);
  }

  @Test
  void namesAndValuesThatMlflowRefusesAreMadeToFit() throws Exception {
    SortedMap<String, String> settings = new TreeMap<>();
    settings.put("index.recall@1", "x".repeat(501));
    settings.put("index." + "y".repeat(300), "z");

    tracker.track(SampleHistory.of(1, SampleHistory.STARTED, settings));

    assertThat(server.runs().get(0).parameters)
        .containsEntry("index.recall_1", "x".repeat(499) + "…")
        .containsEntry("index." + "y".repeat(243) + "_", "z");
  }

  @Test
  void whatIsNoNumberInJsonIsText() throws Exception {
    TrainingHistory sample = SampleHistory.of(1);
    StepLog infinite =
        StepLog.newBuilder(sample.steps().get(0)).setGradientNorm(Double.POSITIVE_INFINITY).build();

    tracker.track(only(sample, infinite));

    assertThat(server.runs().get(0).metrics)
        .contains(
            new MlflowServer.Metric(
                "step/gradient_norm", "Infinity", SampleHistory.STARTED.toEpochMilli() + 500, 1));
  }

  @Test
  void aRunThatCannotBeLoggedIsMarkedAsFailedAndLoggedAnewLater() throws Exception {
    server.breakDown("runs/log-batch", 500, "<html>out of\n order</html>");

    assertThatThrownBy(() -> tracker.track(SampleHistory.of(1)))
        .isInstanceOf(IOException.class)
        .hasMessage("it answers runs/log-batch with status 500: <html>out of order</html>");
    assertThat(server.runs()).extracting(run -> run.status).containsExactly("FAILED");

    server.breakDown("", 0, "");
    tracker.track(SampleHistory.of(1));
    assertThat(server.runs()).extracting(run -> run.status).containsExactly("FAILED", "FINISHED");
  }

  @Test
  void aRefusalIsQuoted() {
    server.breakDown(
        "experiments/get-by-name",
        403,
        "{\"error_code\": \"PERMISSION_DENIED\", \"message\": \"not yours\"}");

    assertThatThrownBy(() -> tracker.track(SampleHistory.of(1)))
        .isInstanceOf(IOException.class)
        .hasMessage("it answers experiments/get-by-name with status 403: not yours");
  }

  @Test
  void anotherKindOfServerIsRecognised() {
    server.breakDown("experiments/get-by-name", 200, "{\"hello\": 1}");
    assertThatThrownBy(() -> tracker.track(SampleHistory.of(1)))
        .isInstanceOf(IOException.class)
        .hasMessage("it does not answer as MLflow does: experiment/experiment_id is missing");

    server.breakDown("experiments/get-by-name", 200, "welcome");
    assertThatThrownBy(() -> tracker.track(SampleHistory.of(1)))
        .isInstanceOf(IOException.class)
        .hasMessage("it answers experiments/get-by-name with status 200: welcome");
  }

  @Test
  void aServerThatIsNotThereIsSaidToBe() {
    server.close();

    assertThatThrownBy(() -> tracker.track(SampleHistory.of(1)))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("it does not answer (");
  }

  @Test
  void aServerThatSaysNothingIsNotWaitedForForever() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      URI address =
          URI.create(
              "http://%s:%d"
                  .formatted(silent.getInetAddress().getHostAddress(), silent.getLocalPort()));
      MlflowTracker impatient = new MlflowTracker(address, Duration.ofMillis(200));
      assertThatThrownBy(() -> impatient.track(SampleHistory.of(1)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("timed out");
    }
  }

  private static TrainingHistory only(TrainingHistory sample, StepLog step) {
    Instant started = sample.started();
    List<StepTiming> timings = List.of(sample.timings().get(0));
    return new TrainingHistory(
        sample.experiment(),
        sample.label(),
        sample.fingerprint(),
        sample.codeVersion(),
        started,
        sample.duration(),
        sample.settings(),
        List.of(step),
        timings,
        List.of());
  }
}
