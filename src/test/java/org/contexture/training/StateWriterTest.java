package org.contexture.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.contexture.failure.Failure;
import org.contexture.model.Safetensors;
import org.contexture.model.TensorData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class StateWriterTest {
  @TempDir Path directory;

  private static Supplier<Safetensors> state(float value) {
    return () ->
        Safetensors.of(new TreeMap<>(Map.of("x", TensorData.of(new float[] {value}, List.of()))));
  }

  private StateWriter writer(Runnable saved) {
    return new StateWriter(
        new StateFile(directory, "the store"),
        new TrainingListener() {
          @Override
          public void progressed(long step, long steps, String note) {}

          @Override
          public void saved() {
            saved.run();
          }
        });
  }

  private float written() {
    return new StateFile(directory, "the store")
        .read()
        .orElseThrow()
        .tensors()
        .get("x")
        .floats()[0];
  }

  @Test
  void trainingGoesOnWhileAStateIsWrittenAndTheNextWaitsForIt() throws InterruptedException {
    CountDownLatch saving = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    AtomicInteger saved = new AtomicInteger();
    try (StateWriter writer =
        writer(
            () -> {
              saving.countDown();
              awaitUninterrupted(mayEnd);
              saved.incrementAndGet();
            })) {
      writer.write(state(1));
      saving.await();
      assertThat(saved).hasValue(0);
      CompletableFuture<Void> released = CompletableFuture.runAsync(mayEnd::countDown);
      AtomicInteger savedBeforeCopy = new AtomicInteger();
      writer.write(
          () -> {
            savedBeforeCopy.set(saved.get());
            return state(2).get();
          });
      assertThat(savedBeforeCopy).hasValue(1);
      writer.await();
      assertThat(released).isCompleted();
    }
    assertThat(saved).hasValue(2);
    assertThat(written()).isEqualTo(2);
  }

  @Test
  void closingLetsAStateBeFinished() {
    AtomicInteger saved = new AtomicInteger();
    try (StateWriter writer = writer(saved::incrementAndGet)) {
      writer.write(state(3));
    }
    assertThat(saved).hasValue(1);
    assertThat(written()).isEqualTo(3);
  }

  @Test
  void whatFailsIsThrownWhenTheTrainingAsksNext() throws Exception {
    Files.createDirectory(directory.resolve("training.state.unfinished"));
    try (StateWriter writer = writer(() -> {})) {
      writer.write(state(1));
      assertThatThrownBy(() -> writer.write(state(2)))
          .isInstanceOf(Failure.class)
          .hasMessageContaining("The state of the training cannot be written to " + directory);
    }
  }

  @Test
  void aTrainingThatIsInterruptedDoesNotWaitForTheState() throws InterruptedException {
    CountDownLatch saving = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    CompletableFuture<Throwable> broken = new CompletableFuture<>();
    StateWriter writer =
        writer(
            () -> {
              saving.countDown();
              try {
                never.await();
              } catch (InterruptedException interrupted) {
                broken.complete(interrupted);
              }
            });
    writer.write(state(1));
    saving.await();
    Thread.currentThread().interrupt();
    assertThatThrownBy(writer::await).hasMessage("interrupted while a state was written");
    writer.close();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(broken.join()).isInstanceOf(InterruptedException.class);
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
