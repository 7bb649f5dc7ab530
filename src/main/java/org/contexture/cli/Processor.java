package org.contexture.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.contexture.model.Precision;

/**
 * What this machine's processor has instructions for.
 *
 * @param cpuinfo where Linux says it; where there is no such file nothing is known
 */
record Processor(Path cpuinfo) {
  private static final List<String> BFLOAT16 = List.of("avx512_bf16", "amx_bf16");

  static Processor ofThisMachine() {
    return new Processor(Path.of("/proc/cpuinfo"));
  }

  /** What to know before computing in a precision, if anything. */
  Optional<String> notice(Precision precision) {
    return switch (precision) {
      case FLOAT32 -> Optional.empty();
      case BFLOAT16 ->
          flags()
              .filter(flags -> BFLOAT16.stream().noneMatch(flags::contains))
              .map(
                  flags ->
                      "This machine's processor has no instructions for bfloat16: on it,"
                          + " model.precision float32 is faster.");
      case FLOAT16 ->
          Optional.of(
              "float16 is meant for GPUs: on a processor, float32 and bfloat16 are faster.");
    };
  }

  private Optional<List<String>> flags() {
    try {
      return Files.readAllLines(cpuinfo).stream()
          .filter(line -> line.startsWith("flags"))
          .findFirst()
          .map(line -> Arrays.asList(line.split("\\s+")));
    } catch (IOException unknown) {
      return Optional.empty();
    }
  }
}
