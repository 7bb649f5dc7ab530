package org.contexture.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CollectConfigTest {
  private static final CollectConfig.Member MEMBER =
      new CollectConfig.Member(
          "triplet", Map.of("noise", "0.3"), Map.of("seed", "2"), Map.of("rate", "1e-5"));

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
}
