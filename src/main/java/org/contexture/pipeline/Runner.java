package org.contexture.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/**
 * Runs Beam graphs in this process.
 *
 * @param kind which runner
 * @param parallelism how many tasks at a time
 * @param checks whether DirectRunner checks that elements are encodable and stay unchanged
 */
public record Runner(Kind kind, int parallelism, Checks checks) implements StageRunner {

  /** The Beam runners Contexture knows. */
  public enum Kind {
    /** DirectRunner, in this process. */
    DIRECT,
    /** Flink, embedded in this process. */
    FLINK;

    /** Its name on the command line. */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** DirectRunner's checks of elements, which copy each one. */
  public enum Checks {
    ON,
    OFF
  }

  @Override
  public void run(Pipeline pipeline, Job job) {
    pipeline.run(options(job)).waitUntilFinish();
  }

  /**
   * The options of one job. DirectRunner gets no more threads than the job has tasks: a thread
   * without a task looks for one all the time, and takes a core from the task that works.
   */
  private PipelineOptions options(Job job) {
    List<String> arguments = new ArrayList<>(List.of("--jobName=" + job.name()));
    arguments.addAll(job.options());
    switch (kind) {
      case DIRECT ->
          arguments.addAll(
              List.of(
                  "--runner=DirectRunner",
                  "--targetParallelism=" + Math.min(parallelism, job.tasks()),
                  "--enforceImmutability=" + (checks == Checks.ON),
                  "--enforceEncodability=" + (checks == Checks.ON)));
      case FLINK ->
          arguments.addAll(
              List.of(
                  "--runner=FlinkRunner", "--flinkMaster=[local]", "--parallelism=" + parallelism));
    }
    return PipelineOptionsFactory.fromArgs(arguments.toArray(String[]::new)).create();
  }

  @Override
  public String toString() {
    return kind.key();
  }
}
