package org.contexture.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.contexture.locale.OtherDigits;
import org.contexture.record.RawPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class SameStoreEverywhereTest {
  @TempDir Path directory;

  @Test
  void aStageMakesTheSameFilesInACountryWithOtherDigits() throws Exception {
    SortedMap<String, String> here = OtherDigits.nowhere(() -> made("here"));
    SortedMap<String, String> there = OtherDigits.there(() -> made("there"));

    assertThat(there).isEqualTo(here);
    assertThat(here.keySet())
        .contains("store.json")
        .anyMatch(file -> file.endsWith("/part-00001-of-00002.00001.avro.index"));
  }

  /** The files of a store after a run, and the digests of all but the manifests, which say when. */
  private SortedMap<String, String> made(String name) throws IOException, InterruptedException {
    Path root = directory.resolve(name);
    Store store = Store.open(root);
    StageGraph.Builder builder = StageGraph.builder();
    builder.add("toy", twoFilesAShard());
    Runner runner = new Runner(Runner.Kind.DIRECT, 2, Runner.Checks.ON);
    new Executor(store, runner, "test", Clock.systemUTC(), new RecordedRun())
        .run(Plan.of(builder.build(), store, Set.of()));
    SortedMap<String, String> files = new TreeMap<>();
    try (Stream<Path> found = Files.walk(root)) {
      for (Path file : found.filter(Files::isRegularFile).toList()) {
        files.put(
            root.relativize(file).toString(),
            file.endsWith(Manifest.FILE) ? "" : DigestUtils.sha256Hex(Files.readAllBytes(file)));
      }
    }
    return files;
  }

  private static Stage<RawPath> twoFilesAShard() {
    return ToyStage.named("toy")
        .with("size", 12)
        .doing(
            2,
            (numbers, output) -> {
              output.add(new RawPath("shard " + numbers.get(0)));
              output.startAnother();
              output.add(new RawPath("more of shard " + numbers.get(0)));
            });
  }
}
