package org.contexture.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.contexture.failure.Failure;
import org.contexture.model.NetworkDefinition.Statistics;

/**
 * A network that maps images to rows of length one. It owns its tensors, float32 arrays under their
 * torchvision names, which optimisers change in place; those of convolutions lie in memory as
 * convolutions take them, which may not be row-major. They never require gradients themselves: each
 * {@link #forward} differentiates with respect to aliases of its own, so nothing of a step outlives
 * the manager of its images.
 */
public final class EmbeddingNetwork implements AutoCloseable {
  static final String LIST_NAME = TorchScriptModule.listName("p");

  private final ModelConfig config;
  private final NetworkDefinition definition;
  private final List<StateEntry> floatEntries;
  private final NDManager manager;
  private final TorchScriptModule module;
  private final SortedMap<String, NDArray> tensors = new TreeMap<>();
  private final SortedMap<String, Long> batchesTracked = new TreeMap<>();

  private EmbeddingNetwork(
      ModelConfig config,
      NetworkDefinition definition,
      BiConsumer<StateEntry, ByteBuffer> weights,
      NDManager parent) {
    this.config = config;
    this.definition = definition;
    floatEntries = definition.floatEntries();
    manager = parent.newSubManager();
    Set<String> methods = new TreeSet<>();
    methods.add(Statistics.BATCH.method());
    methods.add(Statistics.RUNNING.method());
    floatEntries.forEach(entry -> methods.add(definition.keeping(entry)));
    try {
      module =
          TorchScriptModule.load(
              NetworkDefinition.CLASS_NAME, definition.source(), manager, methods);
      keep(weights);
    } catch (RuntimeException failed) {
      manager.close();
      throw failed;
    }
  }

  /** Brings one tensor after another through the same native memory. */
  private void keep(BiConsumer<StateEntry, ByteBuffer> weights) {
    long largest = floatEntries.stream().mapToLong(entry -> entry.layout().bytes()).max().orElse(0);
    ByteBuffer passage =
        ByteBuffer.allocateDirect(Math.toIntExact(largest)).order(ByteOrder.LITTLE_ENDIAN);
    for (StateEntry entry : definition.entries()) {
      passage.clear();
      weights.accept(entry, passage.limit(Math.toIntExact(entry.layout().bytes())));
      passage.flip();
      if (entry.isFloat()) {
        try (NDArray given = manager.create(passage, new Shape(entry.shape()), DataType.FLOAT32)) {
          // With gradients: what is made without cannot be changed in place.
          NDArray tensor = module.call(definition.keeping(entry), new NDList(given), true);
          tensor.setName(LIST_NAME);
          tensors.put(entry.name(), tensor);
        }
      } else {
        batchesTracked.put(entry.name(), passage.getLong());
      }
    }
  }

  /**
   * A network with given weights.
   *
   * @param precision of what it computes; its weights are float32
   * @param weights what {@link #weights} or {@link InitialWeights} wrote, from position to limit
   * @param parent lives longer than the network
   * @throws Failure (data) naming every tensor that is missing, unexpected or of another shape
   */
  public static EmbeddingNetwork load(
      ModelConfig config, Precision precision, ByteBuffer weights, NDManager parent) {
    SortedMap<String, TensorData> given = Safetensors.parse(weights, "the checkpoint").tensors();
    return of(config, NetworkDefinition.of(config, precision), given, parent);
  }

  static EmbeddingNetwork of(
      ModelConfig config,
      NetworkDefinition definition,
      SortedMap<String, TensorData> given,
      NDManager parent) {
    SortedMap<String, TensorData> weights =
        StateDict.conform(given, definition.entries(), config, "the checkpoint");
    return new EmbeddingNetwork(
        config,
        definition,
        (entry, elements) -> elements.put(weights.get(entry.name()).data()),
        parent);
  }

  /**
   * A network with the weights of {@link InitialWeights#random}, which Java's memory never holds.
   *
   * @param precision of what it computes; its weights are float32
   * @param parent lives longer than the network
   */
  public static EmbeddingNetwork random(
      ModelConfig config, Precision precision, long seed, NDManager parent) {
    return new EmbeddingNetwork(
        config,
        NetworkDefinition.of(config, precision),
        (entry, elements) -> InitialWeights.draw(entry, config, seed, elements),
        parent);
  }

  public ModelConfig config() {
    return config;
  }

