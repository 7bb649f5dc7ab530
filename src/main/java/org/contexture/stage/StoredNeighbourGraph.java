package org.contexture.stage;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.contexture.failure.Failure;
import org.contexture.pipeline.StoredDataset;
import org.contexture.record.Embedding;
import org.contexture.record.EmbeddingLabel;
import org.contexture.record.Neighbour;
import org.contexture.record.Neighbours;
import org.contexture.record.NeighboursQuery;
import org.contexture.record.Split;
import org.contexture.retrieval.EmbeddingTile;
import org.contexture.retrieval.Roles;
import org.contexture.retrieval.rerank.NeighbourGraph;
import org.contexture.retrieval.rerank.RecentImages;
import org.contexture.shard.Shards;

/**
 * Who is near whom in a gallery, looked up image by image in what is stored. Where every record is
 * stays in memory, some hundred bytes an image, and of the images themselves those that were looked
 * up of late. Not thread-safe.
 */
final class StoredNeighbourGraph implements NeighbourGraph {
  private static final int REMEMBERED = 1 << 14;

  private final int depth;
  private final Shards<Embedding> embeddings;
  private final Shards<Neighbours> neighbours;
  private final Map<Long, Long> embeddingRecords = new HashMap<>();
  private final Map<Long, Long> neighboursRecords = new HashMap<>();
  private final RecentImages<EmbeddingTile> tiles = new RecentImages<>(REMEMBERED, this::read);
  private final RecentImages<long[]> lists = new RecentImages<>(REMEMBERED, this::readNearest);
  private long gallery;

  /**
   * Opens both datasets.
   *
   * @param neighbours of every image that is embedded
   * @param depth how many neighbours each has, if there are so many images
   */
  StoredNeighbourGraph(
      StoredDataset<Embedding> embeddings, StoredDataset<Neighbours> neighbours, int depth) {
    this.depth = depth;
    this.embeddings = embeddings.open();
    this.neighbours = neighbours.open();
    Shards<EmbeddingLabel> labels = embeddings.openAs(EmbeddingLabel.class);
    for (long record = 0; record < labels.size(); record++) {
      EmbeddingLabel label = labels.project(record);
      embeddingRecords.put(label.getId(), record);
      gallery += Roles.isSearched(label.getSplit()) ? 1 : 0;
    }
    Shards<NeighboursQuery> queries = neighbours.openAs(NeighboursQuery.class);
    for (long record = 0; record < queries.size(); record++) {
      neighboursRecords.put(queries.project(record).getQueryId(), record);
    }
  }

  /** Whether an image is asked, searched, or both. */
  Split split(long image) {
    return embeddings.read(recordOf(image, embeddingRecords)).getSplit();
  }

  @Override
  public long size() {
    return gallery;
  }

  @Override
  public int depth() {
    return depth;
  }

  @Override
  public long[] nearest(long image, int count) {
    long[] all = lists.of(image);
    return count < all.length ? Arrays.copyOf(all, count) : all;
  }

  @Override
  public EmbeddingTile embedding(long image) {
    return tiles.of(image);
  }

  private EmbeddingTile read(long image) {
    Embedding embedding = embeddings.read(recordOf(image, embeddingRecords));
    return EmbeddingTile.of(List.of(embedding));
  }

  private long[] readNearest(long image) {
    return neighbours.read(recordOf(image, neighboursRecords)).getNeighbours().stream()
        .limit(depth)
        .mapToLong(Neighbour::getId)
        .toArray();
  }

  private static long recordOf(long image, Map<Long, Long> records) {
    Long record = records.get(image);
    if (record == null) {
      throw Failure.data(
          "Image %d is among the neighbours of another and not among the images that were embedded"
              + " and asked. Make the neighbours again, of every image.",
          image);
    }
    return record;
  }
}
