package org.contexture.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.JobManagerOptions;
import org.contexture.failure.Failure;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlinkPackageTest {
  private static final String MAIN = "org.example.Main";

  @TempDir Path directory;
  private Path target;

  @BeforeEach
  void setTarget() {
    target = directory.resolve("flink");
  }

  private List<Path> write(String... jars) throws IOException {
    Path libraries = Files.createDirectories(directory.resolve("libraries"));
    for (String jar : jars) {
      Files.writeString(libraries.resolve(jar), jar);
    }
    return new FlinkPackage(target)
        .write(new ClusterClassPath(List.of(jars).stream().map(libraries::resolve).toList()), MAIN);
  }

  @Test
  void jarsOfAnEarlierPackageAreReplaced() throws IOException {
    write("beam-1.jar", "api-1.jar");
    assertThat(write("beam-2.jar", "api-1.jar"))
        .containsExactly(
            target.resolve("lib/beam-2.jar"),
            target.resolve("lib/api-1.jar"),
            target.resolve("conf/contexture.yaml"),
            target.resolve("contexture-job.jar"));
    assertThat(target.resolve("lib")).isDirectoryNotContaining("glob:**beam-1.jar");
  }

  @Test
  void jarsOfADistributionAreLeftAlone() throws IOException {
    write("beam-1.jar");
    Path flink = Files.writeString(target.resolve("lib/flink-dist-1.19.3.jar"), "flink");
    assertThatThrownBy(() -> write("beam-2.jar"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("%s has jars that no", target.resolve("lib"));
    assertThat(flink).exists();
    assertThat(target.resolve("lib/beam-1.jar")).exists();
  }

  @Test
  void jarsOfSomebodyElseAreLeftAlone() throws IOException {
    Path other = Files.createDirectories(target.resolve("lib")).resolve("other.jar");
    Files.writeString(other, "other");
    assertThatThrownBy(() -> write("beam-1.jar")).isInstanceOf(Failure.class);
    assertThat(other).exists();
  }

  /** The file of a distribution has its own keys one below the other, and those of ours flat. */
  @Test
  void flinkReadsTheConfigurationAtTheEndOfItsOwn() throws IOException {
    write("beam-1.jar");
    Path conf = Files.createDirectories(directory.resolve("conf"));
    Files.writeString(
        conf.resolve("config.yaml"),
        "jobmanager:%n  rpc:%n    address: localhost%n".formatted()
            + Files.readString(target.resolve("conf/contexture.yaml")));
    Configuration read = GlobalConfiguration.loadConfiguration(conf.toString());
    assertThat(read.get(JobManagerOptions.ADDRESS)).isEqualTo("localhost");
    assertThat(read.get(JobManagerOptions.SLOT_IDLE_TIMEOUT)).isEqualTo(5_000L);
    assertThat(CoreOptions.getParentFirstLoaderPatterns(read)).contains("ai.djl.", "org.bytedeco.");
  }
}
