package org.contexture.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.codec.digest.DigestUtils;
import org.contexture.flink.ClusterClassPath;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The program out of what {@code package} writes, without a class path from Maven: {@code lib/},
 * then what a Flink distribution has. Of the libraries that a distribution has in older versions
 * ours needs what those lack; here every class of them is damaged there, so that one which is
 * loaded from there is seen at once.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class PackageIT {
  private static final List<String> OLDER =
      List.of("commons-compress-", "commons-io-", "commons-lang3-");

  private static final Path ARCHIVES = Path.of("src/test/resources/org/contexture/benchmark/mini");

  @TempDir static Path directory;
  private String classPath;

  @BeforeAll
  void writePackage() throws IOException {
    Path written = directory.resolve("flink");
    Outcome outcome = Outcome.of("package", "--flink", written.toString());
    assertThat(outcome.code()).as("%s", outcome).isZero();
    List<Path> jars = new ArrayList<>(List.of(written.resolve("contexture-job.jar")));
    try (Stream<Path> library = Files.list(written.resolve("lib"))) {
      library.sorted().forEach(jars::add);
    }
    ClusterClassPath all = ClusterClassPath.ofThisProcess();
    jars.add(damaged(all.entries()));
    all.entries().stream()
        .filter(entry -> entry.toString().endsWith(".jar"))
        .filter(jar -> !all.library().contains(jar) && !all.job().contains(jar))
        .forEach(jars::add);
    classPath = jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  private Path damaged(List<Path> entries) throws IOException {
    Path dist = directory.resolve("flink-dist-1.19.0.jar");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(dist))) {
      for (Path jar : entries) {
        if (OLDER.stream().anyMatch(jar.getFileName().toString()::startsWith)) {
          for (String name : classes(jar)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write("older".getBytes(StandardCharsets.UTF_8));
          }
        }
      }
    }
    return dist;
  }

  private static List<String> classes(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.stream()
          .map(ZipEntry::getName)
          .filter(name -> name.endsWith(".class") && !name.startsWith("META-INF/"))
          .toList();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "CUB_200_2011.tgz, cub-256-hybrid.yaml, 72",
    "Stanford_Online_Products.zip, sop-256-hybrid.yaml, 96"
  })
  void archivesAreRead(String archive, String experiment, int images) throws Exception {
    String sha256 = DigestUtils.sha256Hex(Files.readAllBytes(ARCHIVES.resolve(archive)));
    Path checksums = Files.writeString(directory.resolve("SHA256SUMS"), sha256 + "  " + archive);

    assertThat(
            output(
                experiment,
                "benchmark.expected_counts=any",
                "fetch.mirror=" + ARCHIVES,
                "fetch.checksums=" + checksums))
        .containsPattern("index +made %d records".formatted(images));
  }

  @Test
  void listsAreRead() throws Exception {
    Path list = SmallExperiment.in(directory).pictures().resolve("list.csv");
    Files.writeString(list, "path,label\nclass-00/0.png,striped\nclass-01/0.png,spotted\n");

    assertThat(output("your-images.yaml", "benchmark.name=image-list", "benchmark.path=" + list))
        .containsPattern("index +made 2 records");
  }

  private String output(String file, String... settings) throws Exception {
    List<String> words = new ArrayList<>(List.of("run", "pipelines/" + file, "--until", "index"));
    words.addAll(List.of("--store", directory.resolve("store").toString()));
    words.addAll(List.of("--set", "model.weights=none"));
    for (String setting : settings) {
      words.addAll(List.of("--set", setting));
    }
    Path output = directory.resolve("output");
    try (Child child = Child.startFrom(classPath, output, words.toArray(String[]::new))) {
      assertThat(child.waitFor()).as(child.output()).isZero();
      return child.output();
    }
  }
}
