package org.contexture.flink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.contexture.failure.Failure;

/**
 * What a Flink 1.19 distribution needs to run Contexture:
 *
 * <pre>
 * lib/                  goes into lib/ of every machine of the cluster
 * conf/contexture.yaml  goes to the end of conf/config.yaml; or of conf/flink-conf.yaml where there
 *                       is one, since Flink then reads no other
 * contexture-job.jar    what a job brings along, and the client
 * </pre>
 *
 * @param directory where it is written
 */
public record FlinkPackage(Path directory) {
  private static final String JOB = "contexture-job.jar";

  /**
   * Writes it in place of an earlier one.
   *
   * @param mainClass of the client
   * @return the files
   * @throws Failure if jars are there that are of no earlier one, or if the job has more bytes than
   *     Flink takes
   */
  public List<Path> write(ClusterClassPath classPath, String mainClass) throws IOException {
    Path library = Files.createDirectories(directory.resolve("lib"));
    Path job = directory.resolve(JOB);
    clear(library, job);
    JobJar.write(job, classPath.job(), Optional.of(mainClass));
    if (Files.size(job) > ClusterClassPath.LARGEST_UPLOAD) {
      throw Failure.environment(
          "%s has %d bytes, and Flink takes no more than %d with a job.",
          job, Files.size(job), ClusterClassPath.LARGEST_UPLOAD);
    }
    List<Path> written = new ArrayList<>();
    for (Path jar : classPath.library()) {
      written.add(Files.copy(jar, library.resolve(jar.getFileName())));
    }
    Path configuration = directory.resolve("conf/contexture.yaml");
    Files.createDirectories(configuration.getParent());
    written.add(Files.writeString(configuration, ClusterConfiguration.textOfAnyCluster()));
    written.add(job);
    return written;
  }

  /** Removes the jars of an earlier package, which may be of other versions, and no others. */
  private void clear(Path library, Path job) throws IOException {
    List<Path> jars;
    try (Stream<Path> files = Files.list(library)) {
      jars = files.filter(file -> file.toString().endsWith(".jar")).toList();
    }
    boolean flink =
        jars.stream().anyMatch(jar -> jar.getFileName().toString().startsWith("flink-"));
    if (flink || (!jars.isEmpty() && !Files.exists(job))) {
      throw Failure.usage(
          "%s has jars that no 'contexture package' wrote; give a directory of its own, and copy"
              + " the files from there.",
          library);
    }
    for (Path jar : jars) {
      Files.delete(jar);
    }
  }
}
