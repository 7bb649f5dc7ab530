/**
 * Metric-learning losses over one batch of embeddings: values and gradients equal the reference
 * vectors. A plain library over DJL arrays: it knows nothing of networks, samplers or Beam.
 */
package org.contexture.loss;
