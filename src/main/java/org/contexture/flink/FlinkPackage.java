package org.contexture.flink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.contexture.failure.Failure;

/**
 * What a Flink 1.19 distribution needs to run Contexture:
 *
 * <pre>
 * lib/                  goes into lib/ of every machine of the cluster
 * conf/contexture.yaml  goes to the end of conf/flink-conf.yaml
 * contexture-job.jar    what a job brings along, and the client
 * </pre>
 *
 * @param directory where it is written
 */
public record FlinkPackage(Path directory) {
  private static final String JOB = "contexture-job.jar";

  /** Flink's limit on what comes with one request. */
  private static final long LARGEST_UPLOAD = 100L << 20;

  /**
   * Writes it; what is there already is replaced.
   *
   * @param mainClass of the client
   * @return the files
   */
  public List<Path> write(ClusterClassPath classPath, String mainClass) throws IOException {
    Path library = Files.createDirectories(directory.resolve("lib"));
    List<Path> written = new ArrayList<>();
    for (Path jar : classPath.library()) {
      written.add(
          Files.copy(jar, library.resolve(jar.getFileName()), StandardCopyOption.REPLACE_EXISTING));
    }
    Path configuration = directory.resolve("conf/contexture.yaml");
    Files.createDirectories(configuration.getParent());
    written.add(
        Files.writeString(
            configuration,
            ClusterConfiguration.ofAnyCluster().entrySet().stream()
                .map(key -> "%s: %s%n".formatted(key.getKey(), key.getValue()))
                .collect(Collectors.joining())));
    Path job = directory.resolve(JOB);
    JobJar.write(job, classPath.job(), mainClass);
    if (Files.size(job) > LARGEST_UPLOAD) {
      throw Failure.environment(
          "%s has %d bytes, and Flink takes no more than %d with a job.",
          job, Files.size(job), LARGEST_UPLOAD);
    }
    written.add(job);
    return written;
  }
}
