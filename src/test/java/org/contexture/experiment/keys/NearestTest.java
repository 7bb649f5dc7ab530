package org.contexture.experiment.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
  private static final List<String> WORDS = List.of("epochs", "learning_rate", "k", "seed");

  @Test
  void aSlipOfTheFingerIsUnderstood() {
    assertThat(Nearest.to("epoch", WORDS)).contains("epochs");
    assertThat(Nearest.to("epcohs", WORDS)).contains("epochs");
    assertThat(Nearest.to("EPOCHS", WORDS)).contains("epochs");
    assertThat(Nearest.to("learning-rate", WORDS)).contains("learning_rate");
    assertThat(Nearest.to("learnin_raet", WORDS)).contains("learning_rate");
  }

  @Test
  void theNearestOfSeveralIsMeantAndTheFirstOfEqualOnes() {
    assertThat(Nearest.to("seet", List.of("seat", "seed", "seet_"))).contains("seat");
    assertThat(Nearest.to("weights", List.of("weight_", "weights_"))).contains("weight_");
    assertThat(Nearest.to("weightss", List.of("weight_x", "weights"))).contains("weights");
  }

  @Test
  void aWordFarFromAllIsNotGuessed() {
    assertThat(Nearest.to("batch", WORDS)).isEmpty();
    assertThat(Nearest.to("", WORDS)).isEmpty();
    assertThat(Nearest.to("x", WORDS)).isEmpty();
    assertThat(Nearest.to("epochs".repeat(10_000), WORDS)).isEmpty();
  }
}
