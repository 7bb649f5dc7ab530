package org.contexture.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The program in a process of its own, to be killed; its output goes to a file. */
final class Child implements AutoCloseable {
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final long POLL_MILLISECONDS = 2;

  /** As the launcher opens them. */
  private static final List<String> OPENED =
      List.of("lang", "lang.reflect", "util", "util.concurrent", "net", "nio", "time");

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
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Dai.djl.offline=true");
    OPENED.forEach(
        opened -> command.add("--add-opens=java.base/java.%s=ALL-UNNAMED".formatted(opened)));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(words));
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    return new Child(process, output);
  }

  /** Waits for a moment of the run; false if the process ended before it. */
  boolean reaches(BooleanSupplier moment) throws InterruptedException {
    while (!moment.getAsBoolean()) {
      if (!process.isAlive()) {
        return moment.getAsBoolean();
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

  /** Waits for its end, but not longer than this; its exit code. */
  int waitFor(Duration longest) throws InterruptedException {
    if (!process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException("it does not end");
    }
    return process.exitValue();
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
