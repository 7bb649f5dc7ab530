package org.contexture.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.contexture.flink.OpenedPackages;

/** The program in a process of its own, to be killed; its output goes to a file. */
final class Child implements AutoCloseable {
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final long POLL_MILLISECONDS = 2;

  /** Those of the launcher, and a compiler that pays for processes that are over soon. */
  private static final List<String> FLAGS =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dai.djl.offline=true");

  private final Process process;
  private final Path output;

  private Child(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** Starts a command with the flags of the launcher. */
  static Child start(Path output, String... words) throws IOException {
    return startIn(Path.of("").toAbsolutePath(), output, words);
  }

  /** Starts a command in a directory. */
  static Child startIn(Path directory, Path output, String... words) throws IOException {
    return start(directory, output, System.getProperty("java.class.path"), Map.of(), words);
  }

  /** Starts a command with more in its class path and its environment. */
  static Child startWith(
      String classPath, Map<String, String> environment, Path output, String... words)
      throws IOException {
    return start(
        Path.of("").toAbsolutePath(),
        output,
        System.getProperty("java.class.path") + File.pathSeparator + classPath,
        environment,
        words);
  }

  /** Starts a command with another class path. */
  static Child startFrom(String classPath, Path output, String... words) throws IOException {
    return start(Path.of("").toAbsolutePath(), output, classPath, Map.of(), words);
  }

  private static Child start(
      Path directory,
      Path output,
      String classPath,
      Map<String, String> environment,
      String... words)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FLAGS);
    command.addAll(OpenedPackages.arguments());
    command.addAll(List.of("-cp", classPath, Main.class.getName()));
    command.addAll(List.of(words));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    return new Child(builder.start(), output);
  }

  /**
   * Waits for a moment of the run; false if the process ended before it.
   *
   * @throws IllegalStateException with the output if it does not come
   */
  boolean reaches(BooleanSupplier moment) throws InterruptedException {
    Instant deadline = Instant.now().plus(LONGEST);
    while (!moment.getAsBoolean()) {
      if (!process.isAlive()) {
        return moment.getAsBoolean();
      }
      if (Instant.now().isAfter(deadline)) {
        throw endless("it does not get there", LONGEST);
      }
      Thread.sleep(POLL_MILLISECONDS);
    }
    return true;
  }

  /** Ends it as the kernel would: at once, whatever it is doing. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    waitFor();
  }

  /** Its number, for signals. */
  long processId() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Waits for its end; its exit code. */
  int waitFor() throws InterruptedException {
    return waitFor(LONGEST);
  }

  /**
   * Waits for its end, but not longer than this; its exit code.
   *
   * @throws IllegalStateException with the output if it does not come
   */
  int waitFor(Duration longest) throws InterruptedException {
    if (!process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
      throw endless("it does not end", longest);
    }
    return process.exitValue();
  }

  private IllegalStateException endless(String what, Duration waited) {
    try {
      return new IllegalStateException(
          "%s within %d s:%n%s".formatted(what, waited.toSeconds(), output()));
    } catch (IOException unreadable) {
      return new IllegalStateException(what, unreadable);
    }
  }

  /** What it has printed so far. */
  String output() throws IOException {
    return Files.readString(output);
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
