package org.contexture.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.contexture.pipeline.Progress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StagePaceTest {
  private StagePace pace;

  @BeforeEach
  void begin() {
    pace = new StagePace("unpack", at(0));
  }

  private static long at(long seconds) {
    return TimeUnit.SECONDS.toNanos(seconds);
  }

  private void reached(long done, long total, Progress.Unit unit, long seconds) {
    pace.reached(new Progress(done, total, unit, ""), at(seconds));
  }

  @Test
  void bytesAreSaidInUnitsThatPeopleRead() {
    reached(10 << 20, 1 << 30, Progress.Unit.BYTES, 5);
    reached(70 << 20, 1 << 30, Progress.Unit.BYTES, 25);

    assertThat(pace.text())
        .isEqualTo("unpack                 70.0 MiB/1.0 GiB, 3.0 MiB/s, 5 min 18 s left");
    assertThat(pace.shortText()).isEqualTo("unpack 70.0 MiB/1.0 GiB");
  }

  @Test
  void thingsAreCounted() {
    reached(10, 1000, Progress.Unit.THINGS, 5);
    reached(70, 1000, Progress.Unit.THINGS, 25);

    assertThat(pace.text()).isEqualTo("unpack                 70/1000, 3.0/s, 5 min 10 s left");
  }

  @Test
  void noPaceIsSaidBeforeThereIsOne() {
    assertThat(pace.text()).isEqualTo("unpack                 begins");

    reached(10 << 20, 1 << 30, Progress.Unit.BYTES, 5);

    assertThat(pace.text()).isEqualTo("unpack                 10.0 MiB/1.0 GiB");
  }
}
