package org.contexture.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.contexture.pipeline.Dataset;
import org.contexture.pipeline.Plan;
import org.contexture.pipeline.StageGraph;
import org.contexture.pipeline.Store;
import org.contexture.record.ImageRef;
import org.contexture.record.NamedValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stage of docs/write-a-stage.md. */
class ClassSizesStageTest {
  @TempDir Path directory;

  @Test
  void everyClassIsCountedAndSmallOnesAreDeadLetters() throws Exception {
    Store store = Store.open(directory.resolve("store"));
    StageGraph.Builder graph = StageGraph.builder();
    Dataset<ImageRef> images =
        graph.add("images", new ListedImages(List.of("owl", "hawk", "owl", "jay", "owl", "jay")));
    Dataset<NamedValue> sizes =
        graph.add("sizes", new ClassSizesStage(new ClassSizesConfig(2), images));

    DirectRun.of(graph.build(), store);

    List<NamedValue> counted = new ArrayList<>();
    store.open(sizes).open().forEach(counted::add);
    assertThat(counted).containsExactly(new NamedValue("jay", 2.0), new NamedValue("owl", 3.0));
    assertThat(store.find(sizes.id()).orElseThrow().rejected()).isEqualTo(1);
  }

  @Test
  void anotherSettingIsAnotherDatasetAndThePlanSaysWhy() throws Exception {
    Store store = Store.open(directory.resolve("store"));
    StageGraph three = graph(3);
    DirectRun.of(three, store);

    Plan plan = Plan.of(graph(2), store, Set.of());

    assertThat(plan.steps())
        .extracting(Plan.Step::decision)
        .containsExactly(Plan.Decision.REUSE, Plan.Decision.RUN);
    assertThat(plan.steps().get(1).reason()).startsWith("setting fewest: 3 → 2");
  }

  private static StageGraph graph(int fewest) {
    StageGraph.Builder graph = StageGraph.builder();
    Dataset<ImageRef> images = graph.add("images", new ListedImages(List.of("owl", "owl")));
    graph.add("sizes", new ClassSizesStage(new ClassSizesConfig(fewest), images));
    return graph.build();
  }
}
