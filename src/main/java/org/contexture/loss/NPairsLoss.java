package org.contexture.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/**
 * Cross entropy that tells the partner of an image from the partners of other classes' images: the
 * first image of each class is the anchor, its second one the partner (Sohn: Improved Deep Metric
 * Learning with Multi-class N-pair Loss Objective, NIPS 2016, equation 7). No class with two
 * images: 0.
 */
final class NPairsLoss implements Loss {
  static final String TERM = "n_pairs";

  private final Vectors vectors;

  /** What dot products are taken of. */
  enum Vectors {
    UNIT,
    /** As the network makes them; PML's {@code normalize_embeddings=False}. */
    RAW
  }

  /** Positions of two images of a class in a batch. */
  record Pair(int anchor, int partner) {}

  NPairsLoss(Vectors vectors) {
    this.vectors = vectors;
  }

  @Override
  public LossValue evaluate(LossBatch batch) {
    NDArray embeddings =
        switch (vectors) {
          case UNIT -> batch.unitEmbeddings();
          case RAW -> batch.embeddings();
        };
    List<Pair> pairs = pairs(batch);
    if (pairs.isEmpty()) {
      return LossValue.of(TERM, Scaling.times(embeddings.sum(), 0f));
    }
    NDArray logits = logits(batch, embeddings, pairs);
    NDArray targets = batch.manager().arange(pairs.size()).reshape(-1, 1);
    return LossValue.of(TERM, logits.logSoftmax(1).gather(targets, 1).mean().neg());
  }

  /**
   * The dot product of each anchor with each partner, less the largest of the anchor's, which
   * changes no softmax. Dot products of raw vectors can be in the hundreds, where float32 is too
   * coarse for what a softmax makes of them: they are in float64, and only their differences are
   * not. Products with other types and sums in place are the two casts that gradients survive.
   */
  private static NDArray logits(LossBatch batch, NDArray embeddings, List<Pair> pairs) {
    NDArray wide = embeddings.mul(batch.manager().ones(new Shape(1, 1), DataType.FLOAT64));
    NDArray products =
        select(batch, pairs, Pair::anchor)
            .matMul(wide)
            .matMul(select(batch, pairs, Pair::partner).matMul(wide).transpose());
    int[] partners = {1};
    NDArray differences = products.sub(products.max(partners, true).stopGradient());
    return batch.manager().zeros(differences.getShape()).addi(differences);
  }

  /** The positions of the first two images of every class that has them, by class. */
  static List<Pair> pairs(LossBatch batch) {
    int[] labels = batch.classes();
    SortedMap<Integer, List<Integer>> members = new TreeMap<>();
    for (int i = 0; i < labels.length; i++) {
      members.computeIfAbsent(labels[i], label -> new ArrayList<>()).add(i);
    }
    return members.values().stream()
        .filter(images -> images.size() > 1)
        .map(images -> new Pair(images.get(0), images.get(1)))
        .toList();
  }

  /** A matrix that takes the rows of one side of the pairs out of another. */
  private static NDArray select(LossBatch batch, List<Pair> pairs, ToIntFunction<Pair> side) {
    double[] ones = new double[pairs.size() * batch.size()];
    for (int row = 0; row < pairs.size(); row++) {
      ones[row * batch.size() + side.applyAsInt(pairs.get(row))] = 1;
    }
    return batch.manager().create(ones, new Shape(pairs.size(), batch.size()));
  }
}
