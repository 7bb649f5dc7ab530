package org.contexture.training;

import ai.djl.ndarray.NDManager;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.contexture.model.EmbeddingNetwork;
import org.contexture.retrieval.EmbeddingTile;
import org.contexture.retrieval.NeighbourSearch;
import org.contexture.retrieval.TopNeighbours;
import org.contexture.sampling.NearestExamples;

/** What lies near what among the training examples, by the embeddings of a network in training. */
final class NearestByNetwork implements NearestExamples {
  private final EmbeddedExamples examples;
  private final EmbeddingNetwork network;
  private final NDManager manager;

  NearestByNetwork(EmbeddedExamples examples, EmbeddingNetwork network, NDManager manager) {
    this.examples = examples;
    this.network = network;
    this.manager = manager;
  }

  @Override
  public int[][] nearest(int count) {
    EmbeddingTile tile = examples.by(network, manager);
    Map<Long, Integer> positions = new HashMap<>();
    for (int position = 0; position < tile.size(); position++) {
      positions.put(tile.id(position), position);
    }
    List<TopNeighbours> found = NeighbourSearch.nearest(tile, tile, Math.max(1, count - 1));
    int[][] nearest = new int[tile.size()][];
    for (int position = 0; position < nearest.length; position++) {
      TopNeighbours others = found.get(position);
      nearest[position] = new int[Math.min(count, 1 + others.size())];
      nearest[position][0] = position;
      for (int place = 1; place < nearest[position].length; place++) {
        nearest[position][place] = positions.get(others.id(place - 1));
      }
    }
    return nearest;
  }
}
