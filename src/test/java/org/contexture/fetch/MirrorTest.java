package org.contexture.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import org.contexture.failure.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MirrorTest {

  @Test
  void filesAreBelowAnAddress() {
    assertThat(Mirror.parse("http://localhost:8000/a").of("b c.zip"))
        .isEqualTo(URI.create("http://localhost:8000/a/b%20c.zip"));
    assertThat(Mirror.parse("https://example.org/").of("x"))
        .isEqualTo(URI.create("https://example.org/x"));
    assertThat(Mirror.parse("https://example.org/").folder()).isEmpty();
  }

  @Test
  void filesAreInAFolder() {
    Mirror mirror = Mirror.parse("some/folder");

    assertThat(mirror.folder()).hasValue(Path.of("some/folder").toAbsolutePath());
    assertThat(Path.of(mirror.of("b c.zip")))
        .isEqualTo(Path.of("some/folder/b c.zip").toAbsolutePath());
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://", "http:archives", "https://a b/c", "http://a/?x=1"})
  void noAddressIsSaidToBeNone(String text) {
    assertThatThrownBy(() -> Mirror.parse(text))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("is no address");
  }
}
