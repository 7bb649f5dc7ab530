package org.contexture.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.contexture.cli.ChaosSchedule.Victim;
import org.junit.jupiter.api.Test;

class ChaosScheduleTest {
  @Test
  void aSeedIsASchedule() {
    ChaosSchedule schedule = ChaosSchedule.of(1, 6, 3);
    assertThat(schedule).isEqualTo(ChaosSchedule.of(1, 6, 3)).isNotEqualTo(ChaosSchedule.of(2, 6, 3));
    assertThat(schedule.count(Victim.WORKER)).isEqualTo(6);
    assertThat(schedule.count(Victim.CLIENT)).isEqualTo(3);
    assertThat(schedule.count(Victim.JOB_MANAGER)).isEqualTo(1);
    assertThat(schedule.blows())
        .anyMatch(blow -> blow.victim() == Victim.WORKER && blow.stage().equals("pretrain"));
  }
}
