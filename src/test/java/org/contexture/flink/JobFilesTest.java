package org.contexture.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobFilesTest {
  private static final String CLASS = "org/contexture/flink/ClusterClassPath.class";

  @TempDir Path directory;
  private Path avro;
  private Path classes;

  @BeforeEach
  void writeParts() throws IOException {
    avro = Files.createFile(directory.resolve("avro-1.0.jar"));
    classes = directory.resolve("classes");
    Files.createDirectories(classes.resolve(CLASS).getParent());
    Files.writeString(classes.resolve(CLASS), "code");
  }

  private JobFiles client() {
    return new JobFiles(new ClusterClassPath(List.of(avro, classes)));
  }

  @Test
  void directoriesArePackedOnceForEachClient() throws IOException {
    JobFiles client = client();
    List<Path> jars = client.jars();
    assertThat(jars).hasSize(2).contains(avro).doesNotContain(classes);
    assertThat(client.jars()).isEqualTo(jars);
    assertThat(client().jars()).doesNotContain(jars.get(0));
    try (JarFile jar = new JarFile(jars.get(0).toFile())) {
      assertThat(jar.getInputStream(jar.getEntry(CLASS))).hasContent("code");
    }
  }

  @Test
  void jarsAreTakenAsTheyAre() {
    assertThat(new JobFiles(new ClusterClassPath(List.of(avro))).jars()).containsExactly(avro);
  }
}
