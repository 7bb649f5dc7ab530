package org.contexture.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.contexture.model.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessorTest {
  @TempDir private Path directory;

  private Processor with(String flags) throws IOException {
    return of("AuthenticAMD", flags);
  }

  private Processor of(String vendor, String flags) throws IOException {
    Path cpuinfo = directory.resolve("cpuinfo");
    Files.writeString(
        cpuinfo,
        "processor\t: 0\nvendor_id\t: %s\nflags\t\t: fpu %s sse2\nbogomips\t: 1\n"
            .formatted(vendor, flags));
    return new Processor(cpuinfo);
  }

  @Test
  void saysThatBfloat16IsSlowWhereThereAreNoInstructionsForIt() throws IOException {
    assertThat(with("avx2").notice(Precision.BFLOAT16))
        .hasValueSatisfying(notice -> assertThat(notice).contains("no instructions for bfloat16"));
    assertThat(with("avx512_bf16").notice(Precision.BFLOAT16)).isEmpty();
    assertThat(with("amx_bf16").notice(Precision.BFLOAT16)).isEmpty();
  }

  @Test
  void saysThatBfloat16GainsNothingOnAProcessorOfIntelWithoutAmx() throws IOException {
    assertThat(of("GenuineIntel", "avx512_bf16").notice(Precision.BFLOAT16))
        .hasValueSatisfying(notice -> assertThat(notice).contains("but not AMX"));
    assertThat(of("GenuineIntel", "avx512_bf16 amx_bf16").notice(Precision.BFLOAT16)).isEmpty();
  }

  @Test
  void saysNothingOfFloat32AndWhereNothingIsKnown() throws IOException {
    assertThat(with("avx2").notice(Precision.FLOAT32)).isEmpty();
    assertThat(new Processor(directory.resolve("none")).notice(Precision.BFLOAT16)).isEmpty();
  }

  @Test
  void saysThatFloat16IsForGpus() throws IOException {
    assertThat(with("avx2").notice(Precision.FLOAT16)).isPresent();
  }
}
