package org.contexture.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.IndexedRecord;
import org.contexture.failure.Failure;

/** Shows records of a dataset as JSON, one a line, whatever their type. */
public final class RecordPrinter {
  private final Store store;
  private final Manifest manifest;

  /** A printer for one dataset of a store. */
  public RecordPrinter(Store store, Manifest manifest) {
    this.store = store;
    this.manifest = manifest;
  }

  /** The first records, at most {@code count}. Bytes are shown by their number. */
  public List<String> first(int count) {
    List<String> lines = new ArrayList<>();
    for (Manifest.DataFile file : manifest.files()) {
      if (lines.size() < count) {
        addFirst(here(file), count, lines);
      }
    }
    return lines;
  }

  private Path here(Manifest.DataFile file) {
    try {
      return store.files(manifest).shard(file);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static void addFirst(Path file, int count, List<String> lines) {
    if (!Files.exists(file)) {
      throw Failure.data("%s is missing.", file);
    }
    try (DataFileReader<IndexedRecord> reader =
        new DataFileReader<>(file.toFile(), new GenericDatumReader<>())) {
      while (lines.size() < count && reader.hasNext()) {
        lines.add(json(reader.next()).toString());
      }
    } catch (IOException | RuntimeException damaged) {
      // Avro meets damaged bytes with whatever exception its parts come to.
      throw Failure.data(
              "%s is damaged: %s. 'contexture datasets verify' says where.",
              file, damaged.getMessage())
          .causedBy(damaged);
    }
  }

  private static JsonNode json(Object value) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    if (value instanceof IndexedRecord fields) {
      ObjectNode node = nodes.objectNode();
      for (Schema.Field field : fields.getSchema().getFields()) {
        node.set(field.name(), json(fields.get(field.pos())));
      }
      return node;
    }
    if (value instanceof Collection<?> items) {
      var array = nodes.arrayNode();
      items.forEach(item -> array.add(json(item)));
      return array;
    }
    if (value instanceof ByteBuffer bytes) {
      return nodes.textNode("(" + bytes.remaining() + " bytes)");
    }
    if (value instanceof Integer number) {
      return nodes.numberNode(number);
    }
    if (value instanceof Long number) {
      return nodes.numberNode(number);
    }
    if (value instanceof Float number) {
      return nodes.numberNode(number);
    }
    if (value instanceof Double number) {
      return nodes.numberNode(number);
    }
    if (value instanceof Boolean answer) {
      return nodes.booleanNode(answer);
    }
    return value == null ? nodes.nullNode() : nodes.textNode(value.toString());
  }
}
