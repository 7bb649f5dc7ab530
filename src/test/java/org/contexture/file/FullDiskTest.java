package org.contexture.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FullDiskTest {
  private static final Path ALWAYS_FULL = Path.of("/dev/full");

  @Test
  void itIsKnownByWhatASystemSaysOfIt() {
    assumeTrue(Files.exists(ALWAYS_FULL));

    Throwable failed = catchThrowable(() -> Files.writeString(ALWAYS_FULL, "more"));

    assertThat(failed).isNotNull();
    assertThat(FullDisk.is(failed)).isTrue();
    assertThat(FullDisk.is(new IOException("Disk quota exceeded"))).isTrue();
  }

  @Test
  void otherFailuresAreNone() {
    IOException full = new IOException("No space left on device");

    assertThat(FullDisk.is(full)).isTrue();
    assertThat(FullDisk.is(new IOException("Stale file handle"))).isFalse();
    assertThat(FullDisk.is(new IOException())).isFalse();
    assertThat(FullDisk.is(new UncheckedIOException(full))).isFalse();
    assertThat(FullDisk.is(new IllegalStateException(full.getMessage()))).isFalse();
  }
}
