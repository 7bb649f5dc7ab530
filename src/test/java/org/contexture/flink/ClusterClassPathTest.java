package org.contexture.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
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
        .anyMatch(name -> name.startsWith("javacpp-"))
        .anyMatch(name -> name.startsWith("leptonica-"))
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

  /** Which versions these are is for Flink to say: its jars name what they were built with. */
  @Test
  void onlyWhatFlinkHasInTheSameVersionIsLeftOutOfTheLibrary() throws IOException {
    Set<String> flinks = builtWith();
    assertThat(flinks).contains("commons-io-2.11.0.jar", "kryo-2.24.0.jar");

    assertThat(names(classPath.cluster()))
        .filteredOn(name -> !name.startsWith("flink-") && !name.startsWith("slf4j-"))
        .filteredOn(name -> !names(classPath.library()).contains(name))
        .isNotEmpty()
        .isSubsetOf(flinks);
    assertThat(names(classPath.library()))
        .anyMatch(name -> name.startsWith("commons-io-"))
        .anyMatch(name -> name.startsWith("commons-lang3-"))
        .anyMatch(name -> name.startsWith("commons-compress-"));
  }

  private Set<String> builtWith() throws IOException {
    Pattern artifact = Pattern.compile("[\\w.-]+:([\\w.-]+):(?:jar|bundle):([\\w.-]+)");
    Set<String> names = new TreeSet<>();
    for (Path jar : classPath.cluster()) {
      try (JarFile flink = new JarFile(jar.toFile())) {
        ZipEntry dependencies = flink.getEntry("META-INF/DEPENDENCIES");
        if (jar.getFileName().toString().startsWith("flink-") && dependencies != null) {
          String text =
              new String(flink.getInputStream(dependencies).readAllBytes(), StandardCharsets.UTF_8);
          artifact
              .matcher(text)
              .results()
              .forEach(found -> names.add(found.group(1) + "-" + found.group(2) + ".jar"));
        }
      }
    }
    return names;
  }

  private static List<String> names(List<Path> files) {
    return files.stream().map(file -> file.getFileName().toString()).toList();
  }
}
