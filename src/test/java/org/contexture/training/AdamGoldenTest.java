package org.contexture.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.contexture.golden.GoldenFiles;
import org.contexture.golden.Npz;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class AdamGoldenTest {
  private static final GoldenFiles GOLDEN = GoldenFiles.folder("schedules");
  private static final JsonNode CASES = GOLDEN.json("optimizers.json").get("cases");

  @TestFactory
  Stream<DynamicTest> stepsEqualTheReference() {
    return cases().stream().map(name -> dynamicTest(name, () -> check(name)));
  }

  @Test
  void thereAreCases() {
    assertThat(cases()).isNotEmpty();
  }

  /** All but those of an optimiser whose gradients are never cleared: those say a loss scale. */
  private static List<String> cases() {
    return CASES.properties().stream()
        .filter(entry -> !entry.getValue().has("loss_scale"))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static void check(String name) {
    JsonNode settings = CASES.get(name);
    Npz golden = GOLDEN.npz("optimizers.npz");
    float[] gradients = golden.floats("gradients");
    float[] expected = golden.floats(name + ".p");
    int length = golden.floats("p0").length;
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray parameter = manager.create(golden.floats("p0"));
      parameter.setRequiresGradient(true);
      ParameterGroup group =
          new ParameterGroup(
              "all",
              settings.get("lr").asDouble(),
              settings.get("weight_decay").asDouble(),
              new TreeMap<>(Collections.singletonMap("p", parameter)));
      Adam.Decay decay =
          settings.get("type").asText().startsWith("AdamW")
              ? Adam.Decay.DECOUPLED
              : Adam.Decay.IN_GRADIENT;
      Adam adam = Adam.create(List.of(group), decay);
      for (int step = 0; step < gradients.length / length; step++) {
        int from = step * length;
        int falls = step / settings.path("step_size").asInt(1);
        double multiplier = Math.pow(settings.path("gamma").asDouble(1), (double) falls);
        adam.step(
            Map.of("p", manager.create(Arrays.copyOfRange(gradients, from, from + length))),
            multiplier);
        assertThat(parameter.toFloatArray())
            .as("after step %d", step)
            .containsExactly(Arrays.copyOfRange(expected, from, from + length), within(1e-6f));
      }
      assertMoments(adam, golden, name, ".exp_avg");
      assertMoments(adam, golden, name, ".exp_avg_sq");
    }
  }

  private static void assertMoments(Adam adam, Npz golden, String name, String moment) {
    float[] expected = golden.floats(name + moment);
    float largest = 0;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertThat(adam.state().get("p" + moment).toFloatArray())
        .as(moment)
        .containsExactly(expected, within(1e-5f * largest));
  }
}
