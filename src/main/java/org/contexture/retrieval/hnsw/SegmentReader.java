package org.contexture.retrieval.hnsw;

import java.io.Closeable;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.stream.IntStream;
import org.apache.lucene.codecs.CodecUtil;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopKnnCollector;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.util.IOUtils;
import org.contexture.failure.Failure;
import org.contexture.record.HnswSegment;

/** One segment, mapped into memory. Safe for use by several threads. */
final class SegmentReader implements Closeable {
  private final SegmentFiles files;
  private final Path place;
  private final long[] ids;
  private final int[] labels;
  private final EqualImages equal;
  private final Directory directory;
  private final KnnVectorsReader reader;

  private SegmentReader(
      HnswSegment segment,
      SegmentFiles files,
      Path place,
      long[] ids,
      EqualImages equal,
      Directory directory,
      KnnVectorsReader reader) {
    this.files = files;
    this.place = place;
    this.equal = equal;
    this.directory = directory;
    this.reader = reader;
    this.ids = ids;
    labels = segment.getLabels().stream().mapToInt(Integer::intValue).toArray();
  }

  /**
   * Opens a segment and checks its graph.
   *
   * @param place the directory of its files
   * @throws Failure if a file is damaged or missing
   */
  static SegmentReader open(HnswSegment segment, Path place) {
    Deque<Closeable> opened = new ArrayDeque<>();
    try {
      return open(segment, place, opened);
    } catch (IOException unreadable) {
      IOUtils.closeWhileHandlingException(opened);
      throw failure(segment.getName(), place, unreadable);
    } catch (RuntimeException defect) {
      IOUtils.closeWhileHandlingException(opened);
      throw defect;
    }
  }

  /** Opens a segment; what has to be closed if that fails is pushed to {@code opened}. */
  private static SegmentReader open(HnswSegment segment, Path place, Deque<Closeable> opened)
      throws IOException {
    int images = segment.getIds().size();
    SegmentFiles files = new SegmentFiles(segment.getName(), images, segment.getDimensions());
    Directory directory = new MMapDirectory(place);
    opened.push(directory);
    try (IndexInput graph = directory.openInput(files.graph(), IOContext.READONCE)) {
      CodecUtil.checksumEntireFile(graph);
    }
    KnnVectorsReader reader =
        new Lucene99HnswVectorsFormat().fieldsReader(files.reading(directory));
    opened.push(reader);
    int vectors = reader.getFloatVectorValues(SegmentFiles.FIELD).size();
    int labels = segment.getLabels().size();
    long[] ids = segment.getIds().stream().mapToLong(Long::longValue).toArray();
    EqualImages equal = equal(segment, ids);
    if (vectors != equal.nodes() || labels != images) {
      throw new CorruptIndexException(
          "%d vectors for %d images of %d classes".formatted(vectors, images, labels),
          files.name());
    }
    return new SegmentReader(segment, files, place, ids, equal, directory, reader);
  }

  private static EqualImages equal(HnswSegment segment, long[] ids) throws CorruptIndexException {
    if (segment.getFirsts().isEmpty()) {
      return new EqualImages(IntStream.range(0, ids.length).toArray(), ids);
    }
    int[] firsts = segment.getFirsts().stream().mapToInt(Integer::intValue).toArray();
    boolean fit =
        firsts.length == ids.length
            && IntStream.range(0, firsts.length)
                .allMatch(image -> firsts[image] >= 0 && firsts[image] <= image);
    if (!fit) {
      throw new CorruptIndexException(
          "its equal images are none of its %d".formatted(ids.length), segment.getName());
    }
    return new EqualImages(firsts, ids);
  }

  int dimensions() {
    return files.dimensions();
  }

  int size() {
    return ids.length;
  }

  /** Checks every byte. */
  void verify() {
    try {
      reader.checkIntegrity();
    } catch (IOException unreadable) {
      throw failure(files.name(), place, unreadable);
    }
  }

  /**
   * Hands over the candidates for the nearest neighbours of a vector.
   *
   * @param count how many are looked for; there are more only where equal images are as near as the
   *     last
   */
  void propose(float[] query, int count, Candidates candidates) {
    try {
      TopKnnCollector collector =
          new TopKnnCollector(Math.min(count, ids.length), Integer.MAX_VALUE);
      reader.search(SegmentFiles.FIELD, query, collector, null);
      int[] nodes = nearest(collector.topDocs().scoreDocs, count);
      FloatVectorValues vectors = reader.getFloatVectorValues(SegmentFiles.FIELD);
      for (int node : nodes) {
        vectors.advance(node);
        float[] vector = vectors.vectorValue();
        equal.of(node, count).forEach(image -> candidates.add(ids[image], labels[image], vector));
      }
    } catch (IOException unreadable) {
      throw failure(files.name(), place, unreadable);
    }
  }

  /** Of the nodes found, as many of the nearest as have enough images, by ascending number. */
  private int[] nearest(ScoreDoc[] found, int count) {
    long images = 0;
    int nodes = 0;
    while (nodes < found.length
        && (images < count || found[nodes].score == found[nodes - 1].score)) {
      images += equal.of(found[nodes].doc, count).count();
      nodes++;
    }
    return Arrays.stream(found).limit(nodes).mapToInt(SegmentReader::node).sorted().toArray();
  }

  private static int node(ScoreDoc found) {
    return found.doc;
  }

  private static Failure failure(String name, Path place, IOException cause) {
    boolean missing =
        cause instanceof NoSuchFileException || cause instanceof FileNotFoundException;
    boolean damaged =
        cause instanceof CorruptIndexException
            || cause instanceof EOFException
            || cause instanceof IndexFormatTooNewException
            || cause instanceof IndexFormatTooOldException;
    if (missing || damaged) {
      return Failure.data(
              "%s, segment %s of the index is %s: %s. Rebuild the dataset.",
              place, name, missing ? "not whole" : "damaged", cause.getMessage())
          .causedBy(cause);
    }
    return Failure.environment(
            "%s, segment %s of the index cannot be read: %s.", place, name, cause)
        .causedBy(cause);
  }

  @Override
  public void close() throws IOException {
    IOUtils.close(reader, directory);
  }
}
