package org.contexture.stage;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.contexture.benchmark.EntryRange;
import org.contexture.benchmark.FileSource;
import org.contexture.failure.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReadAheadTest {
  private static final int MEBIBYTE = 1 << 20;
  private static final EntryRange PART = new EntryRange(0, 1);

  /** Notes what it is told, and on which thread. */
  private static class Noted implements FileSource.Receiver {
    final List<String> calls = new ArrayList<>();
    final Thread thread = Thread.currentThread();

    @Override
    public void file(String path, byte[] content) throws IOException {
      note("%s of %d".formatted(path, content.length));
    }

    @Override
    public void refused(String path, String reason) {
      note("%s: %s".formatted(path, reason));
    }

    @Override
    public void progress(long done, long total, FileSource.Counted counted) {
      note("%d of %d %s".formatted(done, total, counted));
    }

    private void note(String call) {
      assertThat(Thread.currentThread()).isSameAs(thread);
      calls.add(call);
    }
  }

  @Test
  void theReceiverIsToldEverythingInOrderOnTheThreadOfTheCaller() throws IOException {
    Noted noted = new Noted();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 50_000; i++) {
      expected.addAll(List.of("f%d of %d".formatted(i, i % 5000), i + " of 50000 FILES"));
    }
    expected.add("last: it is a link");

    ReadAhead.unpack(
        (part, receiver) -> {
          assertThat(part).isEqualTo(PART);
          for (int i = 0; i < 50_000; i++) {
            receiver.file("f" + i, new byte[i % 5000]);
            receiver.progress(i, 50_000, FileSource.Counted.FILES);
          }
          receiver.refused("last", "it is a link");
        },
        PART,
        noted);

    assertThat(noted.calls).isEqualTo(expected);
  }

  @Test
  void itIsReadOnlySoFarAhead() throws IOException {
    Semaphore read = new Semaphore(0);
    FileSource.Opened source =
        (part, receiver) -> {
          for (int i = 0; i < 40; i++) {
            receiver.file("f" + i, new byte[MEBIBYTE]);
            read.release();
          }
        };
    Noted noted =
        new Noted() {
          @Override
          public void file(String path, byte[] content) throws IOException {
            if (calls.isEmpty()) {
              read.acquireUninterruptibly(15); // goes on while this is at work
              assertThat(tooMany(read)).isFalse();
            }
            super.file(path, content);
          }
        };

    ReadAhead.unpack(source, PART, noted);

    assertThat(noted.calls).hasSize(40);
  }

  private static boolean tooMany(Semaphore read) {
    try {
      return read.tryAcquire(5, 1, SECONDS);
    } catch (InterruptedException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Test
  void aFileLargerThanAllThatMayWaitIsPassedOn() throws IOException {
    Noted noted = new Noted();

    ReadAhead.unpack(
        (part, receiver) -> {
          receiver.file("large", new byte[100 * MEBIBYTE]);
          receiver.file("small", new byte[1]);
        },
        PART,
        noted);

    assertThat(noted.calls).containsExactly("large of 104857600", "small of 1");
  }

  @Test
  void aSourceThatFailsHasPassedOnWhatCameBefore() {
    for (Exception failure :
        List.of(new IOException("cut short"), Failure.data("the archive is damaged"))) {
      Noted noted = new Noted();

      assertThatThrownBy(
              () ->
                  ReadAhead.unpack(
                      (part, receiver) -> {
                        receiver.file("a", new byte[1]);
                        if (failure instanceof IOException cut) {
                          throw cut;
                        }
                        throw (Failure) failure;
                      },
                      PART,
                      noted))
          .isSameAs(failure);
      assertThat(noted.calls).containsExactly("a of 1");
    }
  }

  @Test
  void aReceiverThatFailsEndsTheReading() {
    IOException full = new IOException("the disk is full");
    CompletableFuture<Void> reading = new CompletableFuture<>();
    FileSource.Opened endless =
        (part, receiver) -> {
          try {
            while (true) {
              receiver.file("a", new byte[MEBIBYTE]);
            }
          } catch (CancellationException ended) {
            reading.complete(null);
            throw ended;
          }
        };

    assertThatThrownBy(
            () ->
                ReadAhead.unpack(
                    endless,
                    PART,
                    new Noted() {
                      @Override
                      public void file(String path, byte[] content) throws IOException {
                        throw full;
                      }
                    }))
        .isSameAs(full);

    assertThat(reading).succeedsWithin(30, SECONDS);
  }

  @Test
  void anInterruptionReachesTheCallerAndNotTheReading() throws Exception {
    CountDownLatch mayEnd = new CountDownLatch(1);
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    FileSource.Opened waits =
        (part, receiver) -> {
          try {
            mayEnd.await();
            interrupted.complete(false);
          } catch (InterruptedException here) {
            interrupted.complete(true);
          }
        };
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> ReadAhead.unpack(waits, PART, new Noted()))
        .isInstanceOf(InterruptedIOException.class);

    assertThat(Thread.interrupted()).isTrue();
    mayEnd.countDown();
    assertThat(interrupted.get()).isFalse();
  }
}
