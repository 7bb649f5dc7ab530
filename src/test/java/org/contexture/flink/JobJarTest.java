package org.contexture.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobJarTest {
  private static final String SERVICE = "META-INF/services/org.example.Service";

  @TempDir Path directory;
  private List<Path> parts;

  @BeforeEach
  void writeParts() throws IOException {
    Path classes = directory.resolve("classes");
    Files.createDirectories(classes.resolve("org/example"));
    Files.writeString(classes.resolve("org/example/Same.class"), "first");
    Path jar =
        jar(
            "first.jar",
            Map.of(
                "org/example/Same.class",
                "second",
                SERVICE,
                "org.example.One\n",
                "META-INF/MANIFEST.MF",
                "Manifest-Version: 1.0\n",
                "META-INF/KEY.SF",
                "signature",
                "module-info.class",
                "module"));
    Path other = jar("second.jar", Map.of(SERVICE, "org.example.Two", "other.txt", "other"));
    parts = List.of(classes, jar, other);
  }

  private Path jar(String name, Map<String, String> entries) throws IOException {
    Path file = directory.resolve(name);
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, String> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
    return file;
  }

  @Test
  void servicesAreJoinedAndOfOtherFilesTheFirstIsTaken() throws IOException {
    Path job = directory.resolve("job.jar");
    JobJar.write(job, parts, Optional.of("org.example.Main"));
    try (JarFile jar = new JarFile(job.toFile())) {
      assertThat(text(jar, SERVICE)).isEqualTo("org.example.One\norg.example.Two\n");
      assertThat(text(jar, "org/example/Same.class")).isEqualTo("first");
      assertThat(text(jar, "other.txt")).isEqualTo("other");
      assertThat(jar.getEntry("META-INF/KEY.SF")).isNull();
      assertThat(jar.getEntry("module-info.class")).isNull();
      assertThat(jar.isMultiRelease()).isTrue();
      assertThat(jar.getManifest().getMainAttributes().getValue("Main-Class"))
          .isEqualTo("org.example.Main");
    }
  }

  @Test
  void sameFilesGiveTheSameBytes() throws IOException {
    JobJar.write(directory.resolve("one.jar"), parts, Optional.of("org.example.Main"));
    JobJar.write(directory.resolve("two.jar"), parts, Optional.of("org.example.Main"));
    assertThat(directory.resolve("one.jar")).hasSameBinaryContentAs(directory.resolve("two.jar"));
  }

  private static String text(JarFile jar, String name) throws IOException {
    return new String(
        jar.getInputStream(jar.getEntry(name)).readAllBytes(), StandardCharsets.UTF_8);
  }
}
