package org.contexture.flink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.contexture.failure.Failure;

/**
 * What one client brings along with each of its jobs, all of it in jars. Directories of classes,
 * which a build without jars has, are packed once, into a file that no other client writes and that
 * goes with this process. Beam would pack them for each job, and under a name that is the same for
 * all clients, so that one would read what another has half written.
 */
final class JobFiles {
  private final ClusterClassPath classPath;
  private Optional<List<Path>> jars = Optional.empty();

  JobFiles(ClusterClassPath classPath) {
    this.classPath = classPath;
  }

  /** The jars, in the order of the class path, the packed one first. */
  synchronized List<Path> jars() {
    if (jars.isEmpty()) {
      jars = Optional.of(packed(classPath.job()));
    }
    return jars.get();
  }

  private static List<Path> packed(List<Path> parts) {
    List<Path> directories = parts.stream().filter(Files::isDirectory).toList();
    if (directories.isEmpty()) {
      return parts;
    }
    List<Path> jars = new ArrayList<>(parts);
    jars.removeAll(directories);
    jars.add(0, jarOf(directories));
    return List.copyOf(jars);
  }

  private static Path jarOf(List<Path> directories) {
    try {
      Path jar = Files.createTempFile("contexture-job", ".jar");
      jar.toFile().deleteOnExit();
      JobJar.write(jar, directories, Optional.empty());
      return jar;
    } catch (IOException e) {
      throw Failure.environment(
              "The classes of a job cannot be packed into a file in %s: %s.",
              System.getProperty("java.io.tmpdir"), e)
          .causedBy(e);
    }
  }
}