  /**
   * The network as it is now, to embed with: what then changes its tensors does not change that.
   *
   * @param parent lives longer than the result
   */
  public FoldedNetwork folded(NDManager parent) {
    return FoldedNetwork.of(
        config,
        definition.source(),
        floatEntries.stream().map(entry -> tensors.get(entry.name())).toList(),
        parent);
  }

  /**
   * Embeds images so that {@link Gradients#backward} reaches the parameters that train in this
   * mode. In {@link BatchNormMode#TRAINING} it also updates the running statistics.
   *
   * @param images N × 3 × input size × input size, float32, normalised; all arrays of the pass
   *     belong to their manager
   */
  public ForwardPass forward(NDArray images, BatchNormMode mode) {
    return forward(images, mode, TrainedPart.ALL);
  }

  /**
   * Embeds images as {@link #forward(NDArray, BatchNormMode)}, with gradients for a part of the
   * network. Nothing is recorded of what comes before it, so that going back costs less. Running
   * statistics follow the mode alone, as they do in the reference where parameters are frozen.
   *
   * @param images N × 3 × input size × input size, float32, normalised; all arrays of the pass
   *     belong to their manager
   */
  public ForwardPass forward(NDArray images, BatchNormMode mode, TrainedPart part) {
    checkImages(images, config);
    Statistics statistics = mode == BatchNormMode.TRAINING ? Statistics.BATCH : Statistics.RUNNING;
    NDList inputs = new NDList(images);
    SortedMap<String, NDArray> leaves = new TreeMap<>();
    for (StateEntry entry : floatEntries) {
      NDArray tensor = tensors.get(entry.name());
      if (entry.trains(mode) && part.contains(entry)) {
        NDArray leaf = tensor.stopGradient();
        leaf.attach(images.getManager());
        leaf.setRequiresGradient(true);
        leaf.setName(LIST_NAME);
        leaves.put(entry.name(), leaf);
        inputs.add(leaf);
      } else {
        inputs.add(tensor);
      }
    }
    NDArray embeddings = module.call(statistics.method(), inputs, true);
    if (mode == BatchNormMode.TRAINING) {
      batchesTracked.replaceAll((name, batches) -> batches + 1);
    }
    return new ForwardPass(embeddings, leaves);
  }

  static void checkImages(NDArray images, ModelConfig config) {
    Shape shape = images.getShape();
    if (!shape.equals(new Shape(shape.get(0), 3, config.inputSize(), config.inputSize()))
        || images.getDataType() != DataType.FLOAT32) {
      throw new IllegalArgumentException(
          "images are %s%s; expected float32(N, 3, %d, %d)"
              .formatted(images.getDataType(), shape, config.inputSize(), config.inputSize()));
    }
  }

  /** The parameters of the backbone that train in this mode, by name; optimisers change them. */
  public SortedMap<String, NDArray> backboneParameters(BatchNormMode mode) {
    return select(entry -> entry.inBackbone() && entry.trains(mode));
  }

  /** The parameters of the head, by name; optimisers change them. */
  public SortedMap<String, NDArray> headParameters() {
    return select(entry -> !entry.inBackbone());
  }

  /** Every float32 tensor: all parameters, and the running statistics. */
  SortedMap<String, NDArray> state() {
    return Collections.unmodifiableSortedMap(tensors);
  }

  private SortedMap<String, NDArray> select(Predicate<StateEntry> chosen) {
    SortedMap<String, NDArray> selected = new TreeMap<>();
    for (StateEntry entry : floatEntries) {
      if (chosen.test(entry)) {
        selected.put(entry.name(), tensors.get(entry.name()));
      }
    }
    return Collections.unmodifiableSortedMap(selected);
  }

  /**
   * Moves every tensor towards that of another network of the same architecture: to {@code decay}
   * times its own value plus {@code 1 - decay} times the other's. The counters become the other's.
   */
  public void average(EmbeddingNetwork other, double decay) {
    tensors.forEach(
        (name, tensor) -> {
          try (NDArray share = other.tensors.get(name).mul((float) (1 - decay))) {
            tensor.muli((float) decay).addi(share);
          }
        });
    batchesTracked.putAll(other.batchesTracked);
  }

  /** The whole state as safetensors: equal weights are equal bytes. */
  public byte[] weights() {
    return Safetensors.write(
        definition.layouts(),
        (name, elements) -> {
          NDArray tensor = tensors.get(name);
          if (tensor == null) {
            elements.putLong(batchesTracked.get(name));
          } else {
            elements.put(TensorData.copyOf(tensor).data());
          }
        });
  }

  /** Frees the native memory. */
  @Override
  public void close() {
    manager.close();
  }
}
