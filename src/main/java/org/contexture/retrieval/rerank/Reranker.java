package org.contexture.retrieval.rerank;

/** Compares a query with images by more than their own two embeddings. Not thread-safe. */
public interface Reranker {

  /**
   * How similar some images are to a query; the numbers order images of one query and mean nothing
   * between queries.
   *
   * @param candidates ids of images, the query not among them
   * @return a finite number for each, in the same order
   */
  double[] similarities(long query, long[] candidates);
}
