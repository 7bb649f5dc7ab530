package org.contexture.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.contexture.record.RawPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stage that has more tasks before its shards than it has shards. */
class SpreadTasksTest {
  private static final int TASKS = 5;

  @TempDir Path directory;

  /** Says which keys it wants, and asks how many tasks there are. */
  private static final class Cluster implements StageRunner {
    private final Runner runner = new Runner(Runner.Kind.DIRECT, 2, Runner.Checks.ON);
    private int tasks;

    @Override
    public void run(Pipeline pipeline, Job job) {
      tasks = job.tasks();
      runner.run(pipeline, job);
    }

    @Override
    public Offer offer(Placement placement) {
      return new Offer(placement, 1, (shard, shards) -> shard + 100 * shards);
    }
  }

  private static final class Spread extends RewiredStage {
    Spread() {
      super(ToyStage.named("spread"));
    }

    @Override
    public void expand(Pipeline pipeline, StageContext<RawPath> context) {
      context.write(
          context.spread(pipeline, TASKS).apply("Tell", ParDo.of(new Tell())),
          1,
          SpreadTasksTest::inOrder);
    }
  }

  private static final class Tell
      extends DoFn<KV<Integer, Iterable<Integer>>, KV<Integer, String>> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(
        @Element KV<Integer, Iterable<Integer>> group, OutputReceiver<KV<Integer, String>> output) {
      List<Integer> tasks = StreamSupport.stream(group.getValue().spliterator(), false).toList();
      output.output(KV.of(0, group.getKey() + " has " + tasks));
    }
  }

  private static void inOrder(List<String> told, ShardOutput<RawPath> output) throws IOException {
    for (String line : told.stream().sorted().toList()) {
      output.add(new RawPath(line));
    }
  }

  @Test
  void theyAreSpreadAsTheClusterWantsAndTakeAsManySlotsAsThereAreOfThem() throws Exception {
    Store store = Store.open(directory.resolve("store"));
    StageGraph.Builder builder = StageGraph.builder();
    Dataset<RawPath> dataset = builder.add("spread", new Spread());
    Cluster cluster = new Cluster();

    new Executor(store, cluster, "test", Clock.systemUTC(), new RecordedRun())
        .run(Plan.of(builder.build(), store, Set.of()));

    assertThat(store.open(dataset).open())
        .containsExactly(
            new RawPath("500 has [0]"),
            new RawPath("501 has [1]"),
            new RawPath("502 has [2]"),
            new RawPath("503 has [3]"),
            new RawPath("504 has [4]"));
    assertThat(cluster.tasks).isEqualTo(TASKS);
  }
}
