package org.contexture.stage;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.contexture.pipeline.StoredDataset;
import org.contexture.random.RandomStream;
import org.contexture.record.Embedding;
import org.contexture.record.EmbeddingLabel;
import org.contexture.shard.Shards;

/** A sample of embeddings that has every image of the classes in it. */
final class WholeClasses {
  private WholeClasses() {}

  /**
   * Draws classes by a seed until they have enough images, and reads them.
   *
   * @param atLeast how many images are enough; all, where there are fewer
   * @return the embeddings in the order of the dataset
   */
  static List<Embedding> draw(StoredDataset<Embedding> stored, int atLeast, long seed) {
    Map<Integer, List<Long>> records = new TreeMap<>();
    Shards<EmbeddingLabel> labels = stored.openAs(EmbeddingLabel.class);
    for (long record = 0; record < labels.size(); record++) {
      records
          .computeIfAbsent(labels.project(record).getLabel(), label -> new ArrayList<>())
          .add(record);
    }
    List<Integer> order = new ArrayList<>(records.keySet());
    order.sort(Comparator.comparingLong(label -> RandomStream.of(seed, label).nextLong()));
    List<Long> drawn = new ArrayList<>();
    for (int next = 0; next < order.size() && drawn.size() < atLeast; next++) {
      drawn.addAll(records.get(order.get(next)));
    }
    Shards<Embedding> all = stored.open();
    return drawn.stream().sorted().map(all::read).toList();
  }
}
