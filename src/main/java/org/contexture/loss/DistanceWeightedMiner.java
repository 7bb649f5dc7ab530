package org.contexture.loss;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.contexture.loss.Triplets.Triplet;

/**
 * Draws negatives so that all distances are as likely, instead of the one that most points of a
 * sphere have from each other (Wu et al.: Sampling Matters in Deep Embedding Learning, ICCV 2017,
 * section 4.1). In float32, as the published code: where every weight of an anchor is too small for
 * it, that anchor is left out.
 */
final class DistanceWeightedMiner {
  private final float cutoff;
  private final float farthest;

  /**
   * A miner.
   *
   * @param cutoff distances below it count as it
   * @param farthest negatives at this distance or more are not drawn
   */
  DistanceWeightedMiner(double cutoff, double farthest) {
    this.cutoff = (float) cutoff;
    this.farthest = (float) farthest;
  }

  /**
   * How likely each image is as the negative of each anchor: rows that sum to 1, or NaN where an
   * anchor has no negative.
   *
   * @param distances of all pairs, row by row: N x N
   * @param dimensions of the embeddings
   */
  float[][] weights(float[] distances, int[] labels, int dimensions) {
    int size = labels.length;
    float[][] weights = new float[size][size];
    float largest = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        float distance = Math.max(distances[i * size + j], cutoff);
        float exponent =
            labels[i] == labels[j]
                ? 0
                : (float) ((2 - dimensions) * Math.log(distance))
                    - (float) ((dimensions - 3) / 2.0 * Math.log(1 - 0.25f * distance * distance));
        weights[i][j] = exponent;
        if (Float.isFinite(exponent)) {
          largest = Math.max(largest, exponent);
        }
      }
    }
    for (int i = 0; i < size; i++) {
      float sum = 0;
      for (int j = 0; j < size; j++) {
        boolean drawn =
            labels[i] != labels[j]
                && Math.max(distances[i * size + j], cutoff) < farthest
                && Float.isFinite(weights[i][j]);
        weights[i][j] = drawn ? (float) Math.exp(weights[i][j] - largest) : 0;
        sum += weights[i][j];
      }
      for (int j = 0; j < size; j++) {
        weights[i][j] /= sum;
      }
    }
    return weights;
  }

  /**
   * For each image as many triplets as its class has images in the batch, each of a positive drawn
   * evenly and a negative drawn by its weight.
   */
  Triplets draw(float[] distances, int[] labels, int dimensions, RandomGenerator random) {
    float[][] weights = weights(distances, labels, dimensions);
    List<Triplet> triplets = new ArrayList<>();
    for (int anchor = 0; anchor < labels.length; anchor++) {
      List<Integer> others = others(labels, anchor);
      if (others.isEmpty() || !(sum(weights[anchor]) > 0)) {
        continue;
      }
      for (int draw = 0; draw <= others.size(); draw++) {
        int positive = others.get(random.nextInt(others.size()));
        triplets.add(new Triplet(anchor, positive, draw(weights[anchor], random)));
      }
    }
    return new Triplets(triplets);
  }

  private static List<Integer> others(int[] labels, int anchor) {
    List<Integer> others = new ArrayList<>();
    for (int image = 0; image < labels.length; image++) {
      if (image != anchor && labels[image] == labels[anchor]) {
        others.add(image);
      }
    }
    return others;
  }

  private static int draw(float[] weights, RandomGenerator random) {
    double left = random.nextDouble() * sum(weights);
    int last = -1;
    for (int image = 0; image < weights.length; image++) {
      if (weights[image] > 0) {
        last = image;
        left -= weights[image];
        if (left < 0) {
          break;
        }
      }
    }
    return last;
  }

  private static double sum(float[] weights) {
    double sum = 0;
    for (float weight : weights) {
      sum += weight;
    }
    return sum;
  }
}
