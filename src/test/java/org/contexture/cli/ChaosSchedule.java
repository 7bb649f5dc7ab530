package org.contexture.cli;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Who is killed when, as a seed says: the JobManager once, and as many workers and clients.
 *
 * @param blows in the order of the stages
 */
record ChaosSchedule(List<Blow> blows) {

  /** Stages that take long: a kill is twice as likely to meet one. */
  private static final Set<String> LONG = Set.of("unpack", "shard", "pretrain", "train");

  private static final int LONGEST_DELAY_MILLISECONDS = 3_000;

  ChaosSchedule {
    blows = List.copyOf(blows);
  }

  /** What can be killed. */
  enum Victim {
    WORKER("worker"),
    CLIENT("client"),
    JOB_MANAGER("JobManager");

    private final String word;

    Victim(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  /**
   * One kill.
   *
   * @param stage it comes when this one is at work
   * @param delayMilliseconds and so much later; another stage may be at work by then
   * @param draw chooses among workers
   */
  record Blow(Victim victim, String stage, int delayMilliseconds, int draw) {}

  /** A schedule of nothing. */
  static ChaosSchedule peace() {
    return new ChaosSchedule(List.of());
  }

  /**
   * A schedule. One worker dies as soon as it has saved an epoch.
   *
   * @param made the stages that are run; "pretrain" is one of them
   */
  static ChaosSchedule of(Set<String> made, long seed, int workers, int clients) {
    List<String> stages =
        Stream.concat(Stream.of("fetch"), SmallExperiment.STAGES.stream())
            .filter(made::contains)
            .flatMap(stage -> Collections.nCopies(LONG.contains(stage) ? 2 : 1, stage).stream())
            .toList();
    Random random = new Random(seed);
    List<Victim> victims = new ArrayList<>(List.of(Victim.JOB_MANAGER));
    victims.addAll(Collections.nCopies(clients, Victim.CLIENT));
    victims.addAll(Collections.nCopies(workers, Victim.WORKER));
    List<Blow> blows = new ArrayList<>();
    for (Victim victim : victims) {
      boolean first = blows.size() == 1 + clients;
      int stage = first ? stages.indexOf("pretrain") : random.nextInt(stages.size());
      blows.add(
          new Blow(
              victim,
              stages.get(stage),
              first ? 0 : random.nextInt(LONGEST_DELAY_MILLISECONDS),
              random.nextInt(Integer.MAX_VALUE)));
    }
    blows.sort(
        Comparator.comparingInt((Blow blow) -> stages.indexOf(blow.stage()))
            .thenComparing(Blow::delayMilliseconds));
    return new ChaosSchedule(blows);
  }

  int count(Victim victim) {
    return Math.toIntExact(blows.stream().filter(blow -> blow.victim() == victim).count());
  }
}
