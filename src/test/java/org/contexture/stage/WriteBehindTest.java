package org.contexture.stage;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import org.contexture.benchmark.FileSource;
import org.contexture.failure.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WriteBehindTest {
  private static final int MEBIBYTE = 1 << 20;

  /** Notes what it is given; may be made to wait or to fail at a file. */
  private static class Noted implements FileSource.Receiver {
    final List<String> calls = Collections.synchronizedList(new ArrayList<>());

    @Override
    public void file(String path, byte[] content) throws IOException {
      calls.add("%s of %d".formatted(path, content.length));
    }

    @Override
    public void refused(String path, String reason) {
      calls.add("%s: %s".formatted(path, reason));
    }

    @Override
    public void progress(long done, long total, FileSource.Counted counted) {
      calls.add("%d of %d %s".formatted(done, total, counted));
    }
  }

  private static final class Held extends Noted {
    final CountDownLatch mayGoOn = new CountDownLatch(1);
    final CountDownLatch arrived = new CountDownLatch(1);

    @Override
    public void file(String path, byte[] content) throws IOException {
      arrived.countDown();
      try {
        mayGoOn.await();
      } catch (InterruptedException impossible) {
        throw new IllegalStateException(impossible);
      }
      super.file(path, content);
    }
  }

  @Test
  void everythingIsPassedOnInOrder() throws IOException {
    Noted noted = new Noted();
    List<String> expected = new ArrayList<>();
    try (WriteBehind behind = new WriteBehind(noted)) {
      for (int i = 0; i < 5000; i++) {
        behind.file("f" + i, new byte[i]);
        behind.progress(i, 5000, FileSource.Counted.FILES);
        expected.addAll(List.of("f%d of %d".formatted(i, i), i + " of 5000 FILES"));
      }
      behind.refused("last", "it is a link");
      expected.add("last: it is a link");
      behind.finish();

      assertThat(noted.calls).isEqualTo(expected);
    }
  }

  @Test
  void theReaderGoesOnUntilMuchWaits() throws Exception {
    Held held = new Held();
    ExecutorService reader = Executors.newSingleThreadExecutor();
    try (WriteBehind behind = new WriteBehind(held)) {
      for (int i = 0; i < 16; i++) {
        behind.file("f" + i, new byte[MEBIBYTE]);
      }
      Future<?> more =
          reader.submit(
              () -> {
                behind.file("more", new byte[MEBIBYTE]);
                return null;
              });
      assertThatThrownBy(() -> more.get(1, SECONDS)).isInstanceOf(TimeoutException.class);

      held.mayGoOn.countDown();
      more.get();
      behind.finish();
      assertThat(held.calls).hasSize(17);
    } finally {
      reader.shutdown();
    }
  }

  @Test
  void aFileLargerThanAllThatMayWaitIsPassedOn() throws IOException {
    Noted noted = new Noted();
    try (WriteBehind behind = new WriteBehind(noted)) {
      behind.file("large", new byte[100 * MEBIBYTE]);
      behind.file("small", new byte[1]);
      behind.finish();
    }
    assertThat(noted.calls).containsExactly("large of 104857600", "small of 1");
  }

  @Test
  void whatTheReceiverThrowsComesToTheReader() {
    for (Exception failure :
        List.of(new IOException("the disk is full"), Failure.usage("the shard gets too large"))) {
      FileSource.Receiver broken =
          new Noted() {
            @Override
            public void file(String path, byte[] content) throws IOException {
              if (failure instanceof IOException full) {
                throw full;
              }
              throw (Failure) failure;
            }
          };
      assertThatThrownBy(
              () -> {
                try (WriteBehind behind = new WriteBehind(broken)) {
                  behind.file("a", new byte[1]);
                  behind.finish();
                }
              })
          .isSameAs(failure);
    }
  }

  @Test
  void closedEarlyItDropsWhatWaitsAndIsDone() throws Exception {
    Held held = new Held();
    WriteBehind behind = new WriteBehind(held);
    behind.file("at work", new byte[1]);
    behind.file("waiting", new byte[1]);
    held.arrived.await();
    ExecutorService closer = Executors.newSingleThreadExecutor();
    try {
      Future<?> closed =
          closer.submit(
              () -> {
                behind.close();
                return null;
              });
      assertThatThrownBy(() -> closed.get(1, SECONDS)).isInstanceOf(TimeoutException.class);
      held.mayGoOn.countDown();
      closed.get();
    } finally {
      closer.shutdown();
    }

    assertThat(held.calls).containsExactly("at work of 1");
  }

  @Test
  void aReaderThatIsInterruptedWhileItWaitsSaysSo() throws Exception {
    Held held = new Held();
    try (WriteBehind behind = new WriteBehind(held)) {
      behind.file("a", new byte[1]);
      Thread.currentThread().interrupt();

      assertThatThrownBy(behind::finish).isInstanceOf(InterruptedIOException.class);

      assertThat(Thread.interrupted()).isTrue();
      held.mayGoOn.countDown();
    }
  }
}
