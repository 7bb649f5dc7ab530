package org.contexture.retrieval.rerank;

import java.util.Arrays;
import org.contexture.retrieval.EmbeddingTile;

/**
 * α-query expansion (Radenović, Tolias, Chum: Fine-tuning CNN Image Retrieval with No Human
 * Annotation, TPAMI 2018): the query is replaced by its sum with its nearest images, each times the
 * α-th power of its similarity, made a unit vector. Similarities below 0 count as 0.
 *
 * <p>The paper asks the whole gallery again; here only the candidates are compared with the sum.
 */
final class QueryExpansionReranker implements Reranker {
  private final NeighbourGraph graph;
  private final RerankMethod.QueryExpansion options;

  QueryExpansionReranker(NeighbourGraph graph, RerankMethod.QueryExpansion options) {
    this.graph = graph;
    this.options = options;
  }

  @Override
  public double[] similarities(long query, long[] candidates) {
    double[] expanded = new double[graph.embedding(query).dimensions()];
    add(graph.embedding(query), 1, expanded);
    for (long near : graph.nearest(query, options.neighbours())) {
      double similarity = Math.max(0, graph.similarity(query, near));
      add(graph.embedding(near), StrictMath.pow(similarity, options.alpha()), expanded);
    }
    double squares = 0;
    for (double component : expanded) {
      squares += component * component;
    }
    double length = Math.sqrt(squares);
    return Arrays.stream(candidates)
        .mapToDouble(candidate -> product(expanded, graph.embedding(candidate)) / length)
        .toArray();
  }

  private static void add(EmbeddingTile image, double weight, double[] sum) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += weight * image.component(0, i);
    }
  }

  private static double product(double[] vector, EmbeddingTile image) {
    double sum = 0;
    for (int i = 0; i < vector.length; i++) {
      sum += vector[i] * image.component(0, i);
    }
    return sum;
  }
}
