package org.contexture.space;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.contexture.retrieval.EmbeddingTile;

/**
 * A map in which near images stay near: t-SNE (van der Maaten, Hinton: Visualizing data using
 * t-SNE, JMLR 9, 2008) with the exact gradient. It starts from the principal components, scaled
 * down (Kobak, Berens: The art of using t-SNE for single-cell transcriptomics, 2019), so nothing in
 * it is drawn by chance. Affinities beyond the nearest 3 × perplexity neighbours are taken for zero
 * (van der Maaten: Accelerating t-SNE using tree-based algorithms, JMLR 15, 2014, §4.1).
 *
 * <p>Time grows with the square of the number of images: some seconds for 2,500.
 */
public final class TSne {
  private static final int EXAGGERATED_STEPS = 250;
  private static final double EXAGGERATION = 12;
  private static final double LEAST_GAIN = 0.01;
  private static final double START_SPREAD = 1e-4;

  private final int images;
  private final int[][] neighbours;
  private final double[][] affinities;
  private final double[][] places;
  private final double[][] moves;
  private final double[][] gains;

  private TSne(EmbeddingTile tile, double perplexity) {
    images = tile.size();
    neighbours = new int[images][];
    affinities = new double[images][];
    places = start(tile);
    moves = new double[2][images];
    gains = new double[2][images];
    Arrays.fill(gains[0], 1);
    Arrays.fill(gains[1], 1);
    int nearest = (int) Math.min(images - 1, 3 * perplexity);
    IntStream.range(0, images)
        .parallel()
        .forEach(row -> findNeighbours(tile, row, nearest, Math.min(perplexity, nearest)));
    symmetrise();
  }

  /**
   * A map of the images of a tile.
   *
   * @param perplexity about how many neighbours an image has, at least 1
   * @param steps of gradient descent, more than 250
   * @return a place for each image, in the order of the rows, centred on the origin
   */
  public static List<PlanePoint> of(EmbeddingTile tile, double perplexity, int steps) {
    if (tile.size() < 4) {
      return PrincipalComponents.of(tile);
    }
    TSne map = new TSne(tile, perplexity);
    for (int step = 0; step < steps; step++) {
      map.step(step < EXAGGERATED_STEPS);
    }
    return map.points();
  }

  private static double[][] start(EmbeddingTile tile) {
    List<PlanePoint> components = PrincipalComponents.of(tile);
    double squares = 0;
    for (PlanePoint point : components) {
      squares += point.x() * point.x();
    }
    double deviation = Math.sqrt(squares / tile.size());
    double scale = deviation > 0 ? START_SPREAD / deviation : 0;
    double[][] places = new double[2][tile.size()];
    for (int row = 0; row < tile.size(); row++) {
      // Images in one place would never part.
      places[0][row] = components.get(row).x() * scale + row * 1e-9;
      places[1][row] = components.get(row).y() * scale;
    }
    return places;
  }

  /** The nearest of a row, and how they share its attention at the perplexity asked for. */
  private void findNeighbours(EmbeddingTile tile, int row, int count, double perplexity) {
    double[] distances = new double[images];
    for (int other = 0; other < images; other++) {
      double dot = 0;
      for (int i = 0; i < tile.dimensions(); i++) {
        dot += (double) tile.component(row, i) * tile.component(other, i);
      }
      distances[other] = Math.max(0, 2 - 2 * dot);
    }
    int[] nearest =
        IntStream.range(0, images)
            .filter(other -> other != row)
            .boxed()
            .sorted(Comparator.comparingDouble(other -> distances[other]))
            .limit(count)
            .mapToInt(Integer::intValue)
            .toArray();
    neighbours[row] = nearest;
    affinities[row] =
        shares(Arrays.stream(nearest).mapToDouble(other -> distances[other]).toArray(), perplexity);
  }

  /** Gaussian shares of squared distances, ascending, whose entropy is that of the perplexity. */
  private static double[] shares(double[] distances, double perplexity) {
    double wanted = StrictMath.log(perplexity);
    double low = 0;
    double high = Double.POSITIVE_INFINITY;
    double precision = 1;
    double[] shares = new double[distances.length];
    for (int attempt = 0; attempt < 60; attempt++) {
      double sum = 0;
      double weighted = 0;
      for (int i = 0; i < shares.length; i++) {
        shares[i] = StrictMath.exp(-precision * (distances[i] - distances[0]));
        sum += shares[i];
        weighted += shares[i] * (distances[i] - distances[0]);
      }
      double entropy = StrictMath.log(sum) + precision * weighted / sum;
      for (int i = 0; i < shares.length; i++) {
        shares[i] /= sum;
      }
      if (Math.abs(entropy - wanted) < 1e-6) {
        break;
      }
      if (entropy > wanted) {
        low = precision;
        precision = Double.isInfinite(high) ? precision * 2 : (low + high) / 2;
      } else {
        high = precision;
        precision = (low + high) / 2;
      }
    }
    return shares;
  }

