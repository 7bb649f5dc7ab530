package org.contexture.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.contexture.cli.ChaosSchedule.Victim;
import org.junit.jupiter.api.Test;

class ChaosScheduleTest {
  private static final Set<String> STAGES = Set.of("unpack", "pretrain", "map");

  @Test
  void aSeedIsASchedule() {
    ChaosSchedule schedule = ChaosSchedule.of(STAGES, 1, 6, 3);
    assertThat(schedule)
        .isEqualTo(ChaosSchedule.of(STAGES, 1, 6, 3))
        .isNotEqualTo(ChaosSchedule.of(STAGES, 2, 6, 3));
    assertThat(schedule.count(Victim.WORKER)).isEqualTo(6);
    assertThat(schedule.count(Victim.CLIENT)).isEqualTo(3);
    assertThat(schedule.count(Victim.JOB_MANAGER)).isEqualTo(1);
    assertThat(schedule.blows()).extracting(ChaosSchedule.Blow::stage).isSubsetOf(STAGES);
    assertThat(schedule.blows())
        .anyMatch(blow -> blow.victim() == Victim.WORKER && blow.stage().equals("pretrain"));
  }
}
