package org.contexture.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every array of the reference vectors in this repository is compared by some test, or is here with
 * the reason why not: none is passed over in silence.
 */
class GoldenCoverageTest {

  /** Arrays that a test compares, or that it computes with, as {@code FILE/ARRAY}. */
  private static final List<Pattern> COMPARED =
      patterns(
          "context/ctx_.*/(embeddings|labels|f|w|scores|loss)",
          "context/ctx_.*/(N_k|N_k_not|M_plus|M_minus|W_tilde|N_k2|R_k2|J_unsym|J)",
          "context/ctx_.*/grad\\.(J|scores|f|embeddings)",
          "images/tensors/.*",
          "losses/.*/(embeddings|labels|scores|dw_miner\\.weights)",
          "losses/.*\\.(grad|proxies|grad_proxies|js)",
          "losses/.*/triplet_given.*\\.(a|p|n)",
          "losses/.*/multisimilarity_miner.*\\.(a1|p|a2|n)",
          "losses/.*/npairs_.*\\.(anchor|positive)",
          "metrics/self_.*/(embeddings|labels)",
          "metrics/qg_.*/(query|query_labels|gallery|gallery_labels)",
          "metrics/.*/(ap|ap_at_r|r_precision)_per_query_index_order",
          "metrics/.*/top10_neighbours",
          "metrics/nmi/(labels|clusters)\\d+",
          "network/input_check/x_first_row",
          "network/[^/]*/.*\\.embedding_[a-z0-9_]+",
          "network/[^/]*/.*\\.pool_(avg|max|gem)",
          "network/checkpoints/.*/embedding",
          "schedules/optimizers/(p0|gradients)",
          "schedules/optimizers/(?!proxy_stale_).*\\.(p|exp_avg|exp_avg_sq)");

  /** Arrays that no test compares. */
  private static final List<Pattern> LEFT_OUT =
      patterns(
          // The same numbers as in the JSON files, which are compared.
          "losses/.*\\.loss",
          // Not kept: what N_k is made of, and it is compared.
          "context/ctx_.*/(D|neg_topk_values|topk_indices)",
          // DJL gives gradients of leaves only; those of the scores have all of these in them.
          "context/ctx_.*/grad\\.(D|N_k|N_k_not|M_plus|M_minus|W_tilde|N_k2|R_k2|J_unsym)",
          // Of a function of the original that no loss of the paper uses.
          "context/similarity_gradient_mask/.*",
          // A sum and a length of the input, whose numbers are a closed form compared above.
          "network/input_check/x_stats",
          // The map before the pool, which no head gives.
          "network/[^/]*/.*\\.layer4_shape",
          // An Adam whose gradients are never cleared, a mistake of the original.
          "schedules/optimizers/proxy_stale_.*");

  @Test
  void everyArrayIsComparedOrLeftOutForAReason() throws IOException {
    Path root = GoldenFiles.onClassPath("").path("");
    List<Path> files;
    try (Stream<Path> all = Files.walk(root)) {
      files = all.filter(file -> file.toString().endsWith(".npz")).sorted().toList();
    }

    assertThat(files).isNotEmpty();
    for (Path file : files) {
      String name = root.relativize(file).toString().replace(".npz", "");
      for (String array : Npz.read(file).names()) {
        String full = name + "/" + array;
        assertThat(Stream.of(COMPARED, LEFT_OUT).filter(group -> matches(group, full)))
            .as(full)
            .hasSize(1);
      }
    }
  }

  private static boolean matches(List<Pattern> patterns, String name) {
    return patterns.stream().anyMatch(pattern -> pattern.matcher(name).matches());
  }

  private static List<Pattern> patterns(String... expressions) {
    return Stream.of(expressions).map(Pattern::compile).toList();
  }
}
