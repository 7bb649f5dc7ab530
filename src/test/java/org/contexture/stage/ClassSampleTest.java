package org.contexture.stage;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.contexture.pipeline.Dataset;
import org.contexture.pipeline.StageGraph;
import org.contexture.pipeline.Store;
import org.contexture.record.Embedding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ClassSampleTest {
  @TempDir Path directory;

  private List<Embedding> drawn(EmbeddedPoints points, int atLeast, long seed) throws Exception {
    Store store = Store.open(directory.resolve("store"));
    StageGraph.Builder graph = StageGraph.builder();
    Dataset<Embedding> dataset = graph.add("points", points);
    DirectRun.of(graph.build(), store);
    return ClassSample.draw(store.open(dataset), atLeast, seed);
  }

  private static Map<Integer, Long> sizes(List<Embedding> embeddings) {
    return embeddings.stream().collect(groupingBy(Embedding::getLabel, counting()));
  }

  @Test
  void allAreDrawnInTheirOrderWhereThereAreFewer() throws Exception {
    EmbeddedPoints points = new EmbeddedPoints(200);

    assertThat(drawn(points, 1000, 1)).isEqualTo(points.points());
  }

  @Test
  void smallClassesAreWholeAndTheSeedChoosesThem() throws Exception {
    EmbeddedPoints points = new EmbeddedPoints(600);
    List<Embedding> sample = drawn(points, 300, 1);

    assertThat(sizes(points.points())).containsAllEntriesOf(sizes(sample));
    assertThat(sample).hasSizeBetween(300, 330).isSortedAccordingTo(byId());
    assertThat(sizes(drawn(points, 300, 2)).keySet()).isNotEqualTo(sizes(sample).keySet());
  }

  @Test
  void aLargeClassIsNoMoreThanATenth() throws Exception {
    EmbeddedPoints points = new EmbeddedPoints(3000, 12);
    List<Embedding> sample = drawn(points, 300, 1);

    assertThat(sizes(sample).values()).hasSize(10).containsOnly(30L);
    assertThat(sample).isSortedAccordingTo(byId()).isSubsetOf(points.points());
    assertThat(drawn(points, 300, 2)).isNotEqualTo(sample);
    assertThat(drawn(points, 300, 1)).isEqualTo(sample);
  }

  @Test
  void fewLargeClassesShareTheSample() throws Exception {
    assertThat(sizes(drawn(new EmbeddedPoints(3000, 3), 300, 1)))
        .isEqualTo(Map.of(0, 100L, 1, 100L, 2, 100L));
  }

  private static Comparator<Embedding> byId() {
    return Comparator.comparing(Embedding::getId);
  }
}
