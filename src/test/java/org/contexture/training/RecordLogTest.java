package org.contexture.training;

import static org.assertj.core.api.Assertions.assertThat;

import org.contexture.record.StepTiming;
import org.junit.jupiter.api.Test;

class RecordLogTest {
  private static final StepTiming FIRST = new StepTiming(1L, 0.5, 0.25, 128.0);
  private static final StepTiming SECOND = new StepTiming(2L, 0.25, 0.0, 256.0);

  @Test
  void goesOnAfterWhatWasSaved() {
    RecordLog<StepTiming> log = new RecordLog<>(StepTiming.class);
    log.add(FIRST);

    RecordLog<StepTiming> resumed = RecordLog.resume(StepTiming.class, log.saved());
    resumed.add(SECOND);

    assertThat(resumed.records()).containsExactly(FIRST, SECOND);
    assertThat(log.records()).containsExactly(FIRST);
  }

  @Test
  void noRecordsAreNoBytes() {
    RecordLog<StepTiming> log = new RecordLog<>(StepTiming.class);

    assertThat(log.saved().bytes()).isEmpty();
    assertThat(RecordLog.resume(StepTiming.class, log.saved()).records()).isEmpty();
  }
}
