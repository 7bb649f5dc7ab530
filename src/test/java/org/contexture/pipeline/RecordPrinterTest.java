package org.contexture.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.contexture.failure.Failure;
import org.contexture.record.Example;
import org.contexture.record.RawPath;
import org.contexture.record.Split;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordPrinterTest {
  @TempDir Path directory;
  private Store store;

  @BeforeEach
  void open() {
    store = Store.open(directory.resolve("store"));
  }

  @Test
  void recordsAreLinesOfJson() throws IOException {
    Example example =
        Example.newBuilder()
            .setId(1L << 40)
            .setLabel(2)
            .setSuperLabel(3)
            .setSplit(Split.TEST)
            .setPath("a/\"b\".png")
            .setClassName("line\nbreak")
            .setSuperName("")
            .setImage(ByteBuffer.wrap(new byte[12]))
            .build();
    Manifest manifest = VerificationTest.commitRecords(store, List.of(example));

    assertThat(new RecordPrinter(store, manifest).first(5))
        .containsExactly(
            "{\"id\":1099511627776,\"label\":2,\"superLabel\":3,\"split\":\"TEST\","
                + "\"path\":\"a/\\\"b\\\".png\",\"className\":\"line\\nbreak\",\"superName\":\"\","
                + "\"image\":\"(12 bytes)\"}");
  }

  @Test
  void noMoreThanAskedForAreShown() throws IOException {
    Manifest manifest =
        VerificationTest.commitRecords(store, List.of(new RawPath("a"), new RawPath("b")));
    RecordPrinter printer = new RecordPrinter(store, manifest);

    assertThat(printer.first(0)).isEmpty();
    assertThat(printer.first(1)).containsExactly("{\"path\":\"a\"}");
    assertThat(printer.first(2)).hasSize(2);
  }

  @Test
  void aDamagedShardIsAFailureThatNamesIt() throws IOException {
    Manifest manifest = VerificationTest.commitRecords(store, List.of(new RawPath("a")));
    Path file = store.directory(manifest.id()).resolve(manifest.files().get(0).name());
    byte[] whole = Files.readAllBytes(file);
    RecordPrinter printer = new RecordPrinter(store, manifest);

    for (byte[] damaged : List.of(new byte[0], new byte[whole.length])) {
      Files.write(file, damaged);
      assertThatThrownBy(() -> printer.first(1))
          .isInstanceOf(Failure.class)
          .hasMessageContaining(file.toString());
    }
    Files.delete(file);
    assertThatThrownBy(() -> printer.first(1))
        .isInstanceOf(Failure.class)
        .hasMessage("%s is missing.", file);
  }
}
