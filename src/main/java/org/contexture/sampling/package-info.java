/**
 * Which training examples make up each batch of an epoch. A sampler is a pure function of its
 * arguments, the seed and the epoch, so that any batch of any epoch can be made again when training
 * resumes. A plain library: examples are positions in an array of labels.
 */
package org.contexture.sampling;
