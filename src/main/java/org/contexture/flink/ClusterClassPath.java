package org.contexture.flink;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.contexture.failure.Failure;

/**
 * Which files a cluster has to have, and which ones a job brings along.
 *
 * @param entries jars, and directories of classes
 */
public record ClusterClassPath(List<Path> entries) {
  /**
   * What keeps classes by their names in static fields, and so has to go with the classes of a job.
   */
  private static final List<String> BESIDE_RECORDS =
      List.of("avro-1.", "beam-sdks-java-extensions-avro-");

  private static final List<String> CONTEXTURE = List.of("contexture");

  private static final List<String> FLINK = List.of("flink-");

  /**
   * What a distribution of Flink 1.19.0 has in the same version, to the letter. Of other libraries
   * it may have an older one, under the same names (commons-io 2.11.0): those of here go into
   * {@code lib/}, which Flink puts before its own.
   */
  private static final Set<String> BUNDLED =
      Set.of(
          "async-profiler-2.9.jar",
          "chill-java-0.7.6.jar",
          "commons-cli-1.5.0.jar",
          "commons-collections-3.2.2.jar",
          "commons-math3-3.6.1.jar",
          "commons-text-1.10.0.jar",
          "javassist-3.24.0-GA.jar",
          "kryo-2.24.0.jar",
          "lz4-java-1.8.0.jar",
          "minlog-1.2.jar",
          "objenesis-2.1.jar",
          "snappy-java-1.1.10.4.jar");

  private static final List<String> LOGGING = List.of("slf4j-");

  /** Flink's limit on what comes with one request. */
  static final long LARGEST_UPLOAD = 100L << 20;

  public ClusterClassPath {
    entries = List.copyOf(entries);
  }

  /** That of this process. */
  public static ClusterClassPath ofThisProcess() {
    return new ClusterClassPath(
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.isEmpty())
            .map(entry -> Path.of(entry).toAbsolutePath())
            .filter(Files::exists)
            .toList());
  }

  /**
   * What goes into {@code lib/} of a Flink distribution: every library but those that go with the
   * classes of a job, and those that the distribution has in the same version.
   */
  public List<Path> library() {
    return matching(jar -> !isOfAJob(jar) && !isOfADistribution(jar) && !isOneOf(LOGGING, jar));
  }

  /** What a cluster without a distribution is started with. */
  List<Path> cluster() {
    return Stream.of(
            matching(ClusterClassPath::isOfADistribution),
            library(),
            matching(jar -> isOneOf(LOGGING, jar)))
        .flatMap(List::stream)
        .toList();
  }

  /**
   * What a job brings along: Contexture, and Avro for its records.
   *
   * @throws Failure if it is more than a cluster takes
   */
  public List<Path> job() {
    List<Path> job = entries.stream().filter(ClusterClassPath::isOfAJob).toList();
    long bytes =
        job.stream().filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    if (bytes > LARGEST_UPLOAD) {
      throw Failure.environment(
          "The files of a job have %d bytes together, and Flink takes no more than %d.",
          bytes, LARGEST_UPLOAD);
    }
    return job;
  }

  private static boolean isOfAJob(Path entry) {
    return isOneOf(CONTEXTURE, entry)
        || isOneOf(BESIDE_RECORDS, entry)
        || hasClassesOfContexture(entry);
  }

  private static boolean hasClassesOfContexture(Path directory) {
    return Files.exists(directory.resolve("org/contexture/flink/ClusterClassPath.class"));
  }

  private static boolean isOfADistribution(Path jar) {
    return isOneOf(FLINK, jar) || BUNDLED.contains(jar.getFileName().toString());
  }

  private List<Path> matching(Predicate<Path> wanted) {
    return entries.stream().filter(entry -> isJar(entry) && wanted.test(entry)).toList();
  }

  private static boolean isOneOf(List<String> prefixes, Path entry) {
    String name = entry.getFileName().toString();
    return isJar(entry) && prefixes.stream().anyMatch(name::startsWith);
  }

  private static boolean isJar(Path entry) {
    return entry.toString().endsWith(".jar");
  }
}
