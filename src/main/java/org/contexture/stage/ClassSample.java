package org.contexture.stage;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.contexture.pipeline.StoredDataset;
import org.contexture.random.RandomStream;
import org.contexture.record.Embedding;
import org.contexture.record.EmbeddingLabel;
import org.contexture.shard.Shards;

/**
 * A sample of embeddings by classes, so that it has pairs of the same class: every image of the
 * classes in it, but of a large class no more than a tenth of the sample, so that a few such are
 * not all of it. Where there are fewer than ten classes, each may have its share.
 */
final class ClassSample {
  private static final int LEAST_CLASSES = 10;

  private ClassSample() {}

  /**
   * Draws classes by a seed until they have enough images, and reads them.
   *
   * @param atLeast how many images are enough; there may be a tenth more, and are fewer where most
   *     classes are small and the others too large
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
    int shares = Math.min(LEAST_CLASSES, Math.max(1, records.size()));
    int mostOfAClass = (atLeast + shares - 1) / shares;
    List<Long> drawn = new ArrayList<>();
    for (int label : byChance(List.copyOf(records.keySet()), seed, Integer::longValue)) {
      if (drawn.size() >= atLeast) {
        break;
      }
      List<Long> images = byChance(records.get(label), seed, Long::longValue);
      drawn.addAll(images.subList(0, Math.min(mostOfAClass, images.size())));
    }
    Shards<Embedding> all = stored.open();
    return drawn.stream().sorted().map(all::read).toList();
  }

  private static <T> List<T> byChance(List<T> all, long seed, ToLongFunction<T> number) {
    Map<T, Long> ranks = new HashMap<>();
    all.forEach(one -> ranks.put(one, RandomStream.of(seed, number.applyAsLong(one)).nextLong()));
    return all.stream().sorted(Comparator.comparing(ranks::get)).toList();
  }
}
