package org.contexture.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.contexture.failure.Failure;
import org.contexture.record.RawPath;
import org.junit.jupiter.api.Test;

/** The graph is unpack → index → shard → train, with a second branch unpack → count. */
class StageGraphTest {
  private final StageGraph.Builder builder = StageGraph.builder();
  private final Dataset<RawPath> unpack = builder.add("unpack", ToyStage.named("unpack"));
  private final Dataset<RawPath> count =
      builder.add("count", ToyStage.named("count").reading("files", unpack));
  private final Dataset<RawPath> index =
      builder.add("index", ToyStage.named("index").reading("files", unpack));
  private final Dataset<RawPath> shard =
      builder.add("shard", ToyStage.named("shard").reading("a", index).reading("b", unpack));
  private final Dataset<RawPath> train =
      builder.add("train", ToyStage.named("train").reading("examples", shard));
  private final StageGraph graph = builder.build();

  @Test
  void datasetsComeInTheOrderTheyWereAdded() {
    assertThat(graph.datasets()).isEqualTo(List.of(unpack, count, index, shard, train));
  }

  @Test
  void untilKeepsAStageAndWhatItNeeds() {
    assertThat(graph.until("shard").datasets()).isEqualTo(List.of(unpack, index, shard));
    assertThat(graph.until("unpack").datasets()).isEqualTo(List.of(unpack));
    assertThat(graph.until("train").datasets()).isEqualTo(List.of(unpack, index, shard, train));
  }

  @Test
  void fromIsAStageAndAllThatIsMadeFromIt() {
    assertThat(graph.from("index")).isEqualTo(List.of(index, shard, train));
    assertThat(graph.from("unpack")).isEqualTo(List.of(unpack, count, index, shard, train));
    assertThat(graph.from("train")).isEqualTo(List.of(train));
  }

  @Test
  void fromAfterUntilStaysInside() {
    assertThat(graph.until("shard").from("index")).isEqualTo(List.of(index, shard));
  }

  @Test
  void anUnknownStageIsToldWithThoseThereAre() {
    String message =
        "There is no stage 'trian' in this experiment; its stages are unpack, count, index,"
            + " shard, train.";

    assertThatThrownBy(() -> graph.until("trian"))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> assertThat(failure.category()).isEqualTo(Failure.Category.USAGE))
        .hasMessage(message);
    assertThatThrownBy(() -> graph.from("trian")).isInstanceOf(Failure.class).hasMessage(message);
  }

  @Test
  void twoStagesOfOneLabelAreAMistake() {
    assertThatThrownBy(() -> builder.add("unpack", ToyStage.named("unpack")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("two stages are called unpack");
  }

  @Test
  void aDatasetOfAnotherGraphIsAMistake() {
    Dataset<RawPath> stranger = StageGraph.builder().add("stranger", ToyStage.named("stranger"));

    assertThatThrownBy(() -> builder.add("x", ToyStage.named("x").reading("in", stranger)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("x reads stranger (stranger/");
  }
}
