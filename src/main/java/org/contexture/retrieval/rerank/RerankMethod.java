package org.contexture.retrieval.rerank;

import java.io.Serializable;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A way to put rankings into another order, with its options. */
public sealed interface RerankMethod extends Serializable {

  /** The name in experiment files and settings. */
  String key();

  /** The name in a sentence. */
  String title();

  /** The options by the names they have there. */
  SortedMap<String, Number> options();

  /** How many neighbours of each image it has to know, at least 1. */
  int neighbourhood();

  /** The method among the images of a graph, which knows enough neighbours. */
  Reranker over(NeighbourGraph graph);

  /**
   * See {@link KReciprocalReranker}.
   *
   * @param k1 how many neighbours an image has
   * @param k2 over how many images, itself included, an encoding is averaged
   * @param lambda the share of the cosine similarity in the result, 0 to 1
   */
  record KReciprocal(int k1, int k2, double lambda) implements RerankMethod {
    @Override
    public String key() {
      return "k_reciprocal";
    }

    @Override
    public String title() {
      return "k-reciprocal encoding";
    }

    @Override
    public SortedMap<String, Number> options() {
      return new TreeMap<>(Map.of("k1", k1, "k2", k2, "lambda", lambda));
    }

    @Override
    public int neighbourhood() {
      return Math.max(k1, k2 - 1);
    }

    @Override
    public Reranker over(NeighbourGraph graph) {
      return new KReciprocalReranker(graph, this);
    }
  }

  /**
   * See {@link QueryExpansionReranker}.
   *
   * @param neighbours how many images are added to the query
   * @param alpha the power of their similarity that they are added with
   */
  record QueryExpansion(int neighbours, double alpha) implements RerankMethod {
    @Override
    public String key() {
      return "query_expansion";
    }

    @Override
    public String title() {
      return "α-query expansion";
    }

    @Override
    public SortedMap<String, Number> options() {
      return new TreeMap<>(Map.of("neighbours", neighbours, "alpha", alpha));
    }

    @Override
    public int neighbourhood() {
      return neighbours;
    }

    @Override
    public Reranker over(NeighbourGraph graph) {
      return new QueryExpansionReranker(graph, this);
    }
  }

  /**
   * See {@link ContextualReranker}.
   *
   * @param k how many images a neighbourhood has, the image itself included
   * @param eps how much farther than the k-th nearest a neighbour may be, in squared distance
   * @param weight the share of the contextual similarity in the result, 0 to 1; the rest is the
   *     cosine similarity
   */
  record Contextual(int k, double eps, double weight) implements RerankMethod {
    @Override
    public String key() {
      return "contextual";
    }

    @Override
    public String title() {
      return "contextual similarity";
    }

    @Override
    public SortedMap<String, Number> options() {
      return new TreeMap<>(Map.of("k", k, "eps", eps, "weight", weight));
    }

    @Override
    public int neighbourhood() {
      return k;
    }

    @Override
    public Reranker over(NeighbourGraph graph) {
      return new ContextualReranker(graph, this);
    }
  }
}
