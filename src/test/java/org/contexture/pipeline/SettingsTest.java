package org.contexture.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class SettingsTest {

  private static Settings example() {
    return Settings.builder()
        .put("seed", 7L)
        .put("rate", 0.1)
        .put("whole", 1.0)
        .put("tiny", 1e-9)
        .put("name", "a \"quoted\"\nname é")
        .put("recall_at", List.of(4, 1, 2))
        .put("nested", Settings.builder().put("b", 2).put("a", 1).build())
        .build();
  }

  @Test
  void theCanonicalFormHasSortedKeysAtEveryLevelAndNoWhiteSpace() {
    assertThat(example())
        .hasToString(
            "{\"name\":\"a \\\"quoted\\\"\\nname é\",\"nested\":{\"a\":1,\"b\":2},\"rate\":0.1,"
                + "\"recall_at\":[4,1,2],\"seed\":7,\"tiny\":1.0E-9,\"whole\":1.0}");
  }

  @Test
  void theOrderOfPutsDoesNotMatter() {
    Settings one = Settings.builder().put("a", 1).put("b", "x").build();
    Settings other = Settings.builder().put("b", "x").put("a", 1).build();

    assertThat(one).isEqualTo(other).hasSameHashCodeAs(other).hasToString(other.toString());
  }

  @Test
  void settingsThatDifferAreNotEqual() {
    Settings one = Settings.builder().put("a", 1).build();

    assertThat(one).isNotEqualTo(Settings.builder().put("a", 2).build());
    assertThat(one).isNotEqualTo(Settings.builder().put("b", 1).build());
    assertThat(one).isNotEqualTo(Settings.builder().put("a", "1").build());
    assertThat(one).isNotEqualTo(Settings.builder().put("a", 1).put("b", 1).build());
    assertThat(Settings.builder().put("a", List.of(1, 2)).build())
        .isNotEqualTo(Settings.builder().put("a", List.of(2, 1)).build());
  }

  @Test
  void aKeyIsThereOnce() {
    assertThatThrownBy(() -> Settings.builder().put("a", 1).put("a", 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("setting a is there twice");
  }

  @Test
  void flatSettingsHaveDottedPaths() {
    assertThat(example().flat())
        .containsEntry("nested.a", "1")
        .containsEntry("nested.b", "2")
        .containsEntry("rate", "0.1")
        .containsEntry("recall_at", "[4,1,2]")
        .containsEntry("name", "a \"quoted\"\nname é")
        .hasSize(8);
  }

  @Test
  void settingsReadBackFromAManifestAreTheSame() throws Exception {
    ObjectMapper json = new ObjectMapper();

    Settings read = Settings.of(json.readTree(json.writeValueAsBytes(example().json())));

    assertThat(read).isEqualTo(example());
    assertThat(read.flat()).isEqualTo(example().flat());
  }
}
