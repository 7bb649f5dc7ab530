package org.contexture.shard;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.commons.codec.digest.DigestUtils;
import org.contexture.failure.Failure;

/**
 * Writes one shard and its index, record by record. The bytes depend on nothing but the records,
 * their schema and the salt.
 */
public final class ShardWriter<T extends SpecificRecord> implements Closeable {
  private static final int BLOCK_BYTES = 64 << 10;

  /** As many bytes as a reader can map into memory. */
  private static final long LARGEST = Integer.MAX_VALUE;

  private final Path file;
  private final long largest;
  private final FileOutputStream sink;
  private final DigestOutputStream digest;
  private final SpecificDatumWriter<T> encoder;
  private final DataFileWriter<T> container;
  private final ShardIndex.Builder index = new ShardIndex.Builder();
  private final EncodedRecord record = new EncodedRecord();
  private BinaryEncoder binary;
  private int[] lengths = new int[16];
  private int[] crcs = new int[16];
  private int blockRecords;
  private int blockBytes;
  private long blockStart;
  private long records;

  /**
   * What was written.
   *
   * @param records number of records
   * @param bytes length of the shard file
   * @param sha256 SHA-256 of the shard file, in hexadecimal
   * @param indexSha256 SHA-256 of the index file, in hexadecimal
   */
  public record Summary(long records, long bytes, String sha256, String indexSha256) {}

  private ShardWriter(Path file, Schema schema, long largest) throws IOException {
    this.file = file;
    this.largest = largest;
    sink = new FileOutputStream(file.toFile());
    digest = new DigestOutputStream(sink, DigestUtils.getSha256Digest());
    encoder = new SpecificDatumWriter<>(schema);
    container = new DataFileWriter<>(encoder);
    container.setSyncInterval(BLOCK_BYTES);
  }

  private void start(Schema schema, String salt) throws IOException {
    byte[] marker = Arrays.copyOf(DigestUtils.sha256(salt), 16);
    container.create(schema, digest, marker);
    blockStart = container.sync();
  }

  /**
   * Starts a shard.
   *
   * @param file the shard file, replaced if it is there; its index goes beside it
   * @param schema schema of the records
   * @param salt what tells this shard from all others; the sync marker is made from it
   */
  public static <T extends SpecificRecord> ShardWriter<T> create(
      Path file, Schema schema, String salt) throws IOException {
    return create(file, schema, salt, LARGEST);
  }

  static <T extends SpecificRecord> ShardWriter<T> create(
      Path file, Schema schema, String salt, long largest) throws IOException {
    ShardWriter<T> writer = new ShardWriter<>(file, schema, largest);
    try {
      writer.start(schema, salt);
    } catch (Throwable reason) {
      try (writer) {
        throw reason;
      }
    }
    return writer;
  }

  /**
   * Adds a record at the end.
   *
   * @throws Failure if the shard gets larger than 2 GiB, which no reader could open
   */
  public void append(T value) throws IOException {
    record.reset();
    binary = EncoderFactory.get().directBinaryEncoder(record, binary);
    encoder.write(value, binary);
    container.appendEncoded(record.bytes());
    if (blockRecords == lengths.length) {
      lengths = Arrays.copyOf(lengths, 2 * blockRecords);
      crcs = Arrays.copyOf(crcs, 2 * blockRecords);
    }
    lengths[blockRecords] = record.size();
    crcs[blockRecords] = ShardIndex.crc(record.bytes());
    blockRecords++;
    blockBytes += record.size();
    records++;
    if (blockBytes >= BLOCK_BYTES) {
      endBlock();
    }
  }

  private void endBlock() throws IOException {
    if (blockRecords == 0) {
      return;
    }
    long offset = blockStart + lengthAsVarint(blockRecords) + lengthAsVarint(blockBytes);
    for (int i = 0; i < blockRecords; i++) {
      index.add(offset, lengths[i], crcs[i]);
      offset += lengths[i];
    }
    blockStart = container.sync();
    if (blockStart > largest) {
      throw Failure.usage(
          "The shard %s gets larger than the %d bytes that a shard may have. Lower"
              + " images.shard_megabytes, so that there are more and smaller ones.",
          file, largest);
    }
    blockRecords = 0;
    blockBytes = 0;
  }

  /** How many bytes Avro's zigzag variable-length coding takes for a count. */
  private static int lengthAsVarint(int count) {
    long zigzag = (long) count << 1;
    return Math.max(1, (70 - Long.numberOfLeadingZeros(zigzag)) / 7);
  }

  /**
   * Completes both files, forces them to the disk and closes them.
   *
   * @throws Failure if the shard gets larger than 2 GiB, which no reader could open
   */
  public Summary finish() throws IOException {
    endBlock();
    container.flush();
    sink.getFD().sync();
    container.close();
    byte[] indexBytes = index.build(blockStart);
    try (FileOutputStream out = new FileOutputStream(ShardIndex.beside(file).toFile())) {
      out.write(indexBytes);
      out.getFD().sync();
    }
    return new Summary(
        records,
        blockStart,
        HexFormat.of().formatHex(digest.getMessageDigest().digest()),
        DigestUtils.sha256Hex(indexBytes));
  }

  /** Closes the files as they are; without {@link #finish} they are no shard. */
  @Override
  public void close() throws IOException {
    try (OutputStream closed = sink) {
      closed.flush();
    }
  }

  /** The bytes of one record after another, in memory that grows to the largest. */
  private static final class EncodedRecord extends ByteArrayOutputStream {

    /** Those of the last record, until the next one. */
    ByteBuffer bytes() {
      return ByteBuffer.wrap(buf, 0, count);
    }
  }
}
