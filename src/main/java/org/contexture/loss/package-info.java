/**
 * Metric-learning losses over one batch of embeddings: values and gradients equal the reference
 * vectors. A plain library over DJL arrays: it knows nothing of networks, samplers or Beam.
 *
 * <p>{@link org.contexture.loss.LossFactory} makes the {@link org.contexture.loss.Loss} of a {@link
 * org.contexture.loss.LossConfig}; the loss evaluates a {@link org.contexture.loss.LossBatch}.
 *
 * <p>Every batch of finite embeddings gives every loss a finite value, finite gradients and a
 * gradient path to the embeddings:
 *
 * <ul>
 *   <li>One class only: there is nothing to push apart. Every ranking is perfect, so losses of
 *       average precision are 0, as are triplet, Circle, NT-Xent and N-pairs.
 *   <li>No two images of a class: there is nothing to pull together. Average precisions that count
 *       an image among its own positives are 1 where it is its own nearest; FastAP and RS@k, which
 *       leave images without others out, are 0, as are triplet, Circle, NT-Xent and N-pairs.
 *   <li>A batch smaller than a neighbourhood: the neighbourhood is the batch. A k of RS@k beyond
 *       the batch finds all of it, but for the smoothing.
 *   <li>Collapsed embeddings: all cosines are 1. What is 0/0 in the published code is defined, see
 *       {@code ContextualSimilarity}.
 *   <li>No active pair: the contrastive and the triplet loss, and multi-similarity with its miner,
 *       are 0 and so are their gradients.
 * </ul>
 *
 * <p>Losses with a vector per class need no pairs. {@link org.contexture.loss.BatchCondition} says
 * what is the matter with a batch that teaches nothing.
 *
 * <p>Everything made on the way belongs to the manager of the batch's embeddings, so that closing
 * one manager a step frees it all; learned arrays belong to the manager the loss was made with.
 */
package org.contexture.loss;
