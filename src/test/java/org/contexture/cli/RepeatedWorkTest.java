package org.contexture.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepeatedWorkTest {
  private static final String SHARD = "part-00000-of-00001.avro";

  @TempDir Path store;

  @Test
  void whatIsWrittenAgainAndWhatFallsBackIsCounted() throws Exception {
    try (RepeatedWork work = RepeatedWork.in(store)) {
      Path lost = write("data/" + SHARD + ".temporary-1", "12345");
      write("progress/" + SHARD, "40 100 THINGS ");
      work.look();
      write("data/" + SHARD + ".temporary-1", "1234567");
      write("progress/" + SHARD, "70 100 THINGS ");
      work.look();
      assertThat(work.bytesThrownAway()).isZero();
      assertThat(work.falls()).isEmpty();
      assertThat(work.lastSaid("shard/")).contains(new RepeatedWork.Said(70, 100));
      assertThat(work.lastSaid("train/")).isEmpty();

      Files.delete(lost);
      write("data/" + SHARD + ".temporary-2", "123");
      write("progress/" + SHARD, "20 100 THINGS ");
      work.look();
      assertThat(work.bytesThrownAway()).isEqualTo(7);
      assertThat(work.falls())
          .containsExactly(new RepeatedWork.Fall("shard/0123456789abcdef", 70, 20, 100));
    }
  }

  private Path write(String file, String text) throws IOException {
    Path path = store.resolve("shard/0123456789abcdef.staging").resolve(file);
    Files.createDirectories(path.getParent());
    return Files.writeString(path, text);
  }
}
