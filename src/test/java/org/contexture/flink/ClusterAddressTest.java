package org.contexture.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.contexture.failure.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterAddressTest {

  @Test
  void hostAndPortMakeAnAddress() {
    ClusterAddress address = ClusterAddress.parse("flink-1.example:8081");
    assertThat(address).isEqualTo(new ClusterAddress("flink-1.example", 8081));
    assertThat(address.resolve("/jobs")).isEqualTo(URI.create("http://flink-1.example:8081/jobs"));
    assertThat(address).hasToString("flink-1.example:8081");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "localhost", "localhost:", ":8081", "a:0", "a:65536", "http://a:1"})
  void anythingElseIsAMistake(String text) {
    assertThatThrownBy(() -> ClusterAddress.parse(text))
        .isInstanceOf(Failure.class)
        .hasMessage(
            "--flink-master: '%s' is no address of a cluster; give HOST:PORT, such as"
                + " localhost:8081.",
            text);
  }
}
