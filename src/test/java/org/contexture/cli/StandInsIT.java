package org.contexture.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.contexture.model.Backbone;
import org.contexture.model.Head;
import org.contexture.model.InitialWeights;
import org.contexture.model.ModelConfig;
import org.contexture.pipeline.Manifest;
import org.contexture.pipeline.Store;
import org.contexture.record.Embedding;
import org.contexture.record.Neighbours;
import org.contexture.record.Split;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Published benchmarks, from small archives in their formats to what is measured. */
class StandInsIT {
  private static final Path ARCHIVES = Path.of("src/test/resources/org/contexture/benchmark/mini");

  /** What makes seconds of hours. */
  private static final List<String> SMALL =
      List.of(
          "benchmark.expected_counts=any",
          "images.size=32",
          "images.test_size=36",
          "model.backbone=resnet18",
          "model.embedding_size=16",
          "train.epochs=1",
          "train.classes_per_batch=4",
          "evaluate.recall_at=1,4");

  private static final List<String> STAGES =
      List.of(
          "fetch",
          "unpack",
          "index",
          "shard",
          "initialise",
          "train",
          "embed-pretrained",
          "neighbours-pretrained",
          "measure-pretrained",
          "statistics-pretrained",
          "embed-trained",
          "neighbours-trained",
          "measure-trained",
          "statistics-trained",
          "map");

  /** Each stage is a job there, of a second or two: the others end with what was trained. */
  private static final List<String> WHOLE_ON_FLINK = List.of("sop", "inshop");

  private static final List<String> UNTIL_MEASURED =
      List.of(
          "fetch",
          "unpack",
          "index",
          "shard",
          "initialise",
          "train",
          "embed-trained",
          "neighbours-trained",
          "measure-trained");

  @TempDir Path directory;

  private FolderServer server;
  private Path checksums;

