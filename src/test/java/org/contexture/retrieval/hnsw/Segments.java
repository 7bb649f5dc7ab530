package org.contexture.retrieval.hnsw;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.contexture.record.HnswSegment;
import org.contexture.retrieval.EmbeddingTile;

/** Writes segments for tests. */
final class Segments {
  private Segments() {}

  /** Makes all images of a tile a segment, in their order. */
  static HnswSegment write(
      Path directory, String name, EmbeddingTile images, HnswParameters parameters)
      throws IOException {
    try (HnswSegmentWriter writer =
        HnswSegmentWriter.create(directory, name, images.size(), images.dimensions(), parameters)) {
      for (int row = 0; row < images.size(); row++) {
        writer.add(images.vector(row));
      }
      writer.finish();
      return HnswSegment.newBuilder()
          .setName(name)
          .setDimensions(images.dimensions())
          .setIds(IntStream.range(0, images.size()).mapToObj(images::id).toList())
          .setLabels(IntStream.range(0, images.size()).mapToObj(images::label).toList())
          .setFirsts(writer.firsts())
          .build();
    }
  }
}
