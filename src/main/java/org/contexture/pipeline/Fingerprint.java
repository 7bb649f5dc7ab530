package org.contexture.pipeline;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.specific.SpecificData;

/**
 * The name of a dataset: SHA-256 over all that determines its content, known before it is made.
 *
 * @param hex 64 hexadecimal digits
 */
public record Fingerprint(String hex) {

  /**
   * The fingerprint of a stage's result. Hashed, each on a line of its own: stage name, version,
   * canonical settings, each input's part and fingerprint, and the parsing canonical form
   * fingerprint of the record schema (Avro specification, "Parsing Canonical Form for Schemas").
   */
  static Fingerprint of(Stage<?> stage) {
    StringBuilder text = new StringBuilder();
    line(text, "stage", stage.name());
    line(text, "version", Integer.toString(stage.version()));
    line(text, "settings", stage.config().settings().toString());
    stage
        .inputs()
        .forEach((part, dataset) -> line(text, "input " + part, dataset.fingerprint().hex()));
    line(text, "schema", ofSchema(SpecificData.get().getSchema(stage.recordType())));
    return new Fingerprint(sha256(text.toString()));
  }

  /** The first 16 digits, which name the dataset in the store. */
  public String shortened() {
    return hex.substring(0, 16);
  }

  static String ofSchema(Schema schema) {
    return sha256(SchemaNormalization.toParsingForm(schema));
  }

  private static void line(StringBuilder text, String key, String value) {
    text.append(key).append(' ').append(value).append('\n');
  }

  private static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public String toString() {
    return shortened();
  }
}
