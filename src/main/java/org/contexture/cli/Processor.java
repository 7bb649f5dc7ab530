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
  static Processor ofThisMachine() {
    return new Processor(Path.of("/proc/cpuinfo"));
  }

  /** What to know before computing in a precision, if anything. */
  Optional<String> notice(Precision precision) {
    return switch (precision) {
      case FLOAT32 -> Optional.empty();
      case BFLOAT16 -> words("flags").flatMap(this::noticeOfBfloat16);
      case FLOAT16 ->
          Optional.of(
              "float16 is meant for GPUs: on a processor, float32 and bfloat16 are faster.");
    };
  }

  private Optional<String> noticeOfBfloat16(List<String> flags) {
    if (flags.contains("amx_bf16")) {
      return Optional.empty();
    }
    if (!flags.contains("avx512_bf16")) {
      return Optional.of(
          "This machine's processor has no instructions for bfloat16: on it, model.precision"
              + " float32 is faster.");
    }
    return words("vendor_id")
        .filter(vendor -> vendor.contains("GenuineIntel"))
        .map(
            intel ->
                "This machine's processor has instructions for bfloat16 but not AMX: on one such"
                    + " processor of Intel, model.precision float32 was faster.");
  }

  /** What stands in the first line of this kind. */
  private Optional<List<String>> words(String kind) {
    try {
      return Files.readAllLines(cpuinfo).stream()
          .filter(line -> line.startsWith(kind))
          .findFirst()
          .map(line -> Arrays.asList(line.split("\\s+")));
    } catch (IOException unknown) {
      return Optional.empty();
    }
  }
}