  @BeforeEach
  void serveArchives() throws IOException {
    server = new FolderServer(ARCHIVES);
    StringBuilder lines = new StringBuilder();
    try (Stream<Path> files = Files.list(ARCHIVES)) {
      for (Path file : files.toList()) {
        String sha256 = DigestUtils.sha256Hex(Files.readAllBytes(file));
        lines.append(sha256 + "  " + file.getFileName() + "\n");
      }
    }
    checksums = Files.writeString(directory.resolve("SHA256SUMS"), lines);
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  /** One command: a published experiment, made small enough for the stand-ins. */
  private Outcome run(String experiment, Path store, String... more) throws IOException {
    List<String> settings = new ArrayList<>();
    if (!List.of("cub", "cars").contains(experiment)) {
      settings.addAll(List.of("--set", "images.stored_size=36"));
    }
    if (List.of("sop", "inat").contains(experiment)) {
      settings.addAll(List.of("--set", "train.sampler.multiplier=10"));
      settings.addAll(List.of("--set", "train.sampler.batches_per_pair=1"));
    }
    settings.addAll(List.of(more));
    return runFile(experiment + "-256-hybrid.yaml", store, settings);
  }

  private Outcome runFile(String file, Path store, List<String> more) throws IOException {
    List<String> words =
        new ArrayList<>(
            List.of(
                "run",
                "pipelines/" + file,
                "--store",
                store.toString(),
                "--reports",
                directory.resolve("reports").toString(),
                "--models",
                directory.resolve("models").toString()));
    for (String setting : SMALL) {
      words.addAll(List.of("--set", setting));
    }
    words.addAll(
        List.of(
            "--set",
            "fetch.mirror=" + server.address(),
            "--set",
            "fetch.checksums=" + checksums,
            "--set",
            "model.weights=" + weights()));
    words.addAll(more);
    return Outcome.of(words.toArray(String[]::new));
  }

  /** A backbone, in place of the one that torchvision offers. */
  private Path weights() throws IOException {
    Path file = directory.resolve("resnet18.safetensors");
    if (!Files.exists(file)) {
      ModelConfig model = new ModelConfig(Backbone.RESNET18, Head.AVERAGE_LINEAR, 16, 32);
      Files.write(file, InitialWeights.random(model, 1));
    }
    return file;
  }

  @ParameterizedTest
  @ValueSource(strings = {"cub", "cars", "sop", "inshop", "inat"})
  void anExperimentRunsFromAServerAndGivesTheSameBytesOnFlink(String experiment)
      throws IOException {
    Outcome direct = run(experiment, directory.resolve("direct"));
    assertThat(direct.code()).as("%s", direct).isZero();
    assertThat(direct.made()).isEqualTo(STAGES);
    List<String> fetched = List.copyOf(server.requests());
    assertThat(fetched).isNotEmpty().doesNotHaveDuplicates();
    assertThat(direct.out())
        .as("terms are named before anything is fetched")
        .containsSubsequence(
            "fetch ", "running", " (http", "made %d records".formatted(fetched.size()));

    boolean whole = WHOLE_ON_FLINK.contains(experiment);
    List<String> how = new ArrayList<>(List.of("--runner", "flink"));
    if (!whole) {
      how.addAll(List.of("--until", "measure-trained"));
    }
    Outcome flink = run(experiment, directory.resolve("flink"), how.toArray(String[]::new));
    assertThat(flink.code()).as("%s", flink).isZero();
    assertThat(flink.made()).isEqualTo(whole ? STAGES : UNTIL_MEASURED);

    SortedMap<String, String> bytes = new StoreFiles(directory.resolve("flink")).digests();
    SortedMap<String, String> expected = new StoreFiles(directory.resolve("direct")).digests();
    assertThat(bytes.keySet())
        .anyMatch(file -> file.startsWith("shard/"))
        .anyMatch(file -> file.startsWith("train/"))
        .anyMatch(file -> file.startsWith("fetch/") && file.endsWith(fetched.get(0)));
    assertThat(expected).containsAllEntriesOf(bytes);
    if (whole) {
      assertThat(bytes).isEqualTo(expected);
    }
  }

  /** Of both tracks, with what the hybrid loss of the 256 track does not use. */
  @ParameterizedTest
  @CsvSource({
    "paper-256/cub-256-proxy-nca.yaml, train.warmup_steps=0",
    "paper-256/ablations/cub-256-ablation-05.yaml, train.warmup_steps=0",
    "paper-224/cub-224-proxy-anchor.yaml, train.frozen_epochs=1",
    "paper-224/sop-224-hybrid.yaml, train.sampler.multiplier=1"
  })
  void otherPublishedExperimentsRunToTheirEnd(String file, String setting) throws IOException {
    Path store = directory.resolve("store");

    Outcome run = runFile(file, store, List.of("--set", setting));

    assertThat(run.code()).as("%s", run).isZero();
    assertThat(run.made()).isEqualTo(STAGES);
  }

  @Test
  void queriesAreSearchedInTheGalleryOnly() throws IOException {
    Path path = directory.resolve("store");
    assertThat(run("inshop", path, "--until", "neighbours-pretrained").code()).isZero();
    Store store = Store.open(path);

    Map<Long, Split> splits = new HashMap<>();
    int searches = 0;
    for (Manifest manifest : store.datasets()) {
      if (manifest.stage().equals("embed")) {
        for (Embedding embedding : store.open(manifest.id(), Embedding.class).open()) {
          splits.put(embedding.getId(), embedding.getSplit());
        }
      }
    }
    assertThat(splits).hasSize(62);
    for (Manifest manifest : store.datasets()) {
      if (manifest.stage().equals("neighbours")) {
        assertThat(manifest.records()).isEqualTo(32);
        for (Neighbours found : store.open(manifest.id(), Neighbours.class).open()) {
          searches++;
          assertThat(splits.get(found.getQueryId())).isEqualTo(Split.QUERY);
          assertThat(found.getNeighbours())
              .isNotEmpty()
              .allMatch(neighbour -> splits.get(neighbour.getId()) == Split.GALLERY);
        }
      }
    }
    assertThat(searches).isEqualTo(32);
  }
}
