package org.contexture.experiment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The schema and the reference say what the declaration says. With {@code -Dcontexture.write=true}
 * they are written anew first.
 */
class ExperimentDocumentsTest {
  private static final Path SCHEMA = Path.of("pipelines/experiment.schema.json");
  private static final Path REFERENCE = Path.of("docs/experiment.md");
  private static final String MARKER =
      "<!-- Written by ExperimentDocumentsTest from here on. -->\n";
  private static final String STALE =
      "%s is older than the declaration of the keys; write it anew with"
          + " mvn test -Dtest=ExperimentDocumentsTest -Dcontexture.write=true";

  @Test
  void theSchemaIsThatOfTheDeclaration() throws IOException {
    String fresh = ExperimentFile.jsonSchema();
    if (Boolean.getBoolean("contexture.write")) {
      Files.writeString(SCHEMA, fresh);
    }
    assertThat(Files.readString(SCHEMA)).as(STALE, SCHEMA).isEqualTo(fresh);
  }

  @Test
  void theReferenceIsThatOfTheDeclaration() throws IOException {
    String written = Files.readString(REFERENCE);
    assertThat(written).contains(MARKER);
    int end = written.indexOf(MARKER) + MARKER.length();
    String fresh = written.substring(0, end) + ExperimentFile.reference();
    if (Boolean.getBoolean("contexture.write")) {
      Files.writeString(REFERENCE, fresh);
    }
    assertThat(Files.readString(REFERENCE)).as(STALE, REFERENCE).isEqualTo(fresh);
  }

  @Test
  void theSchemaIsAResourceOfTheProduct() throws IOException {
    try (InputStream in = ExperimentFile.class.getResourceAsStream("experiment.schema.json")) {
      assertThat(in).isNotNull();
      assertThat(new String(in.readAllBytes(), UTF_8)).startsWith("{\n  \"$schema\"");
    }
  }
}
