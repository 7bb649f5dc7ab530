package org.contexture.retrieval.rerank;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The contextual similarity of the loss (Liao, Tsiligkaridis, Kulis: Supervised Metric Learning to
 * Rank for Retrieval via Contextual Similarity Optimization, ICML 2023), with all images in place
 * of a batch, mixed with the cosine similarity. {@code loss.ContextualSimilarity} says what its
 * parts are; their names are the same here.
 *
 * <p>A neighbourhood holds no more images than the graph knows neighbours and the image itself,
 * however many are within the slack.
 */
final class ContextualReranker implements Reranker {
  private static final int REMEMBERED = 1 << 14;

  private final NeighbourGraph graph;
  private final RerankMethod.Contextual options;
  private final RecentImages<Neighbourhood> neighbourhoods;

  ContextualReranker(NeighbourGraph graph, RerankMethod.Contextual options) {
    this.graph = graph;
    this.options = options;
    this.neighbourhoods = new RecentImages<>(REMEMBERED, this::neighbourhood);
  }

  /**
   * Who an image's neighbours are, itself included.
   *
   * @param near no farther than the k-th nearest and the slack
   * @param close no farther than the k/2-th nearest and the slack, the nearest first
   */
  private record Neighbourhood(Set<Long> near, List<Long> close) {}

  @Override
  public double[] similarities(long query, long[] candidates) {
    return Arrays.stream(candidates)
        .mapToDouble(
            candidate ->
                options.weight() * contextual(query, candidate)
                    + (1 - options.weight()) * graph.similarity(query, candidate))
        .toArray();
  }

  private double contextual(long image, long other) {
    return (expanded(image, other) + expanded(other, image)) / 2;
  }

  /** How near the other image is to the image and its mutual close neighbours on average. */
  private double expanded(long image, long other) {
    double sum = 0;
    int mutual = 0;
    for (long member : neighbourhoods.of(image).close()) {
      if (neighbourhoods.of(member).close().contains(image)) {
        sum += weight(member, other);
        mutual++;
      }
    }
    return sum / mutual;
  }

  private double weight(long image, long other) {
    Set<Long> near = neighbourhoods.of(image).near();
    if (!near.contains(other)) {
      return 0;
    }
    Set<Long> others = neighbourhoods.of(other).near();
    long both = near.stream().filter(others::contains).count();
    long strangers = graph.size() - near.size();
    double sharedNeighbours = (double) both / near.size();
    double sharedStrangers =
        strangers == 0 ? 0 : (double) (strangers - others.size() + both) / strangers;
    return (sharedNeighbours + sharedStrangers) / 2;
  }

  private Neighbourhood neighbourhood(long image) {
    int size = (int) Math.min(options.k(), graph.size());
    long[] others = graph.nearest(image, graph.depth());
    return new Neighbourhood(
        new HashSet<>(within(image, others, size)), within(image, others, Math.max(1, size / 2)));
  }

  /** The image and those no farther than the one of a rank, from 1 for itself, and the slack. */
  private List<Long> within(long image, long[] others, int rank) {
    double radius = rank == 1 ? 0 : distance(image, others[rank - 2]);
    List<Long> members = new ArrayList<>(List.of(image));
    for (long other : others) {
      if (distance(image, other) > radius + options.eps()) {
        break;
      }
      members.add(other);
    }
    return members;
  }

  private double distance(long image, long other) {
    return Math.max(0, 2 - 2 * graph.similarity(image, other));
  }
}
