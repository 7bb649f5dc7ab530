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
  void clusterHasTheLibrariesAndAJobHasAvroAlone() {
    assertThat(names(classPath.library()))
        .anyMatch(name -> name.startsWith("pytorch-native-cpu-"))
        .anyMatch(name -> name.startsWith("pytorch-jni-"))
        .anyMatch(name -> name.startsWith("api-"))
        .anyMatch(name -> name.startsWith("beam-sdks-java-core-"))
        .anyMatch(name -> name.startsWith("jackson-databind-"))
        .noneMatch(name -> name.startsWith("flink-") || name.startsWith("slf4j-"))
        .noneMatch(name -> name.contains("avro"));
    assertThat(names(classPath.job()).stream().filter(name -> name.endsWith(".jar")))
        .hasSize(2)
        .anyMatch(name -> name.startsWith("avro-1."))
        .anyMatch(name -> name.startsWith("beam-sdks-java-extensions-avro-"));
  }

  @Test
  void nothingIsLeftOut() {
    assertThat(classPath.entries())
        .filteredOn(entry -> entry.toString().endsWith(".jar"))
        .filteredOn(entry -> !classPath.job().contains(entry))
        .filteredOn(entry -> !classPath.cluster().contains(entry))
        .isEmpty();
  }

  @Test
  void jobBringsTheClassesOfContextureAndNoOtherDirectory() {
    assertThat(classPath.job().stream().filter(entry -> !entry.toString().endsWith(".jar")))
        .hasSize(1);
  }

  private static List<String> names(List<Path> files) {
    return files.stream().map(file -> file.getFileName().toString()).toList();
  }
}
