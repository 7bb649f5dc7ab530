package org.contexture.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.contexture.pipeline.Store;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong is said in a sentence, and nothing half-written is taken for a dataset. */
class FailuresIT {
  private static final int USAGE = 2;
  private static final int DATA = 3;
  private static final int ENVIRONMENT = 4;

  @TempDir Path directory;
  private SmallExperiment experiment;
  private Path store;

  @BeforeEach
  void writePictures() throws IOException {
    experiment = SmallExperiment.in(directory);
    store = directory.resolve("store");
  }

  @Test
  void truncatedArchiveIsToBeFetchedAgain() throws IOException {
    Path archive = directory.resolve("pictures.zip");
    byte[] whole = zip();
    Files.write(archive, Arrays.copyOf(whole, whole.length / 2));
    String[] command = experiment.run(store, "--until", "unpack", "--set", path(archive));
    assertThat(Outcome.of(command))
        .satisfies(
            outcome ->
                assertThat(outcome.err())
                    .startsWith(
                        "Stage unpack failed: %s is not a complete zip archive".formatted(archive))
                    .contains("fetch it again")
                    .contains("this goes on from there: ./contexture run " + experiment.file())
                    .doesNotContain("Exception:", "\tat "))
        .extracting(Outcome::code)
        .isEqualTo(DATA);
    assertNoDatasets();

    Files.write(archive, whole);
    assertThat(Outcome.of(command).made()).containsExactly("unpack");
  }

  @Test
  void corruptImageIsNamedAndCanBeTolerated() throws IOException {
    Path broken = experiment.pictures().resolve("class-03/2.png");
    Files.write(broken, Arrays.copyOf(Files.readAllBytes(broken), 2000));
    Outcome strict = Outcome.of(experiment.run(store, "--until", "shard"));
    assertThat(strict.code()).as("%s", strict).isEqualTo(DATA);
    assertThat(strict.err())
        .startsWith("Stage shard failed: 1 of 60 inputs were rejected")
        .contains("allowed share of 0.0", "class-03/2.png")
        .contains("contexture datasets show shard.rejected/");
    assertThat(new StoreFiles(store).digests().keySet())
        .noneMatch(file -> file.startsWith("shard/"));

    String[] tolerant =
        experiment.run(store, "--until", "shard", "--set", "images.max_rejected_share=0.05");
    Outcome passed = Outcome.of(tolerant);
    assertThat(passed.code()).as("%s", passed).isZero();
    assertThat(passed.reused()).containsExactly("unpack", "index");
    assertThat(passed.out()).contains("made 59 records, 1 rejected");
    String command = "datasets show ";
    String all = strict.err().lines().filter(line -> line.contains(command)).findFirst().get();
    List<String> given = new ArrayList<>(List.of(all.substring(all.indexOf(command)).split(" ")));
    given.addAll(List.of("--store", store.toString()));
    Outcome shown = Outcome.of(given.toArray(String[]::new));
    assertThat(shown.code()).as("%s", shown).isZero();
    assertThat(shown.out()).contains("\"what\":\"class-03/2.png\"");
  }

  @Test
  void fullDiskIsToBeCleared() throws Exception {
    Path disk = Files.createDirectory(directory.resolve("disk"));
    try (Tmpfs tmpfs = Tmpfs.mount(disk, "size=1m")) {
      String[] command = experiment.run(disk.resolve("store"), "--until", "unpack");
      Outcome outcome = Outcome.of(command);
      assertThat(outcome.code()).as("%s", outcome).isEqualTo(ENVIRONMENT);
      assertThat(outcome.err())
          .startsWith(
              "Stage unpack failed: the disk that holds %s is full. Free some space"
                  .formatted(disk.resolve("store")))
          .contains("this goes on from there: ");
      assertThat(Outcome.of("datasets", "list", "--store", disk.resolve("store").toString()).out())
          .doesNotContain("unpack/");

      tmpfs.remount("size=20m");
      assertThat(Outcome.of(command).made()).containsExactly("unpack");
      assertThat(
              Outcome.of("datasets", "verify", "--store", disk.resolve("store").toString()).out())
          .contains("1 of 1 datasets are whole.");
      assertThat(new StoreFiles(disk.resolve("store")).strangers()).isEmpty();
    }
  }

