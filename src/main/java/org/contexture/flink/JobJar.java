package org.contexture.flink;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * One jar of many: what a job brings along, and a client that needs nothing but Flink beside it.
 * Files that name services are joined; of other files of one name, the first in the class path is
 * taken, as a class loader does. Signatures are dropped, since they are of the jars they came from.
 */
final class JobJar {
  private static final String SERVICES = "META-INF/services/";
  private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private final Set<String> taken = new HashSet<>(Set.of(JarFile.MANIFEST_NAME));
  private final SortedMap<String, Set<String>> services = new TreeMap<>();
  private final JarOutputStream out;

  private JobJar(JarOutputStream out) {
    this.out = out;
  }

  /**
   * Writes the jar.
   *
   * @param parts jars, and directories of classes, in the order of the class path
   * @param mainClass what {@code java -jar} runs, where there is something to run
   */
  static void write(Path file, List<Path> parts, Optional<String> mainClass) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    mainClass.ifPresent(name -> manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, name));
    manifest.getMainAttributes().put(Attributes.Name.MULTI_RELEASE, "true");
    try (OutputStream bytes = Files.newOutputStream(file);
        JarOutputStream out = new JarOutputStream(bytes)) {
      JobJar jar = new JobJar(out);
      out.putNextEntry(entry(JarFile.MANIFEST_NAME));
      manifest.write(out);
      out.closeEntry();
      for (Path part : parts) {
        if (Files.isDirectory(part)) {
          jar.addDirectory(part);
        } else {
          jar.addJar(part);
        }
      }
      jar.addServices();
    }
  }

  private void addDirectory(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String name = directory.relativize(file).toString().replace('\\', '/');
        try (InputStream content = Files.newInputStream(file)) {
          add(name, content);
        }
      }
    }
  }

  private void addJar(Path jar) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : zip.stream().filter(entry -> !entry.isDirectory()).toList()) {
        try (InputStream content = zip.getInputStream(entry)) {
          add(entry.getName(), content);
        }
      }
    }
  }

  private void add(String name, InputStream content) throws IOException {
    if (name.startsWith(SERVICES)) {
      String text = new String(content.readAllBytes(), StandardCharsets.UTF_8);
      services
          .computeIfAbsent(name, unknown -> new LinkedHashSet<>())
          .addAll(text.lines().toList());
    } else if (!isOfItsOwnJarAlone(name) && taken.add(name)) {
      out.putNextEntry(entry(name));
      content.transferTo(out);
      out.closeEntry();
    }
  }

  private static boolean isOfItsOwnJarAlone(String name) {
    return name.endsWith("module-info.class")
        || name.matches("META-INF/[^/]+\\.(SF|RSA|DSA|EC)|META-INF/INDEX\\.LIST");
  }

  private void addServices() throws IOException {
    for (Map.Entry<String, Set<String>> service : services.entrySet()) {
      ByteArrayOutputStream text = new ByteArrayOutputStream();
      for (String line : service.getValue()) {
        text.writeBytes((line + "\n").getBytes(StandardCharsets.UTF_8));
      }
      out.putNextEntry(entry(service.getKey()));
      text.writeTo(out);
      out.closeEntry();
    }
  }

  /** An entry that is the same whenever it is written. */
  private static ZipEntry entry(String name) {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(NO_TIME);
    return entry;
  }
}
