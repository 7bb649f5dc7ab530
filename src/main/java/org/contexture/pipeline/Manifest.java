package org.contexture.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.contexture.failure.Failure;

/**
 * What a dataset is and what made it: the file {@code manifest.json}, written last.
 *
 * @param format version of this file's format
 * @param stage name of the stage that made it
 * @param version version of that stage
 * @param fingerprint all 64 digits
 * @param settings the stage's canonical settings
 * @param inputs the datasets it was made from, by the part they play
 * @param recordType full name of the record type
 * @param schema fingerprint of the record schema
 * @param records number of records
 * @param rejected number of inputs in the dead letters
 * @param files the shards in order
 * @param attachments files that lie beside the shards as they are, by name; records tell of them
 * @param codeVersion the Contexture that made it
 * @param runner the Beam runner that made it
 * @param started when, as ISO 8601 in UTC
 * @param seconds how long it took, earlier attempts not counted
 */
public record Manifest(
    int format,
    String stage,
    int version,
    String fingerprint,
    JsonNode settings,
    SortedMap<String, DatasetId> inputs,
    String recordType,
    String schema,
    long records,
    long rejected,
    List<DataFile> files,
    List<Attachment> attachments,
    String codeVersion,
    String runner,
    String started,
    double seconds) {

  public Manifest {
    if (!fingerprint.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("a fingerprint is 64 digits, not " + fingerprint);
    }
  }

  /** The name of the manifest in a dataset's directory. */
  static final String FILE = "manifest.json";

  static final int FORMAT = 1;

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .build();

  /**
   * One shard of a dataset.
   *
   * @param name file name of the shard; its index has {@code .index} appended
   * @param records number of records
   * @param bytes length of the shard
   * @param sha256 SHA-256 of the shard, in hexadecimal
   * @param indexSha256 SHA-256 of the index, in hexadecimal
   */
  public record DataFile(String name, long records, long bytes, String sha256, String indexSha256)
      implements Serializable {
    /** The name of its index, which lies beside it. */
    String index() {
      return name + ".index";
    }
  }

  /**
   * A file that is part of a dataset as it is, such as an archive: what would only be larger and
   * slower as records.
   *
   * @param name its file name
   * @param bytes its length
   * @param sha256 SHA-256 of its content, in hexadecimal
   */
  public record Attachment(String name, long bytes, String sha256) implements Serializable {}

  /** Where the dataset is in a store. */
  public DatasetId id() {
    return new DatasetId(stage, fingerprint.substring(0, 16));
  }

  /** Length of all shards together. */
  public long bytes() {
    return files.stream().mapToLong(DataFile::bytes).sum();
  }

  /** Length of all shards and attachments together. */
  public long bytesOnDisk() {
    return bytes() + attachments.stream().mapToLong(Attachment::bytes).sum();
  }

  /** The names of all files in the directory of the dataset. */
  Set<String> fileNames() {
    Set<String> names = new TreeSet<>(List.of(FILE));
    files.forEach(file -> names.addAll(List.of(file.name(), file.index())));
    attachments.forEach(file -> names.add(file.name()));
    return names;
  }

  byte[] toJson() {
    try {
      return JSON.writeValueAsBytes(this);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * Reads the manifest in a dataset's directory.
   *
   * @throws DamagedManifestException if it cannot be read
   * @throws Failure if it is of a newer format
   */
  static Manifest read(Path directory) throws IOException {
    Path file = directory.resolve(FILE);
    return parse(Files.readAllBytes(file), file.toString());
  }

  /**
   * Reads what {@link #toJson} gave.
   *
   * @param file where it was
   * @throws DamagedManifestException if it cannot be read
   * @throws Failure if it is of a newer format
   */
  static Manifest parse(byte[] content, String file) throws IOException {
    try {
      JsonNode json = JSON.readTree(content);
      JsonNode format = json.path("format");
      if (!format.isInt()) {
        throw new DamagedManifestException(file, "it names no format", null);
      }
      if (format.intValue() != FORMAT) {
        throw Failure.data(
            "%s has manifest format %d; this Contexture reads format %d. Use the version that"
                + " wrote it, or another store (--store DIR).",
            file, format.intValue(), FORMAT);
      }
      if (json instanceof ObjectNode manifest && !manifest.has("attachments")) {
        manifest.putArray("attachments"); // written before datasets could have any
      }
      return JSON.treeToValue(json, Manifest.class);
    } catch (JsonProcessingException damaged) {
      throw new DamagedManifestException(file, damaged.getOriginalMessage(), damaged);
    }
  }
}
