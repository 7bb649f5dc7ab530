package org.contexture.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.contexture.cli.ChaosSchedule.Victim;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The small one of the chaos runs; {@link ChaosRun} is the large one. */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class ChaosIT {
  private static final int IMAGES = 600;
  private static final long SEED = 1;
  private static final int PRETRAIN_EPOCHS = 3;
  private static final Duration LONGEST = Duration.ofMinutes(8);

  /** Each job takes seconds to start: so only what leads to the metrics of the trained network. */
  private static final List<String> STAGES =
      List.of(
          "fetch",
          "unpack",
          "index",
          "shard",
          "initialise",
          "pretrain",
          "train",
          "embed-trained",
          "neighbours-trained",
          "measure-trained");

  private static final String[] PART = {
    "--until",
    STAGES.get(STAGES.size() - 1),
    "--set",
    "pretrain.epochs=" + PRETRAIN_EPOCHS,
    "--set",
    "train.epochs=2",
    "--set",
    "train.validate_every=2"
  };

  @TempDir Path directory;

  @Test
  void nothingIsLostOrChangedWhenProcessesAreKilled() throws Exception {
    GeneratedExperiment experiment =
        GeneratedExperiment.of(directory.resolve("archives"), IMAGES, SEED);
    Path direct = directory.resolve("direct");
    Outcome undisturbed = Outcome.of(experiment.run(direct, PART));
    assertThat(undisturbed.code()).as("%s", undisturbed).isZero();
    assertThat(undisturbed.made()).isEqualTo(STAGES);
    Path store = directory.resolve("store");

    Chaos.Result result =
        new Chaos(experiment, directory, store, LONGEST, PART)
            .run(ChaosSchedule.of(Set.copyOf(STAGES), SEED, 2, 1));

    assertThat(result.hits())
        .extracting(hit -> hit.blow().victim())
        .containsExactlyInAnyOrder(Victim.WORKER, Victim.WORKER, Victim.CLIENT, Victim.JOB_MANAGER);
    assertThat(result.hits())
        .as("a worker dies in an epoch after the first one")
        .anyMatch(
            hit ->
                hit.blow().victim() == Victim.WORKER
                    && hit.during().equals("pretrain")
                    && hit.done() > 1);
    assertThat(result.falls().getOrDefault("pretrain", List.of()))
        .as("a training goes on from its last epoch")
        .allMatch(fall -> fall.after() > fall.total() / PRETRAIN_EPOCHS);
    assertThat(new StoreFiles(store).digests()).isEqualTo(new StoreFiles(direct).digests());
    assertThat(new StoreFiles(store).strangers()).isEmpty();
  }
}
