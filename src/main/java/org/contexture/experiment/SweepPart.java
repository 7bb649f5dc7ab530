package org.contexture.experiment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.contexture.failure.Failure;
import org.contexture.pipeline.Dataset;
import org.contexture.pipeline.DatasetId;
import org.contexture.pipeline.Plan;
import org.contexture.pipeline.Schedule;
import org.contexture.pipeline.StageGraph;

/** Experiments of a sweep that are made together: who needs what, and how far they are. */
final class SweepPart implements Schedule.Watcher {
  private final SweepExecution.Part part;
  private final List<Member> members;
  private final SweepExecution.Listener listener;
  private final Map<DatasetId, Sweep.Cell> owners = new HashMap<>();
  private final Map<DatasetId, List<Sweep.Cell>> ends = new HashMap<>();
  private int done;

  /**
   * An experiment.
   *
   * @param graph what is made of it
   * @param last the dataset that it is done with
   */
  record Member(Sweep.Cell cell, StageGraph graph, DatasetId last) {}

  SweepPart(SweepExecution.Part part, List<Member> members, SweepExecution.Listener listener) {
    this.part = part;
    this.members = List.copyOf(members);
    this.listener = listener;
    Set<DatasetId> shared = new HashSet<>();
    for (Member member : members) {
      for (Dataset<?> dataset : member.graph().datasets()) {
        Sweep.Cell other = owners.put(dataset.id(), member.cell());
        if (other != null) {
          shared.add(dataset.id());
        }
      }
      ends.computeIfAbsent(member.last(), last -> new ArrayList<>()).add(member.cell());
    }
    owners.keySet().removeAll(shared);
  }

  /** What is made, an experiment after another. */
  List<StageGraph> graphs() {
    return members.stream().map(Member::graph).toList();
  }

  /** Says what is about to be done. */
  void begin(Plan plan) {
    long missing =
        plan.steps().stream().filter(step -> step.decision() == Plan.Decision.RUN).count();
    listener.started(part, members.size(), missing, Map.copyOf(owners));
  }

  @Override
  public void there(Dataset<?> dataset) {
    for (Sweep.Cell cell : ends.getOrDefault(dataset.id(), List.of())) {
      done++;
      listener.finished(part, cell, done, members.size());
    }
  }

  @Override
  public Failure explained(Dataset<?> dataset, Failure failure) {
    Sweep.Cell cell = owners.get(dataset.id());
    return cell == null ? failure : failure.reworded("Of %s: %s", cell, failure.getMessage());
  }
}
