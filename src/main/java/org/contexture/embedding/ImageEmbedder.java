package org.contexture.embedding;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.contexture.image.ImageDecoder;
import org.contexture.image.ImageException;
import org.contexture.image.Normalisation;
import org.contexture.image.Resize;
import org.contexture.image.TestView;
import org.contexture.model.EmbeddingNetwork;
import org.contexture.model.FoldedNetwork;
import org.contexture.model.ModelConfig;
import org.contexture.model.Precision;

/** A network with the way it sees an image: encoded pictures in, unit vectors out. */
public final class ImageEmbedder implements AutoCloseable {
  private final NDManager manager;
  private final FoldedNetwork network;
  private final TestView view;

  private ImageEmbedder(NDManager manager, FoldedNetwork network, TestView view) {
    this.manager = manager;
    this.network = network;
    this.view = view;
  }

  /**
   * Loads a network.
   *
   * @param precision what it computes in
   * @param weights what a checkpoint holds
   * @param resize what is done to an image before its middle is cut out
   * @throws org.contexture.failure.Failure (data) if the weights are not those of the network
   */
  public static ImageEmbedder load(
      ModelConfig model, Precision precision, byte[] weights, Resize resize) {
    NDManager manager = NDManager.newBaseManager();
    try (EmbeddingNetwork network =
        EmbeddingNetwork.load(model, precision, ByteBuffer.wrap(weights), manager)) {
      return new ImageEmbedder(
          manager, network.folded(manager), new TestView(resize, model.inputSize()));
    } catch (RuntimeException unfit) {
      manager.close();
      throw unfit;
    }
  }

  /** Numbers in an embedding. */
  public int dimensions() {
    return network.config().embeddingSize();
  }

  /**
   * What the network sees of a picture, on whichever thread.
   *
   * @param encoded a whole PNG or JPEG file
   * @return 3 × input size × input size numbers
   * @throws ImageException if it cannot be decoded or resized
   */
  public float[] seen(byte[] encoded) throws ImageException {
    float[] pixels = new float[3 * view.size() * view.size()];
    Normalisation.write(view.apply(new ImageDecoder().decode(encoded)), pixels, 0);
    return pixels;
  }

  /**
   * Embeds a batch. A picture alone goes through the network twice: for a batch of one PyTorch
   * takes NNPACK, which warns with each convolution on a processor that it does not know.
   *
   * @param seen what {@link #seen} gave, at least one
   * @return a unit vector for each
   */
  public float[][] embed(float[][] seen) {
    float[][] batch = seen.length == 1 ? new float[][] {seen[0], seen[0]} : seen;
    int size = view.size();
    float[] pixels = new float[batch.length * batch[0].length];
    for (int i = 0; i < batch.length; i++) {
      System.arraycopy(batch[i], 0, pixels, i * batch[i].length, batch[i].length);
    }
    float[] vectors;
    try (NDManager step = manager.newSubManager()) {
      NDArray images = step.create(pixels, new Shape(batch.length, 3, size, size));
      vectors = network.embed(images).toFloatArray();
    }
    float[][] rows = new float[seen.length][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Arrays.copyOfRange(vectors, i * dimensions(), (i + 1) * dimensions());
    }
    return rows;
  }

  /** Frees the native memory. */
  @Override
  public void close() {
    network.close();
    manager.close();
  }
}
