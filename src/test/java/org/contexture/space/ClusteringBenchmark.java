package org.contexture.space;

import java.util.Random;
import java.util.stream.IntStream;
import org.contexture.retrieval.EmbeddingTile;

/**
 * How long k-means takes on as many images as Stanford Online Products tests on (60,502 of 512
 * numbers, 11,316 classes), and NMI and AMI of what it finds. Arguments are other numbers of
 * images, classes and iterations. Run, in the repository:
 *
 * <pre>
 * mvn -B -q test-compile
 * java -Xmx4g -cp target/test-classes:target/classes:$(cat target/classpath) \
 *     org.contexture.space.ClusteringBenchmark
 * </pre>
 */
final class ClusteringBenchmark {
  private static final int DIMENSIONS = 512;
  private static final int TILE = 4096;
  private static final double NOISE = 1.5;

  private ClusteringBenchmark() {}

  /** Prints the times. */
  public static void main(String[] arguments) {
    int images = argument(arguments, 0, 60_502);
    int classes = argument(arguments, 1, 11_316);
    int iterations = argument(arguments, 2, 20);
    int[] labels = IntStream.range(0, images).map(image -> image % classes).toArray();
    ImageTiles tiles = new InTiles(images(labels, classes), TILE);

    long start = System.nanoTime();
    int[] clusters = KMeans.cluster(tiles, classes, iterations, 1);
    double clustering = (System.nanoTime() - start) / 1e9;
    start = System.nanoTime();
    ClusterAgreement agreement = new ClusterAgreement(labels, clusters);
    double normalised = agreement.normalised();
    double adjusted = agreement.adjusted();
    double agreeing = (System.nanoTime() - start) / 1e9;

    System.out.printf(
        "%d images, %d clusters, at most %d iterations: %.1f s, at most %.1f Gflop/s%n",
        images,
        classes,
        iterations,
        clustering,
        2e-9 * images * classes * DIMENSIONS * iterations / clustering);
    System.out.printf("NMI %.4f and AMI %.4f: %.2f s%n", normalised, adjusted, agreeing);
  }

  private static int argument(String[] arguments, int place, int otherwise) {
    return arguments.length > place ? Integer.parseInt(arguments[place]) : otherwise;
  }

  /** Images around a random centre for each class. */
  private static EmbeddingTile images(int[] labels, int classes) {
    Random random = new Random(1);
    float[][] centres = new float[classes][DIMENSIONS];
    for (float[] centre : centres) {
      for (int i = 0; i < DIMENSIONS; i++) {
        centre[i] = (float) random.nextGaussian();
      }
    }
    float[] vectors = new float[Math.multiplyExact(labels.length, DIMENSIONS)];
    for (int image = 0; image < labels.length; image++) {
      double squares = 0;
      for (int i = 0; i < DIMENSIONS; i++) {
        float value = (float) (centres[labels[image]][i] + NOISE * random.nextGaussian());
        vectors[image * DIMENSIONS + i] = value;
        squares += (double) value * value;
      }
      for (int i = 0; i < DIMENSIONS; i++) {
        vectors[image * DIMENSIONS + i] /= (float) Math.sqrt(squares);
      }
    }
    return EmbeddingTile.of(
        IntStream.range(0, labels.length).asLongStream().toArray(), labels, vectors, DIMENSIONS);
  }
}
