package org.contexture.retrieval.hnsw;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.lucene.util.IOUtils;
import org.contexture.failure.Failure;
import org.contexture.record.HnswSegment;
import org.contexture.retrieval.EmbeddingTile;
import org.contexture.retrieval.NeighbourSearch;
import org.contexture.retrieval.TopNeighbours;

/**
 * An approximate index of a gallery, mapped into memory. Finds most of the nearest neighbours,
 * looking at few of the images; what it finds has exact similarities. For galleries that are too
 * large to be searched whole for each query. Safe for use by several threads; whoever opens it
 * closes it.
 *
 * @see <a href="https://arxiv.org/abs/1603.09320">Malkov, Yashunin: Efficient and robust
 *     approximate nearest neighbor search using hierarchical navigable small world graphs</a>
 */
public final class HnswIndex implements AutoCloseable {
  private final List<SegmentReader> segments;

  private HnswIndex(List<SegmentReader> segments) {
    this.segments = List.copyOf(segments);
  }

  /**
   * Opens an index, and checks its graphs but not its vectors.
   *
   * @param segments all its segments
   * @param files the place of each file by its name
   * @throws Failure if a file is damaged or missing
   */
  public static HnswIndex open(Iterable<HnswSegment> segments, Function<String, Path> files) {
    List<SegmentReader> opened = new ArrayList<>();
    try {
      for (HnswSegment segment : segments) {
        Path directory = files.apply(segment.getName()).toAbsolutePath().getParent();
        opened.add(SegmentReader.open(segment, directory));
      }
    } catch (RuntimeException failed) {
      IOUtils.closeWhileHandlingException(opened);
      throw failed;
    }
    return new HnswIndex(opened);
  }

  /** Numbers in an embedding; 0 where it holds no image. */
  public int dimensions() {
    return segments.stream().mapToInt(SegmentReader::dimensions).findFirst().orElse(0);
  }

  /** How many images it holds. */
  public long size() {
    return segments.stream().mapToLong(SegmentReader::size).sum();
  }

  /**
   * Checks every byte, which takes as long as reading all of it.
   *
   * @throws Failure if a file is damaged
   */
  public void verify() {
    segments.forEach(SegmentReader::verify);
  }

  /**
   * Some of the nearest neighbours of each query, in the order of queries; each without itself, by
   * its id. Fewer than {@code depth} only if the index holds fewer, or its graph leads to fewer.
   *
   * @param depth how many to find for a query, at least 1
   * @param efSearch how many candidates to look for in each segment: the more, the fewer nearest
   *     neighbours are missed and the longer it takes; no less than depth + 1 are looked for
   * @throws IllegalArgumentException if the vectors have another length than those of the index
   */
  public List<TopNeighbours> nearest(EmbeddingTile queries, int depth, int efSearch) {
    for (SegmentReader segment : segments) {
      if (segment.dimensions() != queries.dimensions()) {
        throw new IllegalArgumentException(
            "queries have %d dimensions, the index %d"
                .formatted(queries.dimensions(), segment.dimensions()));
      }
    }
    int count = (int) Math.min(size(), Math.max(efSearch, depth + 1L));
    return IntStream.range(0, queries.size())
        .mapToObj(row -> nearestOfOne(queries.rows(row, row + 1), depth, count))
        .toList();
  }

  private TopNeighbours nearestOfOne(EmbeddingTile query, int depth, int count) {
    Candidates candidates = new Candidates(query.dimensions(), count);
    float[] vector = query.vector(0);
    segments.forEach(segment -> segment.propose(vector, count, candidates));
    return NeighbourSearch.nearest(query, candidates.tile(), depth).get(0);
  }

  @Override
  public void close() throws IOException {
    IOUtils.close(segments);
  }
}
