package org.contexture.experiment;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.contexture.pipeline.Dataset;
import org.contexture.pipeline.Manifest;
import org.contexture.pipeline.Store;
import org.contexture.record.EpochLog;
import org.contexture.record.StepLog;
import org.contexture.record.StepTiming;
import org.contexture.stage.TrainStage;
import org.contexture.tracking.TrainingHistory;

/** Reads what a training stage left in a store. */
public final class LoggedTraining {
  private LoggedTraining() {}

  /**
   * What was logged of the training that made a dataset, if one did.
   *
   * @param experiment the experiment the dataset is of
   * @param dataset one that is in the store
   */
  public static Optional<TrainingHistory> of(String experiment, Dataset<?> dataset, Store store) {
    if (!(dataset.stage() instanceof TrainStage)) {
      return Optional.empty();
    }
    Manifest manifest = store.find(dataset.id()).orElseThrow();
    SortedMap<String, String> settings = new TreeMap<>();
    collect(dataset, settings);
    return Optional.of(
        new TrainingHistory(
            experiment,
            dataset.label(),
            dataset.fingerprint().hex(),
            manifest.codeVersion(),
            Instant.parse(manifest.started()),
            Duration.ofMillis(Math.round(1000 * manifest.seconds())),
            settings,
            records(dataset, TrainStage.STEPS, StepLog.class, store),
            records(dataset, TrainStage.TIMINGS, StepTiming.class, store),
            records(dataset, TrainStage.EPOCHS, EpochLog.class, store)));
  }

  /** The settings of the stage and of all before it, each behind the label of its stage. */
  private static void collect(Dataset<?> dataset, SortedMap<String, String> settings) {
    dataset
        .stage()
        .config()
        .settings()
        .flat()
        .forEach((key, value) -> settings.put(dataset.label() + "." + key, value));
    dataset.stage().inputs().values().forEach(input -> collect(input, settings));
  }

  private static <T extends SpecificRecord> List<T> records(
      Dataset<?> dataset, String companion, Class<T> type, Store store) {
    List<T> records = new ArrayList<>();
    store.open(dataset.id().companion(companion), type).open().forEach(records::add);
    return records;
  }
}
