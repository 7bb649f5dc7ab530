package org.contexture.pipeline;

import java.util.List;
import java.util.function.Consumer;
import org.apache.beam.sdk.Pipeline;

/**
 * Where Beam graphs run. Its text is what manifests name. Graphs may be run from several threads.
 */
public interface StageRunner {

  /**
   * One graph to be run.
   *
   * @param name what it is called: the same name in every run of the same work
   * @param tasks how many of its tasks can run at the same time
   * @param offer how its tasks find their workers, as {@link #offer} gave it
   * @param options arguments of Beam's that its file systems need
   */
  record Job(String name, int tasks, Offer offer, List<String> options) {
    public Job {
      options = List.copyOf(options);
    }
  }

  /** Runs a graph to its end. */
  void run(Pipeline pipeline, Job job);

  /** How tasks find the workers that they are for. */
  default Offer offer(Placement placement) {
    return new Offer(placement, 1, KeySpread.NONE);
  }

  /**
   * Waits for a job that an earlier process has started and that goes on without it.
   *
   * @param waiting is told, in a few words, who is waited for
   */
  default void awaitLeftBehind(String job, Consumer<String> waiting) throws InterruptedException {}

  /**
   * A few words on which machines are at work on a job just now, or empty. Cheap enough to ask
   * often.
   */
  default String whereabouts(String job) {
    return "";
  }

  /** How many stages there is room for at a time, each on a machine or a process of its own. */
  default int room() {
    return 1;
  }

  /** Ends all that is running elsewhere and would go on when this process ends. */
  default void cancel() {}
}
