package org.contexture.pipeline;

import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.specific.SpecificData;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The name of a dataset: SHA-256 over all that determines its content, known before it is made.
 *
 * @param hex 64 hexadecimal digits
 */
public record Fingerprint(String hex) {

  /**
   * The fingerprint of a stage's result. Hashed, each on a line of its own: stage name, version,
   * canonical settings, each input's part and fingerprint, and the parsing canonical form
   * fingerprint of the record schema (Avro specification, "Parsing Canonical Form for Schemas") and
   * of those of its companions.
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
    stage
        .companions()
        .forEach(
            (name, companion) ->
                line(
                    text,
                    "companion " + name,
                    ofSchema(SpecificData.get().getSchema(companion.recordType()))));
    return new Fingerprint(DigestUtils.sha256Hex(text.toString()));
  }

  /** The first 16 digits, which name the dataset in the store. */
  public String shortened() {
    return hex.substring(0, 16);
  }

  static String ofSchema(Schema schema) {
    return DigestUtils.sha256Hex(SchemaNormalization.toParsingForm(schema));
  }

  private static void line(StringBuilder text, String key, String value) {
    text.append(key).append(' ').append(value).append('\n');
  }

  @Override
  public String toString() {
    return shortened();
  }
}
