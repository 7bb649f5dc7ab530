package org.contexture.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.contexture.failure.Failure;
import org.contexture.locale.OtherDigits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelConfigTest {
  private static final ModelConfig CONFIG =
      new ModelConfig(Backbone.RESNET18, Head.AVERAGE_LINEAR, 128, 64);

  @Test
  void hasOneCanonicalText() {
    String json =
        "{\"backbone\":\"resnet18\",\"embedding_size\":128,\"head\":\"average_linear\","
            + "\"input_size\":64}";
    assertThat(CONFIG.toJson()).isEqualTo(json);
    assertThat(ModelConfig.parse(json)).isEqualTo(CONFIG);
  }

  @Test
  void hasThatTextInACountryWithOtherDigitsToo() throws Exception {
    assertThat(OtherDigits.there(CONFIG::toJson)).isEqualTo(CONFIG.toJson());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{|it is not JSON",
        "[]|its keys have to be backbone, embedding_size, head, input_size",
        "{\"backbone\":\"resnet18\"}|its keys have to be",
        "{\"backbone\":\"vgg\",\"embedding_size\":1,\"head\":\"average_linear\",\"input_size\":1}|one of tiny, resnet18",
        "{\"backbone\":\"tiny\",\"embedding_size\":1,\"head\":\"gem\",\"input_size\":1}|one of average_linear, max_norm_linear",
        "{\"backbone\":\"tiny\",\"embedding_size\":\"1\",\"head\":\"average_linear\",\"input_size\":1}|whole numbers",
        "{\"backbone\":\"tiny\",\"embedding_size\":0,\"head\":\"average_linear\",\"input_size\":1}|embeddingSize is 0; allowed is 1 to 65536",
      })
  void refusesAnyOtherText(String json, String reason) {
    assertThatThrownBy(() -> ModelConfig.parse(json))
        .isInstanceOf(Failure.class)
        .hasMessageContaining(reason)
        .hasMessageContaining("Use a checkpoint");
  }
}
