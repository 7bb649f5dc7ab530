package org.contexture.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StallWatchTest {
  private static final Duration PATIENCE = Duration.ofMillis(100);

  /** One byte, and then nothing, until it is closed. */
  private static final class OneByte extends InputStream {
    private final CountDownLatch closed = new CountDownLatch(1);
    private boolean given;

    @Override
    public int read() throws IOException {
      if (!given) {
        given = true;
        return 1;
      }
      try {
        closed.await();
      } catch (InterruptedException interrupted) {
        throw new IOException(interrupted);
      }
      throw new IOException("closed");
    }

    @Override
    public int read(byte[] buffer, int from, int count) throws IOException {
      buffer[from] = (byte) read();
      return 1;
    }

    @Override
    public void close() {
      closed.countDown();
    }
  }

  /** Long enough for the watch to look several times. */
  private static void takeLongerThanItsPatience() throws InterruptedException {
    Thread.sleep(PATIENCE.multipliedBy(3).toMillis());
  }

  @Test
  void theTimeBetweenTwoReadsIsNotTheSources() throws Exception {
    byte[] buffer = new byte[1];
    try (StallWatch watch = new StallWatch(new ByteArrayInputStream(new byte[2]), PATIENCE)) {
      for (int expected : new int[] {1, 1, -1}) {
        takeLongerThanItsPatience();
        assertThat(watch.read(buffer)).isEqualTo(expected);
      }
    }
  }

  @Test
  void aReadThatBringsNothingIsEndedHoweverSlowTheReaderWas() throws Exception {
    byte[] buffer = new byte[1];
    OneByte body = new OneByte();
    try (StallWatch watch = new StallWatch(body, PATIENCE)) {
      assertThat(watch.read(buffer)).isEqualTo(1);
      takeLongerThanItsPatience();
      assertThat(body.closed.getCount()).isEqualTo(1);

      assertThatThrownBy(() -> watch.read(buffer))
          .isInstanceOf(SourceException.class)
          .hasMessage("sent nothing for 100 ms");
    }
  }
}
