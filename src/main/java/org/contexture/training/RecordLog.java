package org.contexture.training;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.contexture.model.TensorData;

/** Records of one type, encoded one after the other as they come, so that saving them is a copy. */
final class RecordLog<T extends SpecificRecord> {
  private final Class<T> type;
  private final SpecificDatumWriter<T> writer;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);

  /** A log without records. */
  RecordLog(Class<T> type) {
    this.type = type;
    this.writer = new SpecificDatumWriter<>(type);
  }

  /** A log that goes on after what {@link #saved} gave. */
  static <T extends SpecificRecord> RecordLog<T> resume(Class<T> type, TensorData saved) {
    RecordLog<T> log = new RecordLog<>(type);
    log.bytes.writeBytes(saved.bytes());
    return log;
  }

  void add(T value) {
    try {
      writer.write(value, encoder);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
  }

  /** All records, each in Avro's binary encoding. */
  TensorData saved() {
    return TensorData.of(ByteBuffer.wrap(bytes.toByteArray()));
  }

  List<T> records() {
    SpecificDatumReader<T> reader = new SpecificDatumReader<>(type);
    BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(bytes.toByteArray(), null);
    List<T> records = new ArrayList<>();
    try {
      while (!decoder.isEnd()) {
        records.add(reader.read(null, decoder));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory", e);
    }
    return records;
  }
}
