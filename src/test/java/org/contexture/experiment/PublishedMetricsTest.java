package org.contexture.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the paper's tables give Recall@K for (reference specification, §7.1). */
class PublishedMetricsTest {

  @ParameterizedTest
  @CsvSource({
    "cub, 1 2 4 8",
    "cars, 1 2 4 8",
    "sop, 1 10 100",
    "inat, 1 4 16 32",
    "inshop, 1 10 20 30 40 50"
  })
  void aPublishedBenchmarkIsMeasuredAsPublished(String benchmark, String recallAt) {
    Path file = Path.of("pipelines", benchmark + "-256-hybrid.yaml");

    assertThat(ExperimentFile.read(file, List.of()).settings().recallAt())
        .isEqualTo(Arrays.stream(recallAt.split(" ")).map(Integer::valueOf).toList());
  }
}
