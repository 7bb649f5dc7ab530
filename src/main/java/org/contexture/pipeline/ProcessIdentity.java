package org.contexture.pipeline;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * One process, told from all that have, had or will have its id. On Linux that does not depend on
 * the clock, which may be set while the process runs, nor on host names, which containers may have
 * in common: the start is counted from the boot of the kernel, and ids are compared only where the
 * boot and the namespace of process ids are the same.
 *
 * @param system where the id means this process: boot and namespace, or the host name where there
 *     is no {@code /proc}; empty if it cannot be told
 * @param process its id there
 * @param start when it started, in clock ticks since the boot, or in milliseconds since 1970 where
 *     there is no {@code /proc}; -1 if it had ended when it was asked for
 */
public record ProcessIdentity(String system, long process, long start) {
  private static final long GONE = -1;
  private static final Path PROC = Path.of("/proc");

  /** The fields of {@code /proc/PID/stat} after the name of the program, proc(5). */
  private static final int STATE = 0;

  private static final int START_TIME = 19;

  /** This process. */
  public static ProcessIdentity current() {
    return of(ProcessHandle.current());
  }

  /** A process of this system. */
  public static ProcessIdentity of(ProcessHandle handle) {
    return new ProcessIdentity(here(), handle.pid(), startOf(handle.pid()).orElse(GONE));
  }

  /** The process, if it is of this system and alive. */
  public Optional<ProcessHandle> handle() {
    return isOfThisSystem() && startOf(process).filter(found -> found == start).isPresent()
        ? ProcessHandle.of(process).filter(ProcessHandle::isAlive)
        : Optional.empty();
  }

  /** Whether it is known to be dead; nothing is known of processes of other systems. */
  boolean isDead() {
    return isOfThisSystem() && handle().isEmpty();
  }

  /**
   * Whether it may be alive where it cannot be looked for: on another machine, or in another
   * container of this one. What ran on this machine before it was started anew is dead.
   *
   * @param host the name of its machine; empty if that is not known
   */
  public boolean mayBeElsewhere(String host) {
    String here = here();
    boolean startedAnew =
        hostName().equals(Optional.of(host)) && !bootOf(system).equals(bootOf(here));
    return !system.isEmpty() && !system.equals(here) && !startedAnew;
  }

  private static String bootOf(String system) {
    return system.split(" ", -1)[0];
  }

  private boolean isOfThisSystem() {
    return !system.isEmpty() && system.equals(here());
  }

  private static String here() {
    try {
      String boot = Files.readString(PROC.resolve("sys/kernel/random/boot_id")).strip();
      return boot + " " + Files.readSymbolicLink(PROC.resolve("self/ns/pid"));
    } catch (IOException | UnsupportedOperationException noProc) {
      return hostName().orElse("");
    }
  }

  /** The name of this machine, if it has one. */
  public static Optional<String> hostName() {
    try {
      return Optional.of(InetAddress.getLocalHost().getHostName());
    } catch (UnknownHostException nameless) {
      return Optional.empty();
    }
  }

  /** When a living process started. */
  private static Optional<Long> startOf(long process) {
    if (!Files.isDirectory(PROC.resolve("self"))) {
      return ProcessHandle.of(process)
          .filter(ProcessHandle::isAlive)
          .map(handle -> handle.info().startInstant().map(Instant::toEpochMilli).orElse(0L));
    }
    try {
      Path file = PROC.resolve(Long.toString(process)).resolve("stat");
      // The name of a program may have spaces, brackets and bytes that are no text.
      String stat = Files.readString(file, StandardCharsets.ISO_8859_1);
      String[] fields = stat.substring(stat.lastIndexOf(") ") + 2).split(" ", -1);
      return fields[STATE].matches("[ZX]")
          ? Optional.empty()
          : Optional.of(Long.parseLong(fields[START_TIME]));
    } catch (IOException ended) {
      return Optional.empty();
    }
  }
}
