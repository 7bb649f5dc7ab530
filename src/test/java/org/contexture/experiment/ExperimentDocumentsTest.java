package org.contexture.experiment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Schemas and references say what the declarations say. With {@code -Dcontexture.write=true} they
 * are written anew first.
 */
class ExperimentDocumentsTest {
  private static final String MARKER =
      "<!-- Written by ExperimentDocumentsTest from here on. -->\n";
  private static final String STALE =
      "%s is older than the declaration of the keys; write it anew with"
          + " mvn test -Dtest=ExperimentDocumentsTest -Dcontexture.write=true";

  /** A kind of file: what documents it, and what they should say. */
  private enum Kind {
    EXPERIMENT {
      @Override
      String schema() {
        return ExperimentFile.jsonSchema();
      }

      @Override
      String reference() {
        return ExperimentFile.reference();
      }
    },
    SWEEP {
      @Override
      String schema() {
        return SweepFile.jsonSchema();
      }

      @Override
      String reference() {
        return SweepFile.reference();
      }
    },
    TOY {
      @Override
      String schema() {
        return ToyFile.jsonSchema();
      }

      @Override
      String reference() {
        return ToyFile.reference();
      }
    };

    abstract String schema();

    abstract String reference();

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @ParameterizedTest
  @EnumSource
  void theSchemaIsThatOfTheDeclaration(Kind kind) throws IOException {
    Path file = Path.of("pipelines", kind.word() + ".schema.json");
    if (Boolean.getBoolean("contexture.write")) {
      Files.writeString(file, kind.schema());
    }
    assertThat(Files.readString(file)).as(STALE, file).isEqualTo(kind.schema());
  }

  @ParameterizedTest
  @EnumSource
  void theReferenceIsThatOfTheDeclaration(Kind kind) throws IOException {
    Path file = Path.of("docs", kind.word() + ".md");
    String written = Files.readString(file);
    assertThat(written).contains(MARKER);
    int end = written.indexOf(MARKER) + MARKER.length();
    String fresh = written.substring(0, end) + kind.reference();
    if (Boolean.getBoolean("contexture.write")) {
      Files.writeString(file, fresh);
    }
    assertThat(Files.readString(file)).as(STALE, file).isEqualTo(fresh);
  }

  @Test
  void theSchemaIsAResourceOfTheProduct() throws IOException {
    try (InputStream in = ExperimentFile.class.getResourceAsStream("experiment.schema.json")) {
      assertThat(in).isNotNull();
      assertThat(new String(in.readAllBytes(), UTF_8)).startsWith("{\n  \"$schema\"");
    }
  }
}
