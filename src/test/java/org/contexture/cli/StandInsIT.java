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
import org.junit.jupiter.params.provider.ValueSource;

/** Published benchmarks, from small archives in their formats to what is measured. */
class StandInsIT {
  private static final Path ARCHIVES = Path.of("src/test/resources/org/contexture/benchmark/mini");

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

  private Outcome run(String benchmark, Path store, String... more) throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("stand-in.yaml"),
            """
            name: stand-in
            benchmark:
              name: %s
              expected_counts: any
              validation_share: 0.2
            fetch: {mirror: %s, checksums: %s}
            images: {size: 32}
            model: {embedding_size: 16}
            pretrain:
              loss: {name: multi_similarity}
              epochs: 1
              classes_per_batch: 2
            train:
              epochs: 1
              classes_per_batch: 2
            control: false
            """
                .formatted(benchmark, server.address(), checksums));
    List<String> words =
        new ArrayList<>(
            List.of(
                "run",
                file.toString(),
                "--store",
                store.toString(),
                "--reports",
                directory.resolve("reports").toString()));
    words.addAll(List.of(more));
    return Outcome.of(words.toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(strings = {"cub200", "cars196", "sop", "inshop", "inaturalist"})
  void aBenchmarkRunsFromItsArchivesWithTheSameBytesOnEveryRunner(String benchmark)
      throws IOException {
    Outcome direct = run(benchmark, directory.resolve("direct"));
    assertThat(direct.code()).as("%s", direct).isZero();
    assertThat(direct.made().get(0)).isEqualTo("fetch");
    assertThat(direct.made().subList(1, direct.made().size())).isEqualTo(SmallExperiment.STAGES);
    List<String> fetched = List.copyOf(server.requests());
    assertThat(fetched).isNotEmpty().doesNotHaveDuplicates();
    assertThat(direct.out())
        .as("terms are named before anything is fetched")
        .containsSubsequence(
            "fetch ", "running", " (http", "made %d records".formatted(fetched.size()));

    Outcome flink = run(benchmark, directory.resolve("flink"), "--runner", "flink");
    assertThat(flink.code()).as("%s", flink).isZero();

    SortedMap<String, String> bytes = new StoreFiles(directory.resolve("direct")).digests();
    assertThat(bytes.keySet()).anyMatch(file -> file.startsWith("shard/"));
    assertThat(new StoreFiles(directory.resolve("flink")).digests()).isEqualTo(bytes);
  }

  @Test
  void queriesAreSearchedInTheGalleryOnly() throws IOException {
    Path path = directory.resolve("store");
    assertThat(run("inshop", path, "--until", "neighbours-untrained").code()).isZero();
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
