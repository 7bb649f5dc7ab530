package org.contexture.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.contexture.golden.GoldenFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Embeddings from elsewhere: those of {@code golden/metrics}, written by NumPy. */
class EmbeddingsIT {
  private static final int USAGE = 2;
  private static final int DATA = 3;
  private static final GoldenFiles GOLDEN = GoldenFiles.onClassPath("metrics");

  /** Percentages are printed with two decimals. */
  private static final double ROUNDING = 0.0051;

  @TempDir Path directory;

  private Outcome evaluate(Path file, String store, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "evaluate",
                "--embeddings",
                file.toString(),
                "--store",
                directory.resolve(store).toString()));
    words.addAll(List.of(more));
    return Outcome.of(words.toArray(String[]::new));
  }

  /** What was printed, in percent, by the name of the metric. */
  private static Map<String, Double> figures(Outcome outcome, String embeddings) {
    Map<String, Double> figures = new HashMap<>();
    outcome
        .out()
        .lines()
        .filter(line -> line.startsWith(embeddings + " "))
        .map(line -> line.split(" +"))
        .forEach(cells -> figures.put(cells[1], Double.valueOf(cells[2])));
    return figures;
  }

  @Test
  void metricsAreThoseOfTheOracleOnEveryRunner() throws IOException {
    Path file = GOLDEN.path("self_plain.npz");
    JsonNode oracle = GOLDEN.json("self_plain.json").get("results").get("oracle_index");

    Outcome direct = evaluate(file, "direct");
    Outcome flink = evaluate(file, "flink", "--runner", "flink", "--parallelism", "2");

    assertThat(direct.code()).as("%s", direct).isZero();
    assertThat(flink.code()).as("%s", flink).isZero();
    Map<String, Double> figures = figures(direct, "given");
    assertThat(figures.get("recall@1"))
        .isCloseTo(100 * oracle.get("R@1").asDouble(), within(ROUNDING));
    assertThat(figures.get("map@r"))
        .isCloseTo(100 * oracle.get("mAP@R_nan_excluded").asDouble(), within(ROUNDING));
    assertThat(figures.get("map"))
        .isCloseTo(100 * oracle.get("mAP_nan_excluded").asDouble(), within(ROUNDING));
    assertThat(figures(flink, "given")).isEqualTo(figures);
    assertThat(new StoreFiles(directory.resolve("flink")).digests())
        .isEqualTo(new StoreFiles(directory.resolve("direct")).digests());
    assertThat(direct.out()).contains("uniformity", "effective-rank", "nmi", "ami");
  }

  @Test
  void settingsOfAnExperimentsEvaluationHold() {
    Outcome outcome =
        evaluate(
            GOLDEN.path("self_small.npz"),
            "store",
            "--set",
            "evaluate.recall_at=3,5",
            "--set",
            "evaluate.clusters=false",
            "--set",
            "evaluate.rerank.name=k_reciprocal");

    assertThat(outcome.code()).as("%s", outcome).isZero();
    assertThat(figures(outcome, "given")).containsKeys("recall@3", "recall@5", "map@r");
    assertThat(figures(outcome, "given")).doesNotContainKey("recall@1");
    assertThat(figures(outcome, "reranked")).containsKey("recall@3");
    assertThat(outcome.out()).doesNotContain("nmi");
  }

  @Test
  void mistakesAreSentences() {
    Path file = GOLDEN.path("self_plain.npz");

    Outcome both = evaluate(file, "store", "--weights", "w.safetensors");
    assertThat(both.code()).isEqualTo(USAGE);
    assertThat(both.err()).contains("--weights: embeddings need no network");
    Outcome missing = evaluate(directory.resolve("none.npz"), "store");
    assertThat(missing.code()).isEqualTo(USAGE);
    assertThat(missing.err()).contains("there is no file", "none.npz");
    Outcome ending = evaluate(directory.resolve("e.csv"), "store");
    assertThat(ending.code()).isEqualTo(USAGE);
    assertThat(ending.err()).contains("ends with neither .npz nor .avro");
    Outcome key = evaluate(file, "store", "--set", "train.epochs=3");
    assertThat(key.code()).isEqualTo(USAGE);
    assertThat(key.err()).contains("train: is no key; allowed: seed, evaluate");
    Outcome unlabelled = evaluate(GOLDEN.path("nmi.npz"), "store");
    assertThat(unlabelled.code()).isEqualTo(DATA);
    assertThat(unlabelled.err()).contains("nmi.npz", "has no array 'embeddings'");
    Outcome weights = Outcome.of("evaluate", "pipelines/emoji.yaml");
    assertThat(weights.code()).isEqualTo(USAGE);
    assertThat(weights.err()).contains("--weights FILE");
  }
}
