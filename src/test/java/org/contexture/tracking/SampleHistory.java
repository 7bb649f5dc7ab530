package org.contexture.tracking;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.contexture.record.EpochLog;
import org.contexture.record.NamedValue;
import org.contexture.record.RetrievalMetric;
import org.contexture.record.StepLog;
import org.contexture.record.StepTiming;

/** A training of any length in which every number is another one. */
final class SampleHistory {
  static final Instant STARTED = Instant.parse("2026-02-03T04:05:06Z");
  static final String FINGERPRINT = "0123456789abcdef".repeat(4);
  static final int STEPS_PER_EPOCH = 2;
  static final String WARNING = "The loss is 0, \"exactly\".";

  private SampleHistory() {}

  /** Steps of half a second, the third with a warning; the first epoch is not validated. */
  static TrainingHistory of(int epochs) {
    return of(epochs, STARTED, new TreeMap<>(Map.of("train.loss.k", "4")));
  }

  static TrainingHistory of(int epochs, Instant started, SortedMap<String, String> settings) {
    List<StepLog> steps = new ArrayList<>();
    List<StepTiming> timings = new ArrayList<>();
    List<EpochLog> logs = new ArrayList<>();
    for (int epoch = 1; epoch <= epochs; epoch++) {
      for (int i = 0; i < STEPS_PER_EPOCH; i++) {
        int step = steps.size() + 1;
        List<String> warnings = step == 3 ? List.of(WARNING, "And\nmore.") : List.of();
        steps.add(
            new StepLog(
                (long) step,
                epoch,
                step + 0.25,
                values(step),
                List.of(new NamedValue("backbone", 1e-5), new NamedValue("head", 2e-5)),
                step + 0.75,
                warnings));
        timings.add(new StepTiming((long) step, 0.5, 0.125, 64.0));
      }
      logs.add(
          new EpochLog(
              epoch,
              (long) steps.size(),
              epoch + 0.0625,
              values(epoch),
              List.of(new NamedValue("backbone", 3e-5), new NamedValue("head", 4e-5)),
              epoch == 1 ? Double.NaN : 0.5));
    }
    return new TrainingHistory(
        "sample",
        "train",
        FINGERPRINT,
        "1.0",
        started,
        Duration.ofSeconds(90),
        settings,
        steps,
        timings,
        logs);
  }

  /** Two metrics of the network of that training. */
  static TestFigures figures(TestFigures.Ranking ranking, String dataset) {
    return new TestFigures(
        "sample",
        "train",
        FINGERPRINT,
        ranking,
        dataset,
        4,
        STARTED.plusSeconds(100),
        List.of(
            new RetrievalMetric("recall@1", 0.5, 0.4, 0.6, 30L, 2L),
            new RetrievalMetric("map@r", 0.25, 0.125, Double.NaN, 30L, 2L)));
  }

  private static List<NamedValue> values(int number) {
    return List.of(
        new NamedValue("contextual", number + 0.5), new NamedValue("regulariser", -1.0 * number));
  }
}
