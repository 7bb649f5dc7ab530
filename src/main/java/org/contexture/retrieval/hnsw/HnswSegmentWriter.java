package org.contexture.retrieval.hnsw;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.lucene.codecs.KnnFieldVectorsWriter;
import org.apache.lucene.codecs.KnnVectorsWriter;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.NIOFSDirectory;

/**
 * Builds the graph of one segment, and writes its files. Holds all vectors and the graph in memory
 * until it is finished. The same vectors in the same order give the same bytes.
 */
public final class HnswSegmentWriter implements AutoCloseable {
  private final Path place;
  private final SegmentFiles files;
  private final Directory directory;
  private final KnnVectorsWriter writer;
  private final KnnFieldVectorsWriter<float[]> vectors;
  private final Map<String, Integer> firstOf = new HashMap<>();
  private final List<Integer> firsts = new ArrayList<>();

  private HnswSegmentWriter(Path place, SegmentFiles files, HnswParameters parameters)
      throws IOException {
    this.place = place;
    this.files = files;
    directory = new NIOFSDirectory(place);
    writer =
        new Lucene99HnswVectorsFormat(parameters.m(), parameters.efConstruction())
            .fieldsWriter(files.writing(directory));
    vectors = ofFloats(writer.addField(files.field()));
  }

  /** The field was declared to be one of float32. */
  @SuppressWarnings("unchecked")
  private static KnnFieldVectorsWriter<float[]> ofFloats(KnnFieldVectorsWriter<?> writer) {
    return (KnnFieldVectorsWriter<float[]>) writer;
  }

  /**
   * Starts a segment.
   *
   * @param directory where its files go, which must not be there yet
   * @param name of the files without their extensions
   * @param images how many vectors will be added, at least one
   * @param dimensions length of a vector
   */
  public static HnswSegmentWriter create(
      Path directory, String name, int images, int dimensions, HnswParameters parameters)
      throws IOException {
    if (images < 1) {
      throw new IllegalArgumentException("a segment of %d images".formatted(images));
    }
    return new HnswSegmentWriter(directory, new SegmentFiles(name, images, dimensions), parameters);
  }

  /**
   * Adds the next unit vector; it is copied. One that was added before is no node of its own: many
   * equal nodes have edges to nothing but each other, and the graph falls apart.
   */
  public void add(float[] vector) throws IOException {
    if (vector.length != files.dimensions() || firsts.size() == files.images()) {
      throw new IllegalArgumentException(
          "vector %d of %d dimensions in a segment of %d vectors of %d"
              .formatted(firsts.size(), vector.length, files.images(), files.dimensions()));
    }
    int image = firsts.size();
    int first = firstOf.computeIfAbsent(digest(vector), unknown -> image);
    if (first == image) {
      vectors.addValue(image, vector);
    }
    firsts.add(first);
  }

  /** Stands for a vector, and takes less memory. */
  private static String digest(float[] vector) {
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(vector.length, Float.BYTES));
    bytes.asFloatBuffer().put(vector);
    return DigestUtils.sha256Hex(bytes.array());
  }

  /** What {@link org.contexture.record.HnswSegment} has to know of vectors that were the same. */
  public List<Integer> firsts() {
    return firstOf.size() == firsts.size() ? List.of() : List.copyOf(firsts);
  }

  /** Writes the files, and says which they are. */
  public List<Path> finish() throws IOException {
    if (firsts.size() < files.images()) {
      throw new IllegalStateException(
          "%d of %d vectors were added".formatted(firsts.size(), files.images()));
    }
    writer.flush(files.images(), null);
    writer.finish();
    close();
    return files.all().stream().map(place::resolve).toList();
  }

  @Override
  public void close() throws IOException {
    writer.close();
    directory.close();
  }
}
