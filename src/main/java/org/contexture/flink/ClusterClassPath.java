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
   * DJL with PyTorch, and what DJL needs: once in every worker, in the class path of the cluster.
   */
  private static final List<String> ENGINE =
      List.of("api-0.", "pytorch-", "gson-", "jna-", "commons-compress-");

  /**
   * The clients of stores that are not directories, where they are modules: they start threads that
   * never end, and one job's would keep its classes in the worker for ever.
   */
  private static final List<String> CLIENTS =
      List.of(
          "hadoop-client-",
          "annotations-2.",
          "apache-client-2.",
          "arns-2.",
          "auth-2.",
          "aws-",
          "crt-core-2.",
          "endpoints-spi-2.",
          "eventstream-",
          "http-client-spi-2.",
          "json-utils-2.",
          "metrics-spi-2.",
          "profiles-2.",
          "protocol-core-2.",
          "reactive-streams-",
          "regions-2.",
          "s3-2.",
          "sdk-core-2.",
          "sts-2.",
          "third-party-jackson-core-2.",
          "utils-2.");

  /** What both those clients and jobs need: where the clients are, once there are any. */
  private static final List<String> WITH_CLIENTS =
      List.of("httpclient-4", "httpcore-4", "commons-logging-", "commons-codec-");

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

  /** What a job has no use for. */
  private static final List<String> DIRECT_RUNNER = List.of("beam-runners-direct-");

  /** Flink's limit on what comes with one request. */
  private static final long LARGEST_UPLOAD = 100L << 20;

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

  /** What goes into {@code lib/} of a Flink distribution. */
  public List<Path> library() {
    return Stream.of(ENGINE, clients()).flatMap(part -> matching(part).stream()).toList();
  }

  /** What a cluster without a distribution is started with. */
  List<Path> cluster() {
    return Stream.of(FLINK, ENGINE, clients(), LOGGING)
        .flatMap(part -> matching(part).stream())
        .toList();
  }

  /** Those clients that there are, with what they need. */
  private List<String> clients() {
    return matching(CLIENTS).isEmpty()
        ? List.of()
        : Stream.of(CLIENTS, WITH_CLIENTS).flatMap(List::stream).toList();
  }

  /**
   * What a job brings along: Contexture, Beam and all they need that a cluster has not.
   *
   * @throws Failure if it is more than a cluster takes
   */
  public List<Path> job() {
    List<Path> job =
        entries.stream()
            .filter(
                entry ->
                    Stream.of(ENGINE, FLINK, clients(), LOGGING, DIRECT_RUNNER)
                        .noneMatch(part -> isOneOf(part, entry)))
            .filter(entry -> !Files.isDirectory(entry) || hasClassesOfContexture(entry))
            .toList();
    long bytes =
        job.stream().filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    if (bytes > LARGEST_UPLOAD) {
      throw Failure.environment(
          "The files of a job have %d bytes together, and Flink takes no more than %d.",
          bytes, LARGEST_UPLOAD);
    }
    return job;
  }

  private static boolean hasClassesOfContexture(Path directory) {
    return Files.exists(directory.resolve("org/contexture/flink/ClusterClassPath.class"));
  }

  private List<Path> matching(List<String> prefixes) {
    return entries.stream().filter(entry -> isOneOf(prefixes, entry)).toList();
  }

  private static boolean isOneOf(List<String> prefixes, Path entry) {
    String name = entry.getFileName().toString();
    return name.endsWith(".jar") && prefixes.stream().anyMatch(name::startsWith);
  }
}
