package org.contexture.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.codec.digest.DigestUtils;
import org.contexture.failure.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlannedFileTest {
  @TempDir Path directory;

  @Test
  void isReadWhileItIsTheOneThatWasPlanned() throws IOException {
    Path file = Files.writeString(directory.resolve("weights"), "as planned");
    String sha256 = DigestUtils.sha256Hex("as planned");

    PlannedFile.requireUnchanged(file, sha256);
    assertThat(PlannedFile.read(file, sha256))
        .isEqualTo("as planned".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void isRefusedWhenItHasChangedSince() throws IOException {
    Path file = Files.writeString(directory.resolve("weights"), "as planned");
    String sha256 = DigestUtils.sha256Hex("as planned");
    Files.writeString(file, "as written meanwhile");
    String message =
        "%s is another file now than when the run began: its SHA-256 was %s and is %s. Run it again."
            .formatted(file, sha256, DigestUtils.sha256Hex("as written meanwhile"));

    assertThatThrownBy(() -> PlannedFile.read(file, sha256))
        .isInstanceOf(Failure.class)
        .hasMessage(message);
    assertThatThrownBy(() -> PlannedFile.requireUnchanged(file, sha256))
        .isInstanceOf(Failure.class)
        .hasMessage(message);
  }
}
