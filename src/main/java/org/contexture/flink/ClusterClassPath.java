package org.contexture.flink;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

  /** What a Flink distribution has, and here comes from Maven. */
  private static final List<String> FLINK =
      List.of(
          "flink-",
          "kryo-",
          "minlog-",
          "objenesis-",
          "chill-java-",
          "commons-cli-",
          "commons-collections-",
          "commons-math3-",
          "commons-text-",
          "commons-lang3-",
          "commons-io-",
          "javassist-",
          "snappy-java-",
          "lz4-java-",
          "async-profiler-",
          "jsr305-");

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
   * classes of a job.
   */
  public List<Path> library() {
    return entries.stream()
        .filter(entry -> isJar(entry) && !isOfAJob(entry))
        .filter(entry -> !isOneOf(FLINK, entry) && !isOneOf(LOGGING, entry))
        .toList();
  }

  /** What a cluster without a distribution is started with. */
  List<Path> cluster() {
    return Stream.of(matching(FLINK), library(), matching(LOGGING)).flatMap(List::stream).toList();
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

  private List<Path> matching(List<String> prefixes) {
    return entries.stream().filter(entry -> isOneOf(prefixes, entry)).toList();
  }

  private static boolean isOneOf(List<String> prefixes, Path entry) {
    String name = entry.getFileName().toString();
    return isJar(entry) && prefixes.stream().anyMatch(name::startsWith);
  }

  private static boolean isJar(Path entry) {
    return entry.toString().endsWith(".jar");
  }
}
