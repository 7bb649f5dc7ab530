package org.contexture.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.contexture.locale.OtherDigits;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

  /** Against torchvision's own counts, less those of its classifier. */
  @ParameterizedTest
  @CsvSource({
    "RESNET18, 11176512, 120, layer4.1.bn2.num_batches_tracked",
    "RESNET34, 21284672, 216, layer3.5.conv2.weight",
    "RESNET50, 23508032, 318, layer4.2.conv3.weight",
    "RESNET101, 42500160, 624, layer3.22.bn3.running_var"
  })
  void backbonesHaveTheTensorsOfTorchvision(
      Backbone backbone, long parameters, int tensors, String last) {
    List<StateEntry> entries =
        NetworkDefinition.of(new ModelConfig(backbone, Head.AVERAGE_LINEAR, 128, 64))
            .entries()
            .stream()
            .filter(StateEntry::inBackbone)
            .toList();

    assertThat(entries).hasSize(tensors).map(StateEntry::name).contains("backbone." + last);
    assertThat(
            entries.stream()
                .filter(entry -> entry.trains(BatchNormMode.TRAINING))
                .mapToLong(entry -> entry.shape().stream().reduce(1L, Math::multiplyExact))
                .sum())
        .isEqualTo(parameters);
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void weightsAreKeptInTheFormatThatTheirConvolutionsTake(Precision precision) {
    NetworkDefinition network =
        NetworkDefinition.of(
            new ModelConfig(Backbone.RESNET18, Head.AVERAGE_LINEAR, 128, 64), precision);
    String training = network.source().split("def with_batch_statistics|def with_running", -1)[1];
    Pattern taken =
        Pattern.compile("w = torch\\.(?:contiguous|to)\\(p\\[(\\d+)].*?(?:=| )(\\d)\\)");

    int convolutions = 0;
    for (Matcher weight = taken.matcher(training); weight.find(); convolutions++) {
      StateEntry entry = network.floatEntries().get(Integer.parseInt(weight.group(1)));
      String format = weight.group(2).equals("2") ? "keep_channels_last" : "keep_contiguous";
      assertThat(network.keeping(entry)).as(entry.name()).isEqualTo(format);
    }

    assertThat(convolutions).isEqualTo(17); // all but the three of 1×1
  }
}
