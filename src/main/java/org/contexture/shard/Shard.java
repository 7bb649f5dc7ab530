package org.contexture.shard;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.SeekableFileInput;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.contexture.failure.Failure;

/**
 * One shard, mapped into memory: any record by its number, checked as it is read. The reader's
 * schema may differ from the file's as far as Avro's schema resolution allows; a projection (a
 * schema with fewer fields) skips what it does not need. Safe for use by several threads.
 */
public final class Shard<T extends SpecificRecord> {
  private final Path file;
  private final Schema written;
  private final Schema wanted;
  private final ShardIndex index;
  private final ByteBuffer bytes;

  private Shard(Path file, Schema written, Schema wanted, ShardIndex index, ByteBuffer bytes) {
    this.file = file;
    this.written = written;
    this.wanted = wanted;
    this.index = index;
    this.bytes = bytes;
  }

  /**
   * Opens a shard.
   *
   * @param file the shard file; its index must lie beside it
   * @param wanted the schema to read records as
   * @throws Failure if the file or its index is missing, damaged or truncated, or if its schema
   *     cannot be read as the wanted one
   */
  public static <T extends SpecificRecord> Shard<T> open(Path file, Schema wanted)
      throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ShardIndex index = ShardIndex.read(file, channel.size());
      Schema written = withNameOf(schemaOf(file), wanted);
      requireReadable(file, written, wanted);
      return new Shard<>(
          file,
          written,
          wanted,
          index,
          channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()));
    } catch (NoSuchFileException missing) {
      throw Failure.data("%s is missing.", file);
    }
  }

  /** Opens a shard with the schema it was written with: to check it, whatever it holds. */
  public static Shard<?> openAsWritten(Path file) throws IOException {
    return Shard.<SpecificRecord>open(file, schemaOf(file));
  }

  private static Schema schemaOf(Path file) throws IOException {
    try (DataFileReader<Object> reader =
        new DataFileReader<>(new SeekableFileInput(file.toFile()), new GenericDatumReader<>())) {
      return reader.getSchema();
    } catch (IOException | RuntimeException broken) {
      // Avro meets a damaged header with whatever exception its parts come to, null pointers too.
      throw Failure.data("%s is no Avro container file: %s.", file, broken.getMessage())
          .causedBy(broken);
    }
  }

  private static void requireReadable(Path file, Schema written, Schema wanted) {
    SchemaCompatibility.SchemaPairCompatibility pair =
        SchemaCompatibility.checkReaderWriterCompatibility(wanted, written);
    if (pair.getType() != SchemaCompatibilityType.COMPATIBLE) {
      var first = pair.getResult().getIncompatibilities().get(0);
      throw Failure.data(
          "%s holds records that this Contexture cannot read as its own %s: %s at %s (%s). "
              + "It was written by another version: use that one, or rebuild the dataset.",
          file,
          wanted.getFullName(),
          first.getType().name().toLowerCase(Locale.ROOT).replace('_', ' '),
          first.getLocation(),
          first.getMessage());
    }
  }

  /** A projection has a name of its own; Avro resolves records by name. */
  private static Schema withNameOf(Schema written, Schema wanted) {
    if (written.getType() != Schema.Type.RECORD
        || written.getFullName().equals(wanted.getFullName())) {
      return written;
    }
    Schema renamed =
        Schema.createRecord(
            wanted.getName(), written.getDoc(), wanted.getNamespace(), written.isError());
    renamed.setFields(
        written.getFields().stream()
            .map(field -> new Schema.Field(field, field.schema()))
            .toList());
    return renamed;
  }

  /** How many records there are. */
  public int size() {
    return index.size();
  }

  /**
   * Reads a record.
   *
   * @param record its number, from 0
   * @throws Failure if its bytes are damaged
   * @throws IndexOutOfBoundsException if there is no record of this number
   */
  public T read(int record) {
    requireIntact(record);
    return decode(slice(record), record);
  }

  /**
   * Checks the bytes of a record without decoding it.
   *
   * @throws Failure if they are damaged
   */
  public void requireIntact(int record) {
    ByteBuffer encoded = slice(record);
    int actual = ShardIndex.crc(encoded);
    if (actual != index.crc(record)) {
      throw Failure.data(
          "%s, record %d is damaged: expected CRC-32C %08x, actual %08x.",
          file, record, index.crc(record), actual);
    }
  }

  /**
   * Reads a record without checking its bytes: for projections, which should not touch the pages of
   * what they skip.
   *
   * @param record its number, from 0
   */
  public T project(int record) {
    return decode(slice(record), record);
  }

  private ByteBuffer slice(int record) {
    if (record < 0 || record >= size()) {
      throw new IndexOutOfBoundsException("record %d of %d".formatted(record, size()));
    }
    long offset = index.offset(record);
    int length = index.length(record);
    if (offset < 0 || length < 0 || offset > bytes.capacity() - length) {
      throw Failure.data(
          "%s, record %d lies outside the file: %d bytes from %d of %d.",
          file, record, length, offset, bytes.capacity());
    }
    return bytes.slice((int) offset, length);
  }

  private T decode(ByteBuffer encoded, int record) {
    SpecificDatumReader<T> reader = new SpecificDatumReader<>(written, wanted);
    BinaryDecoder decoder =
        DecoderFactory.get().directBinaryDecoder(new ByteBufferInput(encoded), null);
    try {
      return reader.read(null, decoder);
    } catch (IOException | AvroRuntimeException broken) {
      throw Failure.data("%s, record %d cannot be decoded: %s.", file, record, broken.getMessage())
          .causedBy(broken);
    }
  }
}