  @Test
  @SuppressWarnings("try") // the disk is there while it is open
  void diskThatIsFullBeforeTheFirstStageIsToBeClearedToo() throws Exception {
    Path disk = Files.createDirectory(directory.resolve("disk"));
    try (Tmpfs tmpfs = Tmpfs.mount(disk, "size=64k")) {
      Store full = Store.open(disk.resolve("store"));
      full.requireWritable();
      assertThatThrownBy(() -> Files.write(disk.resolve("rest"), new byte[1 << 20]))
          .isInstanceOf(IOException.class);
      String[] command = experiment.run(full.root().toString(), directory, "--until", "unpack");
      Outcome outcome = Outcome.of(command);
      assertThat(outcome.code()).as("%s", outcome).isEqualTo(ENVIRONMENT);
      assertThat(outcome.err()).startsWith("The disk is full: ").doesNotContain("\tat ");
    }
  }

  @Test
  @SuppressWarnings("try") // the disk is there while it is open
  void fullDiskWhileTrainingSavesItsStateLosesNothing() throws Exception {
    Path disk = Files.createDirectory(directory.resolve("disk"));
    try (Tmpfs tmpfs = Tmpfs.mount(disk, "size=100m")) {
      String[] command = experiment.run(disk.resolve("store"), "--until", "pretrain");
      Outcome outcome = Outcome.of(command);
      assertThat(outcome.code()).as("%s", outcome).isEqualTo(ENVIRONMENT);
      // The state is written while the training goes on: its progress may meet the full disk first.
      assertThat(outcome.err())
          .startsWith("Stage pretrain failed: ")
          .containsPattern("No space left on device.*Make room|is full\\. Free some space");
      assertThat(Outcome.of("datasets", "list", "--store", disk.resolve("store").toString()).out())
          .contains("initialise/")
          .doesNotContain("train/");
    }
  }

  @Test
  void readOnlyDiskIsToBeAvoided() throws Exception {
    Path disk = Files.createDirectory(directory.resolve("disk"));
    try (Tmpfs tmpfs = Tmpfs.mount(disk, "size=20m")) {
      tmpfs.remount("ro");
      Outcome outcome = Outcome.of(experiment.run(disk.resolve("store"), "--until", "unpack"));
      assertThat(outcome.code()).as("%s", outcome).isEqualTo(ENVIRONMENT);
      assertThat(outcome.err())
          .startsWith("The store %s cannot be written to: ".formatted(disk.resolve("store")))
          .contains("Read-only file system", "Choose another with --store DIR.");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"file", "file/below"})
  void fileInTheWayOfTheStoreIsNamed(String where) throws IOException {
    Files.writeString(directory.resolve("file"), "not a store");
    Path inTheWay = directory.resolve(where);
    for (String[] command :
        List.of(
            experiment.run(inTheWay),
            experiment.plan(inTheWay),
            new String[] {"datasets", "list", "--store", inTheWay.toString()})) {
      Outcome outcome = Outcome.of(command);
      assertThat(outcome.code()).as("%s", outcome).isEqualTo(ENVIRONMENT);
      assertThat(outcome.err())
          .startsWith("The store %s cannot be used: ".formatted(inTheWay))
          .contains("%s is a file, not a directory.".formatted(directory.resolve("file")));
    }
    assertThat(directory.resolve("file")).hasContent("not a store");
  }

  @Test
  void fileInTheWayOfTheReportsIsNamedBeforeTheWorkBegins() throws IOException {
    Path inTheWay = Files.writeString(directory.resolve("reports"), "");
    Outcome outcome =
        Outcome.of(
            "run",
            experiment.file().toString(),
            "--store",
            store.toString(),
            "--reports",
            inTheWay.toString());
    assertThat(outcome.code()).as("%s", outcome).isEqualTo(ENVIRONMENT);
    assertThat(outcome.err())
        .startsWith("The report cannot be written to %s: ".formatted(inTheWay))
        .contains("Choose another directory with --reports DIR.");
    assertThat(outcome.made()).isEmpty();
  }

