/**
 * Rankings put into another order by what their images have near them: a plain library above {@link
 * org.contexture.retrieval}.
 *
 * <p><b>The images.</b> A query is compared among the gallery and itself, and nothing else: what
 * other queries there are changes no result. Where each image is asked among all others, that is
 * all images. {@link org.contexture.retrieval.rerank.NeighbourGraph} says who is near whom there.
 *
 * <p><b>The order.</b> The nearest images of a query are ordered anew by descending similarity as a
 * method computes it, equal ones as they were before; who is farther keeps its rank. Sums are taken
 * in an order that depends on the images alone, and powers come from {@link StrictMath}, so results
 * are the same bit for bit on every machine.
 *
 * <p><b>Composition.</b> A {@link org.contexture.retrieval.rerank.RerankMethod} over a graph is a
 * {@link org.contexture.retrieval.rerank.Reranker}, which {@link
 * org.contexture.retrieval.rerank.RerankedNeighbours} puts to use.
 */
package org.contexture.retrieval.rerank;
