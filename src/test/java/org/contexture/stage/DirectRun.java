package org.contexture.stage;

import java.io.IOException;
import java.time.Clock;
import java.util.Set;
import org.contexture.pipeline.Executor;
import org.contexture.pipeline.Plan;
import org.contexture.pipeline.Runner;
import org.contexture.pipeline.StageGraph;
import org.contexture.pipeline.Store;

/** Makes what a graph says on DirectRunner, with its checks, and tells nobody. */
public final class DirectRun {
  private DirectRun() {}

  /** Makes all its datasets that the store does not have. */
  public static void of(StageGraph graph, Store store) throws IOException, InterruptedException {
    Runner runner = new Runner(Runner.Kind.DIRECT, 2, Runner.Checks.ON);
    new Executor(store, runner, "test", Clock.systemUTC(), new Silent())
        .run(Plan.of(graph, store, Set.of()));
  }
}
