package org.contexture.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;
import org.contexture.benchmark.EmojiBenchmark;
import org.contexture.benchmark.FileDigests;
import org.contexture.pipeline.Dataset;
import org.contexture.pipeline.Executor;
import org.contexture.pipeline.Manifest;
import org.contexture.pipeline.Plan;
import org.contexture.pipeline.Progress;
import org.contexture.pipeline.RunListener;
import org.contexture.pipeline.Runner;
import org.contexture.pipeline.StageGraph;
import org.contexture.pipeline.Store;
import org.contexture.record.Example;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagesIT {
  @TempDir Path directory;

  @Test
  void runs() throws Exception {
    EmojiBenchmark emoji = new EmojiBenchmark();
    String sha = emoji.source().digest(new FileDigests(directory.resolve("d")));
    for (Runner.Kind kind : Runner.Kind.values()) {
      StageGraph.Builder builder = StageGraph.builder();
      var files =
          builder.add("unpack", new UnpackStage(UnpackConfig.of(sha, 4 << 20), emoji.source(), 0));
      var images =
          builder.add(
              "index",
              new IndexStage(
                  IndexConfig.builder()
                      .benchmark("emoji")
                      .labelling(1)
                      .validationShare(0.12)
                      .seed(1)
                      .build(),
                  emoji,
                  files,
                  0));
      Dataset<Example> examples =
          builder.add(
              "shard",
              new ShardStage(
                  ShardConfig.builder()
                      .size(64)
                      .encoding(ShardConfig.Encoding.PNG)
                      .jpegQuality(95)
                      .shardBytes(4 << 20)
                      .seed(1)
                      .build(),
                  images,
                  files,
                  0));
      Store store = Store.open(directory.resolve(kind.key()));
      RunListener listener =
          new RunListener() {
            public void reused(Dataset<?> d, Manifest m) {
              System.out.println("reused " + d);
            }

            public void started(Dataset<?> d, String r) {
              System.out.println("started " + d + " " + r);
            }

            public void waiting(Dataset<?> d, String w) {}

            public void progressed(Dataset<?> d, Progress p) {
              System.out.println(d + " " + p);
            }

            public void finished(Dataset<?> d, Manifest m) {
              System.out.println("finished " + d + " " + m);
            }
          };
      new Executor(
              store, new Runner(kind, 2, Runner.Checks.ON), "test", Clock.systemUTC(), listener)
          .run(Plan.of(builder.build(), store, Set.of()));
      assertThat(store.open(examples).size()).isEqualTo(5052);
    }
  }
}
