package org.contexture.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.contexture.failure.Failure;
import org.contexture.model.Safetensors;
import org.contexture.model.TensorData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFileTest {
  @TempDir Path directory;

  private static Safetensors state(float value) {
    return Safetensors.of(
        new TreeMap<>(Map.of("x", TensorData.of(new float[] {value}, List.of()))));
  }

  private float read() {
    return new StateFile(directory, "gs://bucket/kept")
        .read()
        .orElseThrow()
        .tensors()
        .get("x")
        .floats()[0];
  }

  @Test
  void hasNothingAtFirst() {
    assertThat(new StateFile(directory.resolve("not there yet"), "gs://bucket/kept").read())
        .isEmpty();
  }

  @Test
  void givesBackTheLastState() {
    StateFile file = new StateFile(directory.resolve("."), "gs://bucket/kept");
    file.write(state(1));
    file.write(state(2));
    assertThat(read()).isEqualTo(2);
  }

  @Test
  void whatAKilledWriterLeftIsNeitherReadNorInTheWay() throws IOException {
    Files.write(directory.resolve("training.state.unfinished"), new byte[1000]);
    StateFile file = new StateFile(directory, "gs://bucket/kept");
    assertThat(file.read()).isEmpty();
    file.write(state(1));
    assertThat(read()).isEqualTo(1);
    assertThat(directory.toFile().list()).containsExactly("training.state");
  }

  @Test
  void everyByteIsChecked() throws IOException {
    new StateFile(directory, "gs://bucket/kept").write(state(1));
    Path file = directory.resolve("training.state");
    byte[] whole = Files.readAllBytes(file);
    for (int i = 0; i < whole.length; i++) {
      byte[] changed = whole.clone();
      changed[i] ^= 0x10;
      Files.write(file, changed);
      assertThatThrownBy(this::read)
          .isInstanceOf(Failure.class)
          .hasMessageStartingWith(
              "The state of the training in gs://bucket/kept/training.state is damaged: the"
                  + " checksum of its first")
          .hasMessageEndingWith("Delete the file to train from the beginning.");
    }
  }

  @Test
  void aFailureToWriteLeavesTheLastState() throws IOException {
    StateFile file = new StateFile(directory, "gs://bucket/kept");
    file.write(state(1));
    Files.createDirectory(directory.resolve("training.state.unfinished"));
    assertThatThrownBy(() -> file.write(state(2)))
        .isInstanceOf(Failure.class)
        .hasMessageStartingWith("The state of the training cannot be written to " + directory)
        .hasMessageEndingWith("and run the same command again.");
    assertThat(read()).isEqualTo(1);
  }

  @Test
  void aStateThatCouldNotBeReadAgainIsNotWritten() {
    TensorData part = TensorData.of(ByteBuffer.allocate(1 << 26));
    SortedMap<String, TensorData> parts = new TreeMap<>();
    for (int i = 0; i < 32; i++) {
      parts.put("part " + i, part);
    }
    StateFile file = new StateFile(directory, "gs://bucket/kept");
    file.write(state(1));
    assertThatThrownBy(() -> file.write(Safetensors.of(parts)))
        .isInstanceOf(Failure.class)
        .hasMessageStartingWith("The state of the training has 2147483648 bytes")
        .hasMessageContaining("Lower model.embedding_size");
    assertThat(read()).isEqualTo(1);
    assertThat(directory.toFile().list()).containsExactly("training.state");
  }

  @Test
  void aFileThatIsTooLargeToBeReadIsNamed() throws IOException {
    try (RandomAccessFile file =
        new RandomAccessFile(directory.resolve("training.state").toFile(), "rw")) {
      file.setLength(1L << 31);
    }
    assertThatThrownBy(this::read)
        .isInstanceOf(Failure.class)
        .hasMessageContaining("is damaged: it has 2147483648 bytes, and at most 2147483647 are")
        .hasMessageEndingWith("Delete the file to train from the beginning.");
  }
}
