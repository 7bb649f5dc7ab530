package org.contexture.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.contexture.locale.OtherDigits;
import org.junit.jupiter.api.Test;

class CollectConfigTest {
  private static final CollectConfig.Member MEMBER =
      new CollectConfig.Member(
          "triplet",
          Map.of("noise", "0.3"),
          Map.of("seed", "2"),
          Map.of("rate", "1e-5"),
          Optional.empty());

  @Test
  void whatTellsMembersApartIsInTheSettings() {
    assertThat(new CollectConfig(List.of(MEMBER, MEMBER)).settings().toString())
        .isEqualTo(
            "{\"members\":{\"0000\":MEMBER,\"0001\":MEMBER}}"
                .replace(
                    "MEMBER",
                    "{\"grid\":{\"noise\":\"0.3\"},\"repeat\":{\"seed\":\"2\"},"
                        + "\"run\":\"triplet\",\"tuned\":{\"rate\":\"1e-5\"}}"));
  }

  @Test
  void theSettingsAreTheSameInACountryWithOtherDigits() throws Exception {
    CollectConfig config = new CollectConfig(List.of(MEMBER, MEMBER));

    assertThat(OtherDigits.there(config::settings)).isEqualTo(config.settings());
  }

  @Test
  void whatWasPublishedIsThereOnlyWhereSomethingWas() {
    CollectConfig.Member published =
        new CollectConfig.Member(
            "a",
            Map.of(),
            Map.of(),
            Map.of(),
            Optional.of(new CollectConfig.Published(66.2, true)));

    assertThat(new CollectConfig(List.of(published)).settings().flat())
        .containsEntry("members.0000.published.recall_at_1", "66.2")
        .containsEntry("members.0000.published.read_off_plot", "true");
  }
}
