/**
 * Metric-learning losses over one batch of embeddings: values and gradients equal the reference
 * vectors. A plain library over DJL arrays: it knows nothing of networks, samplers or Beam.
 *
 * <p>{@link org.contexture.loss.LossFactory} makes the {@link org.contexture.loss.Loss} of a {@link
 * org.contexture.loss.LossConfig}; the loss evaluates a {@link org.contexture.loss.LossBatch}.
 *
 * <p>Every batch of finite embeddings gives a finite loss with finite gradients and a gradient path
 * to the embeddings: one class only, singletons, a single image, collapsed embeddings, and batches
 * in which no pair is active, whose loss is 0.
 *
 * <p>Everything made on the way belongs to the manager of the batch's embeddings, so that closing
 * one manager a step frees it all; learned arrays belong to the manager the loss was made with.
 */
package org.contexture.loss;
