package org.contexture.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.contexture.stage.MeasureStage;
import org.contexture.stage.StatisticsStage;
import org.contexture.stage.TrainStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that is killed again and again ends where an undisturbed one does. */
class KillIT {
  private static final long SEED = 20260705;
  private static final int LONGEST_DELAY_MILLISECONDS = 60;

  /** Four training classes, two in a batch. */
  private static final int STEPS_PER_EPOCH = 2;

  private static final String STATE = "train/*.staging/state/training.state";

  @TempDir Path directory;
  private SmallExperiment experiment;
  private Path store;

  @BeforeEach
  void writePictures() throws IOException {
    experiment = SmallExperiment.in(directory);
    store = directory.resolve("store");
  }

  @Test
  void killedRunEndsWithTheBytesOfAnUndisturbedOne() throws Exception {
    Path undisturbed = directory.resolve("undisturbed");
    try (Child child = Child.start(directory.resolve("undisturbed.out"), run(undisturbed))) {
      assertThat(child.waitFor()).as(child.output()).isZero();
    }
    SplittableRandom random = new SplittableRandom(SEED);
    killAt(random, "store.json");
    killAt(random, "unpack/*.staging/data/*");
    killAt(random, "shard/*.staging/done/*");
    killAt(random, "initialise/*/manifest.json");
    killAt(random, STATE);
    assertThat(killAfterFirstStep()).isGreaterThan(STEPS_PER_EPOCH);
    killAt(random, STATE, STATE + ".unfinished");
    killAt(random, "train/????????????????/manifest.json");
    killAt(random, "train/????????????????/manifest.json", STATE);
    assertThat(killAfterFirstStep()).isGreaterThan(STEPS_PER_EPOCH);
    killAt(random, "embed/????????????????/manifest.json");
    try (Child child = Child.start(directory.resolve("last.out"), run(store))) {
      assertThat(child.waitFor()).as(child.output()).isZero();
      assertThat(child.output()).contains("trained", "Report: ");
    }
    assertThat(new StoreFiles(store).digests()).isEqualTo(new StoreFiles(undisturbed).digests());
    assertThat(new StoreFiles(store).strangers()).isEmpty();
    Outcome verified = Outcome.of("datasets", "verify", "--store", store.toString());
    assertThat(verified.code()).isZero();
    assertThat(verified.out())
        .doesNotContain("damaged")
        .contains(
            "%1$d of %1$d datasets are whole."
                .formatted(
                    SmallExperiment.STAGES.size()
                        + 2 * TrainStage.COMPANIONS.size()
                        + 3 * MeasureStage.COMPANIONS.size()
                        + 3 * StatisticsStage.COMPANIONS.size()));
    assertThat(Outcome.of("datasets", "gc", "--store", store.toString()).out())
        .startsWith("0 datasets");
  }

  private String[] run(Path where) {
    return experiment.run(where, "--parallelism", "2");
  }

  /** Kills the run a little after the moment at which the store has a file like each of these. */
  private void killAt(SplittableRandom random, String... files) throws Exception {
    forgetProgress();
    try (Child child = Child.start(directory.resolve("killed.out"), run(store))) {
      boolean reached =
          child.reaches(() -> Stream.of(files).allMatch(file -> !find(file).isEmpty()));
      assertThat(reached).as("%s: %s", List.of(files), child.output()).isTrue();
      Thread.sleep(random.nextInt(LONGEST_DELAY_MILLISECONDS));
    }
  }

  /** Kills the run as soon as a training says how far it is; the step it began with. */
  private long killAfterFirstStep() throws Exception {
    forgetProgress();
    try (Child child = Child.start(directory.resolve("killed.out"), run(store))) {
      assertThat(child.reaches(() -> step().isPresent())).as(child.output()).isTrue();
      return step().getAsLong();
    }
  }

  private List<Path> progress() {
    return find("train/*.staging/progress/*.avro");
  }

  /** What the killed process last said of itself must not be taken for what the next one says. */
  private void forgetProgress() throws IOException {
    for (Path file : progress()) {
      Files.delete(file);
    }
  }

  private OptionalLong step() {
    for (Path file : progress()) {
      try {
        return OptionalLong.of(Long.parseLong(Files.readString(file).split(" ", 2)[0]));
      } catch (IOException gone) {
        return OptionalLong.empty();
      }
    }
    return OptionalLong.empty();
  }

  private List<Path> find(String glob) {
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + store + "/" + glob);
    try (Stream<Path> files = Files.find(store, 5, (file, attributes) -> matcher.matches(file))) {
      return files.toList();
    } catch (IOException | UncheckedIOException notYetOrNoLonger) {
      return List.of();
    }
  }
}
