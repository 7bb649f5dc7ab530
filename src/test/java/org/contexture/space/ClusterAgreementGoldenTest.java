package org.contexture.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.contexture.golden.GoldenFiles;
import org.contexture.golden.Npz;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every case of {@code golden/metrics/nmi}. */
class ClusterAgreementGoldenTest {
  private static final GoldenFiles FILES = GoldenFiles.folder("metrics");
  private static final double TOLERANCE = 1e-9;

  static Stream<String> cases() {
    List<String> cases = new ArrayList<>();
    FILES.json("nmi.json").get("results").fieldNames().forEachRemaining(cases::add);
    return cases.stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void equalsScikitLearn(String number) {
    JsonNode expected = FILES.json("nmi.json").get("results").get(number);
    Npz arrays = FILES.npz("nmi.npz");
    ClusterAgreement agreement =
        new ClusterAgreement(
            wholes(arrays.longs("labels" + number)), wholes(arrays.longs("clusters" + number)));

    assertThat(agreement.normalised())
        .isCloseTo(expected.get("nmi_arithmetic").asDouble(), within(TOLERANCE));
    assertThat(agreement.adjusted())
        .isCloseTo(expected.get("ami_arithmetic").asDouble(), within(TOLERANCE));
  }

  private static int[] wholes(long[] values) {
    return LongStream.of(values).mapToInt(Math::toIntExact).toArray();
  }
}