  @Test
  void newerStoreIsLeftAlone() throws IOException {
    Files.createDirectories(store);
    Files.writeString(store.resolve("store.json"), "{\"format\": 2}");
    for (String[] command :
        List.of(
            experiment.run(store),
            experiment.plan(store),
            new String[] {"datasets", "gc", "--delete", "--store", store.toString()})) {
      Outcome outcome = Outcome.of(command);
      assertThat(outcome.code()).as("%s", outcome).isEqualTo(DATA);
      assertThat(outcome.err())
          .startsWith("%s is a store of format 2; this Contexture reads format 1.".formatted(store))
          .contains("Use the version that wrote it, or another store (--store DIR).");
    }
    try (Stream<Path> files = Files.list(store)) {
      assertThat(files).containsExactly(store.resolve("store.json"));
    }
  }

  @Test
  void everyMistakeInTheExperimentFileIsReported() throws IOException {
    Files.writeString(
        experiment.file(),
        Files.readString(experiment.file())
            .replace("epochs: 3", "epoch: 3")
            .replace("seed: 3", "seed: soon"));
    Outcome outcome = Outcome.of(experiment.run(store));
    assertThat(outcome.code()).as("%s", outcome).isEqualTo(USAGE);
    assertThat(outcome.err())
        .startsWith("The settings cannot be used, 2 problems:")
        .contains(experiment.file() + ":2:", experiment.file() + ":8:", "'epochs'");
    assertThat(store).doesNotExist();
  }

  @Test
  void missingExperimentFileIsNamed() {
    Path missing = directory.resolve("missing.yaml");
    Outcome outcome = Outcome.of("run", missing.toString(), "--store", store.toString());
    assertThat(outcome.code()).as("%s", outcome).isEqualTo(USAGE);
    assertThat(outcome.err()).contains(missing.toString());
    assertThat(store).doesNotExist();
  }

  @Test
  void missingFolderIsNamed() {
    Path missing = directory.resolve("missing");
    Outcome outcome = Outcome.of(experiment.run(store, "--set", path(missing)));
    assertThat(outcome.code()).as("%s", outcome).isEqualTo(DATA);
    assertThat(outcome.err()).startsWith("There is no folder %s.".formatted(missing));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--until", "--from"})
  void unknownStageIsAnsweredWithThoseThereAre(String option) {
    Outcome outcome = Outcome.of(experiment.run(store, option, "pretraining"));
    assertThat(outcome.code()).as("%s", outcome).isEqualTo(USAGE);
    assertThat(outcome.err())
        .startsWith(
            "There is no stage 'pretraining' in this experiment; its stages are "
                + String.join(", ", SmallExperiment.STAGES));
  }

  @ParameterizedTest
  @ValueSource(strings = {"direct", "flink"})
  void mistakeThatATaskFindsIsAMistakeWhereverTheTaskRan(String runner) {
    Outcome outcome =
        Outcome.of(
            experiment.run(
                store,
                "--until",
                "pretrain",
                "--runner",
                runner,
                "--parallelism",
                "1",
                "--set",
                "pretrain.classes_per_batch=5"));
    assertThat(outcome.code()).as("%s", outcome).isEqualTo(USAGE);
    assertThat(outcome.err())
        .startsWith(
            "Stage pretrain failed: A batch is to hold 5 classes, but the training examples have"
                + " only 4. Set classes_per_batch of this stage to at most 4.");
  }

  private static String path(Path pictures) {
    return "benchmark.path=" + pictures;
  }

  private void assertNoDatasets() throws IOException {
    assertThat(new StoreFiles(store).digests()).isEmpty();
    assertThat(Outcome.of("datasets", "list", "--store", store.toString()).out()).hasLineCount(1);
  }

  private byte[] zip() throws IOException {
    Path archive = directory.resolve("whole.zip");
    try (OutputStream out = Files.newOutputStream(archive);
        ZipOutputStream zip = new ZipOutputStream(out);
        Stream<Path> files = Files.walk(experiment.pictures())) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        zip.putNextEntry(new ZipEntry(experiment.pictures().relativize(file).toString()));
        Files.copy(file, zip);
      }
    }
    return Files.readAllBytes(archive);
  }
}
