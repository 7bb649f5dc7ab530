package org.contexture.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClusterClassPathTest {
  private final ClusterClassPath classPath = ClusterClassPath.ofThisProcess();

  @Test
  void everyClassIsInOnePlaceAlone() {
    assertThat(classPath.job()).doesNotContainAnyElementsOf(classPath.cluster());
    assertThat(classPath.cluster()).containsAll(classPath.library()).doesNotHaveDuplicates();
  }

  @Test
  void clusterHasTheEngineAndAJobHasTheRest() {
    assertThat(names(classPath.library()))
        .anyMatch(name -> name.startsWith("pytorch-native-cpu-"))
        .anyMatch(name -> name.startsWith("pytorch-jni-"))
        .anyMatch(name -> name.startsWith("api-"))
        .noneMatch(name -> name.startsWith("flink-"));
    assertThat(names(classPath.job()))
        .anyMatch(name -> name.startsWith("beam-sdks-java-core-"))
        .anyMatch(name -> name.startsWith("avro-"))
        .noneMatch(name -> name.startsWith("pytorch-") || name.startsWith("flink-"));
  }

  @Test
  void jobBringsTheClassesOfContextureAndNoOtherDirectory() {
    assertThat(classPath.job().stream().filter(entry -> !entry.toString().endsWith(".jar")))
        .hasSize(1);
  }

  @Test
  void clientsOfStoresAreInTheClusterWithWhatTheyNeed() {
    Path client = Path.of("s3-2.20.162.jar");
    Path http = Path.of("httpclient-4.5.13.jar");
    Path beam = Path.of("beam-sdks-java-io-amazon-web-services2-2.70.0.jar");

    ClusterClassPath with = new ClusterClassPath(List.of(client, http, beam));
    assertThat(with.library()).containsExactlyInAnyOrder(client, http);
    assertThat(with.job()).containsExactly(beam);
    ClusterClassPath without = new ClusterClassPath(List.of(http));
    assertThat(without.library()).isEmpty();
    assertThat(without.job()).containsExactly(http);
  }

  private static List<String> names(List<Path> files) {
    return files.stream().map(file -> file.getFileName().toString()).toList();
  }
}
