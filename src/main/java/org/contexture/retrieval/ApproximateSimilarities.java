package org.contexture.retrieval;

import java.util.Arrays;

/**
 * Similarities of some queries to some gallery images in float32: fast, and wrong by at most {@link
 * #error}. They tell which pairs are worth the exact similarity and nothing else, so results do not
 * depend on how they are computed.
 *
 * <p>The gallery block is transposed into slabs of {@value #SLAB} components small enough for the
 * first-level cache, and the inner loop runs over the images of the block: that is the form that
 * the JVM's compiler turns into vector instructions, which it does not do for a dot product, since
 * a float sum has its order. Its register allocation and unrolling limits settle the shape: four
 * components at once, one query (found by trying; wider bodies stay scalar).
 */
public final class ApproximateSimilarities {
  /** How many gallery images a block holds. */
  public static final int BLOCK = 512;

  /** How many queries a group holds. */
  public static final int GROUP = 256;

  private static final int SLAB = 16;

  private final EmbeddingTile queries;
  private final EmbeddingTile gallery;
  private final float[][] slab = new float[SLAB][BLOCK];
  private final float[] factors = new float[SLAB];
  private final float[][] similarities;

  /** A workspace for the similarities of these queries to these images. */
  public ApproximateSimilarities(EmbeddingTile queries, EmbeddingTile gallery) {
    this.queries = queries;
    this.gallery = gallery;
    this.similarities = new float[Math.min(GROUP, queries.size())][BLOCK];
  }

  /**
   * How far a similarity in float32 can be from the exact one: γ(n) = nu / (1 - nu) times the
   * lengths of the vectors, whatever the order of summation (Higham, Accuracy and Stability of
   * Numerical Algorithms, §3.1), u = 2⁻²⁴. The factor covers the denominator and lengths a little
   * over one, the few more terms cover underflow and the rounding of the exact sum.
   */
  public static double error(int dimensions) {
    return 1.01 * (dimensions + 8) * 0x1p-24;
  }

  /** Computes the group that starts at a query against the block that starts at a gallery image. */
  public void compute(int firstQuery, int firstImage) {
    int group = Math.min(GROUP, queries.size() - firstQuery);
    for (int query = 0; query < group; query++) {
      Arrays.fill(similarities[query], 0);
    }
    for (int component = 0; component < queries.dimensions(); component += SLAB) {
      transpose(firstImage, component);
      for (int query = 0; query < group; query++) {
        multiply(firstQuery + query, component, similarities[query]);
      }
    }
  }

  /** The similarities of a query of the group to the images of the block. */
  public float[] of(int queryInGroup) {
    return similarities[queryInGroup];
  }

  private void transpose(int firstImage, int firstComponent) {
    float[] vectors = gallery.vectors();
    int images = Math.min(BLOCK, gallery.size() - firstImage);
    int components = Math.min(SLAB, gallery.dimensions() - firstComponent);
    for (int image = 0; image < images; image++) {
      int from = (firstImage + image) * gallery.dimensions() + firstComponent;
      for (int component = 0; component < components; component++) {
        slab[component][image] = vectors[from + component];
      }
    }
  }

  private void multiply(int query, int firstComponent, float[] sums) {
    int components = Math.min(SLAB, queries.dimensions() - firstComponent);
    int from = query * queries.dimensions() + firstComponent;
    System.arraycopy(queries.vectors(), from, factors, 0, components);
    Arrays.fill(factors, components, SLAB, 0);
    for (int i = 0; i < components; i += 4) {
      multiplyFour(
          factors[i],
          factors[i + 1],
          factors[i + 2],
          factors[i + 3],
          slab[i],
          slab[i + 1],
          slab[i + 2],
          slab[i + 3],
          sums);
    }
  }

  private static void multiplyFour(
      float a,
      float b,
      float c,
      float d,
      float[] x,
      float[] y,
      float[] z,
      float[] w,
      float[] sums) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += a * x[i] + b * y[i] + c * z[i] + d * w[i];
    }
  }
}
