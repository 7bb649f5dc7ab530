package org.contexture.embedding;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.avro.file.DataFileReader;

/** The end of an Avro file. Avro takes a file that is cut in a block for one without that block. */
final class AvroEnd {
  private AvroEnd() {}

  /**
   * Makes sure that a reader without a next record is at the end of its file.
   *
   * @throws EOFException if it is not
   */
  static void require(Path file, DataFileReader<?> records) throws IOException {
    if (records.previousSync() != Files.size(file)) {
      throw new EOFException();
    }
  }
}
