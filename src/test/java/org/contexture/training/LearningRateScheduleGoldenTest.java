package org.contexture.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.contexture.golden.GoldenFiles;
import org.junit.jupiter.api.Test;

class LearningRateScheduleGoldenTest {
  private static final JsonNode GOLDEN =
      GoldenFiles.folder("schedules").json("learning_rates.json");
  private static final int STEPS_PER_EPOCH = 15;

  @Test
  void multiStepEqualsThe256Track() {
    assertThat(GOLDEN.get("track256")).isNotEmpty();
    for (JsonNode run : GOLDEN.get("track256")) {
      List<Integer> milestones = new ArrayList<>();
      run.get("milestones").forEach(node -> milestones.add(node.asInt()));
      LearningRateSchedule schedule =
          LearningRateSchedule.multiStep(STEPS_PER_EPOCH, milestones, run.get("gamma").asDouble());
      int first = run.get("start_epoch").asInt();
      double rate = run.get("lr").asDouble();
      check(schedule, rate, first, run.get("remap_lr_by_epoch"));
      check(schedule, rate / 2, first, run.get("backbone_lr_by_epoch"));
    }
  }

  @Test
  void regularMilestonesEqualThe224Track() {
    assertThat(GOLDEN.get("track224")).isNotEmpty();
    for (JsonNode run : GOLDEN.get("track224")) {
      Milestones milestones =
          Milestones.every(
              run.get("lr_decay_step").asInt(),
              run.get("epochs").asInt(),
              run.get("lr_decay_gamma").asDouble());
      LearningRateSchedule schedule =
          LearningRateSchedule.multiStep(STEPS_PER_EPOCH, milestones.epochs(), milestones.factor());
      double rate = run.get("lr").asDouble();
      check(schedule, rate, 0, run.get("base_group"));
      check(
          schedule, rate * run.get("embedding_lr_multi").asDouble(), 0, run.get("embedding_group"));
      check(
          schedule,
          rate * run.get("projector_lr_multi").asDouble(),
          0,
          run.get("bottleneck_group"));
      check(schedule, 100 * rate, 0, run.get("proxy_group(lr*100)"));
    }
  }

  private static void check(
      LearningRateSchedule schedule, double rate, int firstEpoch, JsonNode expected) {
    assertThat(expected).isNotEmpty();
    for (int i = 0; i < expected.size(); i++) {
      double value = expected.get(i).asDouble();
      long firstStep = (long) (firstEpoch + i) * STEPS_PER_EPOCH;
      long lastStep = firstStep + STEPS_PER_EPOCH - 1;
      assertThat(rate * schedule.multiplier(firstStep)).isCloseTo(value, within(1e-12 * rate));
      assertThat(rate * schedule.multiplier(lastStep)).isCloseTo(value, within(1e-12 * rate));
    }
  }
}
