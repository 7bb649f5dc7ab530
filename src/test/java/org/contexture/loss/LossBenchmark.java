package org.contexture.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.contexture.model.Gradients;

/**
 * Milliseconds that each loss takes, forward and backward, for batches of 128 and 256 embeddings of
 * 512 numbers, four of a class: the median of several rounds. Where {@code python3} has torch, the
 * contextual loss also in the reference's formulation there, and how many times its time ours is.
 * Run, in the repository, on a machine with nothing else to do:
 *
 * <pre>
 * mvn -B -q test-compile
 * java -Dai.djl.offline=true -cp target/test-classes:target/classes:$(cat target/classpath) \
 *     org.contexture.loss.LossBenchmark
 * </pre>
 */
final class LossBenchmark {
  private static final int[] SIZES = {128, 256};
  private static final int DIMENSIONS = 512;
  private static final int IMAGES_PER_CLASS = 4;
  private static final int ROUNDS = 15;
  private static final String REFERENCE = "/org/contexture/loss/contextual_loss.py";

  private LossBenchmark() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    System.out.printf("%-24s %8s %8s%n", "loss, ms", "128", "256");
    for (LossName name : LossName.values()) {
      double small = milliseconds(name, SIZES[0]);
      double large = milliseconds(name, SIZES[1]);
      System.out.printf("%-24s %8.2f %8.2f%n", name.key(), small, large);
      if (name == LossName.CONTEXTUAL) {
        Optional<double[]> reference = reference();
        if (reference.isPresent()) {
          double[] times = reference.get();
          System.out.printf("%-24s %8.2f %8.2f%n", "  in Python's torch", times[0], times[1]);
          System.out.printf("%-24s %8.2f %8.2f%n", "  ratio", small / times[0], large / times[1]);
        } else {
          System.out.println("  no python3 with torch here to compare with");
        }
      }
    }
  }

  private static double milliseconds(LossName name, int size) {
    Random random = new Random(1);
    float[] values = new float[size * DIMENSIONS];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    int[] labels = new int[size];
    Arrays.setAll(labels, i -> i / IMAGES_PER_CLASS);
    double[] times = new double[ROUNDS];
    try (NDManager manager = NDManager.newBaseManager()) {
      Loss loss =
          LossFactory.create(
              LossConfig.of(name, Map.of()), size / IMAGES_PER_CLASS, DIMENSIONS, 0, manager);
      loss.parameters().values().forEach(parameter -> parameter.setRequiresGradient(true));
      for (int round = -ROUNDS; round < ROUNDS; round++) {
        long start = System.nanoTime();
        step(loss, values, labels, manager);
        if (round >= 0) {
          times[round] = (System.nanoTime() - start) / 1e6;
        }
      }
    }
    Arrays.sort(times);
    return times[ROUNDS / 2];
  }

  private static void step(Loss loss, float[] values, int[] labels, NDManager manager) {
    try (NDManager scope = manager.newSubManager();
        Gradients gradients = Gradients.record()) {
      NDArray embeddings = scope.create(values, new Shape(labels.length, DIMENSIONS));
      embeddings.setRequiresGradient(true);
      gradients.backward(loss.evaluate(LossBatch.of(embeddings, labels, 0)).total());
      loss.parameters().values().forEach(gradients::clear);
    }
  }

  /** The times of the reference for each size, if there is a Python to take them with. */
  private static Optional<double[]> reference() throws IOException, InterruptedException {
    Path script = Files.createTempFile("contextual_loss", ".py");
    try (var in = LossBenchmark.class.getResourceAsStream(REFERENCE)) {
      Files.write(script, in.readAllBytes());
      Process python =
          new ProcessBuilder("python3", script.toString())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String out = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (python.waitFor() != 0) {
        return Optional.empty();
      }
      return Optional.of(
          Arrays.stream(out.strip().split(" ")).mapToDouble(Double::parseDouble).toArray());
    } catch (IOException noPython) {
      return Optional.empty();
    } finally {
      Files.delete(script);
    }
  }
}