  /** Makes the affinities of two images the mean of what each has for the other, in all 1. */
  private void symmetrise() {
    List<List<Integer>> others = new ArrayList<>();
    List<List<Double>> shares = new ArrayList<>();
    for (int row = 0; row < images; row++) {
      others.add(new ArrayList<>());
      shares.add(new ArrayList<>());
    }
    for (int row = 0; row < images; row++) {
      for (int i = 0; i < neighbours[row].length; i++) {
        double half = affinities[row][i] / (2.0 * images);
        int other = neighbours[row][i];
        others.get(row).add(other);
        shares.get(row).add(half);
        others.get(other).add(row);
        shares.get(other).add(half);
      }
    }
    for (int row = 0; row < images; row++) {
      neighbours[row] = others.get(row).stream().mapToInt(Integer::intValue).toArray();
      affinities[row] = shares.get(row).stream().mapToDouble(Double::doubleValue).toArray();
    }
  }

  private void step(boolean early) {
    double exaggeration = early ? EXAGGERATION : 1;
    double momentum = early ? 0.5 : 0.8;
    double rate = Math.max(images / EXAGGERATION / 4, 50);
    double[][] repulsion = new double[3][images];
    IntStream.range(0, images).parallel().forEach(row -> repel(row, repulsion));
    double total = 0;
    for (double sum : repulsion[2]) {
      total += sum;
    }
    double[][] gradient = new double[2][images];
    for (int row = 0; row < images; row++) {
      gradient[0][row] = -4 * repulsion[0][row] / total;
      gradient[1][row] = -4 * repulsion[1][row] / total;
      attract(row, exaggeration, gradient);
    }
    move(gradient, momentum, rate);
  }

  /** Sums over all others of q²(y − y') and of q, where q = 1 / (1 + |y − y'|²). */
  private void repel(int row, double[][] sums) {
    double[] xs = places[0];
    double[] ys = places[1];
    double x = xs[row];
    double y = ys[row];
    double alongX = 0;
    double alongY = 0;
    double total = -1; // of the image with itself
    for (int other = 0; other < images; other++) {
      double dx = x - xs[other];
      double dy = y - ys[other];
      double q = 1 / (1 + dx * dx + dy * dy);
      total += q;
      alongX += q * q * dx;
      alongY += q * q * dy;
    }
    sums[0][row] = alongX;
    sums[1][row] = alongY;
    sums[2][row] = total;
  }

  private void attract(int row, double exaggeration, double[][] gradient) {
    for (int i = 0; i < neighbours[row].length; i++) {
      int other = neighbours[row][i];
      double dx = places[0][row] - places[0][other];
      double dy = places[1][row] - places[1][other];
      double pull = 4 * exaggeration * affinities[row][i] / (1 + dx * dx + dy * dy);
      gradient[0][row] += pull * dx;
      gradient[1][row] += pull * dy;
    }
  }

  private void move(double[][] gradient, double momentum, double rate) {
    for (int axis = 0; axis < 2; axis++) {
      double sum = 0;
      for (int row = 0; row < images; row++) {
        boolean turned = Math.signum(gradient[axis][row]) == Math.signum(moves[axis][row]);
        gains[axis][row] =
            Math.max(LEAST_GAIN, turned ? gains[axis][row] * 0.8 : gains[axis][row] + 0.2);
        moves[axis][row] =
            momentum * moves[axis][row] - rate * gains[axis][row] * gradient[axis][row];
        places[axis][row] += moves[axis][row];
        sum += places[axis][row];
      }
      double mean = sum / images;
      for (int row = 0; row < images; row++) {
        places[axis][row] -= mean;
      }
    }
  }

  private List<PlanePoint> points() {
    return IntStream.range(0, images)
        .mapToObj(row -> new PlanePoint(places[0][row], places[1][row]))
        .toList();
  }
}
