package org.contexture.embedding;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificDatumWriter;
import org.contexture.file.WholeFile;
import org.contexture.record.ImageEmbedding;

/** Embeddings as an Avro container file of {@link ImageEmbedding}, in blocks with a checksum. */
final class AvroEmbeddings implements EmbeddingFile {
  private final WholeFile file;
  private final DataFileWriter<ImageEmbedding> writer =
      new DataFileWriter<>(new SpecificDatumWriter<>(ImageEmbedding.getClassSchema()));

  AvroEmbeddings(Path file) throws IOException {
    this.file = WholeFile.open(file);
    writer.setCodec(CodecFactory.snappyCodec());
    // A marker that is given makes equal embeddings equal bytes.
    writer.create(ImageEmbedding.getClassSchema(), this.file.content(), new byte[16]);
  }

  @Override
  public void add(String path, float[] vector) throws IOException {
    writer.append(new ImageEmbedding(path, UnitVector.bytes(vector)));
  }

  @Override
  public void finish() throws IOException {
    writer.close();
    file.finish();
  }

  @Override
  public void close() throws IOException {
    try {
      writer.close();
    } finally {
      file.close();
    }
  }
}
