package org.contexture.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.contexture.retrieval.hnsw.HnswIndex;

/** Compares a query with some images of a gallery, which an index proposes. */
public final class ApproximateSearch implements NearestImages {
  private final HnswIndex index;
  private final int efSearch;

  /**
   * The search of an index, which it closes.
   *
   * @param index of at least one image
   * @param efSearch how many candidates are looked for: the more, the fewer nearest images are
   *     missed and the longer it takes
   */
  public ApproximateSearch(HnswIndex index, int efSearch) {
    this.index = index;
    this.efSearch = efSearch;
  }

  @Override
  public int dimensions() {
    return index.dimensions();
  }

  @Override
  public List<List<Match>> nearest(float[][] queries, int depth) {
    return QueryTile.matches(index.nearest(QueryTile.of(queries, dimensions()), depth, efSearch));
  }

  @Override
  public void close() {
    try {
      index.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
