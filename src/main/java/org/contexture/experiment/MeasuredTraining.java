package org.contexture.experiment;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.contexture.pipeline.Dataset;
import org.contexture.pipeline.Store;
import org.contexture.record.Checkpoint;
import org.contexture.record.RetrievalMetric;
import org.contexture.stage.MeasureStage;
import org.contexture.stage.RerankStage;
import org.contexture.stage.TrainStage;
import org.contexture.tracking.TestFigures;

/** Reads what was measured of a network that a training made. */
public final class MeasuredTraining {
  private MeasuredTraining() {}

  /**
   * The test figures that a dataset holds, if it holds any, and of a network that was trained.
   *
   * @param experiment the experiment the dataset is of
   * @param dataset one that is in the store
   */
  public static Optional<TestFigures> of(String experiment, Dataset<?> dataset, Store store) {
    if (!(dataset.stage() instanceof MeasureStage)) {
      return Optional.empty();
    }
    Lineage lineage = Lineage.of(dataset);
    if (!(lineage.network().stage() instanceof TrainStage stage)) {
      return Optional.empty();
    }
    Checkpoint network = store.open(lineage.network().id(), stage.recordType()).open().read(0);
    List<RetrievalMetric> metrics = new ArrayList<>();
    store.open(dataset.id(), RetrievalMetric.class).open().forEach(metrics::add);
    return Optional.of(
        new TestFigures(
            experiment,
            lineage.network().label(),
            lineage.network().fingerprint().hex(),
            lineage.ranking(),
            dataset.fingerprint().hex(),
            network.getStep(),
            Instant.parse(store.find(dataset.id()).orElseThrow().started()),
            metrics));
  }

  /** What metrics were made from. */
  private record Lineage(Dataset<?> network, TestFigures.Ranking ranking) {

    static Lineage of(Dataset<?> metrics) {
      TestFigures.Ranking ranking = TestFigures.Ranking.PLAIN;
      List<Dataset<?>> behind = new ArrayList<>(List.of(metrics));
      for (int i = 0; i < behind.size(); i++) {
        Dataset<?> dataset = behind.get(i);
        if (dataset.stage().recordType().equals(Checkpoint.class)) {
          return new Lineage(dataset, ranking);
        }
        if (dataset.stage() instanceof RerankStage) {
          ranking = TestFigures.Ranking.RERANKED;
        }
        behind.addAll(dataset.stage().inputs().values());
      }
      throw new IllegalArgumentException(metrics + " is of no network");
    }
  }
}
