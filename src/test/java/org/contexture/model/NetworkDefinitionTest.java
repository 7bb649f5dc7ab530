package org.contexture.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.contexture.locale.OtherDigits;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NetworkDefinitionTest {

  @ParameterizedTest
  @EnumSource(Head.class)
  void theSourceIsTheSameInACountryWithOtherDigits(Head head) throws Exception {
    for (Backbone backbone : Backbone.values()) {
      for (Precision precision : Precision.values()) {
        ModelConfig config = new ModelConfig(backbone, head, 128, 64);

        String here = OtherDigits.nowhere(() -> NetworkDefinition.of(config, precision).source());
        String there = OtherDigits.there(() -> NetworkDefinition.of(config, precision).source());

        assertThat(there).as("%s in %s", config, precision).isEqualTo(here);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Head.class)
  void theTensorsHaveTheSameNamesInACountryWithOtherDigits(Head head) throws Exception {
    ModelConfig config = new ModelConfig(Backbone.RESNET18, head, 128, 64);

    assertThat(OtherDigits.there(() -> NetworkDefinition.of(config).entries()))
        .isEqualTo(OtherDigits.nowhere(() -> NetworkDefinition.of(config).entries()));
  }
}
