package org.contexture.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;
import org.contexture.record.RawPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A task that finds out on the way how many shards it makes. */
@Timeout(120)
class ManyShardsTest {
  @Test
  void itsShardsAreInTheirOrderBetweenThoseOfOtherTasks(@TempDir Path directory) throws Exception {
    Store store = Store.open(directory.resolve("store"));
    StageGraph.Builder graph = StageGraph.builder();
    Dataset<RawPath> toy =
        graph.add(
            "toy",
            ToyStage.named("toy")
                .doing(
                    2,
                    (numbers, output) -> {
                      output.add(new RawPath(numbers.get(0) + " first"));
                      for (int shard = 1; shard < 3; shard++) {
                        output.startAnother();
                        output.add(new RawPath(numbers.get(0) + " more " + shard));
                      }
                    }));
    Runner runner = new Runner(Runner.Kind.DIRECT, 2, Runner.Checks.ON);

    new Executor(store, runner, "test", Clock.systemUTC(), new RecordedRun())
        .run(Plan.of(graph.build(), store, Set.of()));

    assertThat(store.open(toy).open())
        .extracting(RawPath::getPath)
        .containsExactly("0 first", "0 more 1", "0 more 2", "1 first", "1 more 1", "1 more 2");
    Manifest manifest = store.find(toy).orElseThrow();
    assertThat(manifest.files())
        .extracting(Manifest.DataFile::name)
        .startsWith("part-00000-of-00002.avro", "part-00000-of-00002.00001.avro")
        .hasSize(6);
    assertThat(new Verification(store, manifest).problems()).isEmpty();
  }
}
