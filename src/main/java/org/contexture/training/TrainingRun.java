package org.contexture.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.contexture.failure.Failure;
import org.contexture.image.Augmentation;
import org.contexture.image.ClassOrientation;
import org.contexture.loss.Loss;
import org.contexture.loss.LossBatch;
import org.contexture.loss.LossFactory;
import org.contexture.loss.LossValue;
import org.contexture.model.EmbeddingNetwork;
import org.contexture.model.ForwardPass;
import org.contexture.model.Gradients;
import org.contexture.model.ModelConfig;
import org.contexture.model.Safetensors;
import org.contexture.model.TensorData;
import org.contexture.record.EpochLog;
import org.contexture.record.NamedValue;
import org.contexture.record.TrainingState;
import org.contexture.sampling.BatchSampler;

/**
 * One attempt at a training: all that changes from step to step, and how. What {@link #save} gives
 * is all of it at the end of an epoch: names of tensors are {@code progress} (a {@link
 * TrainingState}), {@code network}, {@code average} and {@code best} (weights, the last two only
 * where there are such), {@code optimiser/…} and {@code loss/…}.
 */
final class TrainingRun implements AutoCloseable {
  private static final String PROGRESS = "progress";
  private static final String NETWORK = "network";
  private static final String AVERAGE = "average";
  private static final String BEST = "best";
  private static final String OPTIMISER = "optimiser/";
  private static final String LOSS = "loss/";

  private final TrainingConfig config;
  private final NDManager manager;
  private final EmbeddingNetwork network;
  private final Optional<EmbeddingNetwork> average;
  private final Loss loss;
  private final List<ParameterGroup> groups;
  private final Adam adam;
  private final BatchSampler sampler;
  private final long steps;
  private final LearningRateSchedule rates;
  private final Validation validation;
  private final Iterator<Batch> batches;
  private TrainingState state;
  private byte[] bestWeights;

  private TrainingRun(
      TrainingConfig config,
      ModelConfig model,
      TrainingData data,
      BatchLoader loader,
      NDManager manager,
      SortedMap<String, TensorData> start) {
    this.config = config;
    this.manager = manager;
    state = decode(start.get(PROGRESS));
    bestWeights = start.containsKey(BEST) ? start.get(BEST).bytes() : new byte[0];
    network = EmbeddingNetwork.load(model, start.get(NETWORK).bytes(), manager);
    average =
        config.averaging() > 0
            ? Optional.of(EmbeddingNetwork.load(model, start.get(AVERAGE).bytes(), manager))
            : Optional.empty();
    loss =
        LossFactory.create(
            config.loss(),
            data.trainingClassCount(),
            model.embeddingSize(),
            config.seed(),
            manager);
    loss.parameters().values().forEach(parameter -> parameter.setRequiresGradient(true));
    groups = parameterGroups();
    adam = Adam.create(groups, config.decay());
    sampler =
        config
            .sampler()
            .create(
                data.trainingClasses(),
                data.trainingSuperClasses(),
                config.classesPerBatch(),
                config.imagesPerClass(),
                config.seed());
    steps = (long) config.epochs() * sampler.batchesPerEpoch();
    rates = config.rates(steps);
    validation = new Validation(loader, data.validation());
    batches =
        loader.load(
            IntStream.range(state.getEpoch(), config.epochs())
                .boxed()
                .flatMap(epoch -> sampler.epoch(epoch).stream())
                .map(data::trainingNumbers)
                .iterator(),
            state.getStep() * sampler.batchSize(),
            preparation(model.inputSize()));
  }

  private BatchLoader.Preparation preparation(int size) {
    Augmentation augmentation = Augmentation.of(config.augmentation(), size);
    ClassOrientation orientation = new ClassOrientation();
    long seed = config.seed();
    int batchSize = sampler.batchSize();
    boolean turned = config.augmentation().turnClasses();
    return (image, example, position) ->
        augmentation.apply(
            turned
                ? orientation.apply(image, seed, position / batchSize, example.getLabel())
                : image,
            seed,
            position,
            example.getId());
  }

  /** A training from its beginning. */
  static TrainingRun start(
      TrainingConfig config,
      ModelConfig model,
      TrainingData data,
      BatchLoader loader,
      NDManager manager,
      byte[] weights) {
    TrainingState beginning =
        TrainingState.newBuilder()
            .setEpoch(0)
            .setStep(0)
            .setEpochs(List.of())
            .setBestEpoch(0)
            .setBestStep(0)
            .setBestRecallAt1(Double.NaN)
            .build();
    TensorData initial = TensorData.of(ByteBuffer.wrap(weights));
    SortedMap<String, TensorData> start = new TreeMap<>();
    start.put(PROGRESS, encode(beginning));
    start.put(NETWORK, initial);
    start.put(AVERAGE, initial);
    return new TrainingRun(config, model, data, loader, manager, start);
  }

  /** A training from what {@link #save} gave to one of the same arguments. */
  static TrainingRun resume(
      TrainingConfig config,
      ModelConfig model,
      TrainingData data,
      BatchLoader loader,
      NDManager manager,
      Safetensors saved) {
    TrainingRun run = new TrainingRun(config, model, data, loader, manager, saved.tensors());
    run.restore(saved.tensors());
    return run;
  }

  private static TensorData encode(TrainingState state) {
    try {
      return TensorData.of(TrainingState.getEncoder().encode(state));
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
  }

  private static TrainingState decode(TensorData state) {
    try {
      return TrainingState.getDecoder().decode(state.bytes());
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory", e);
    }
  }

  private void restore(SortedMap<String, TensorData> tensors) {
    try (NDManager temporary = manager.newSubManager()) {
      adam.restore(NamedArrays.load(OPTIMISER, tensors, temporary));
      NamedArrays.load(LOSS, tensors, temporary)
          .forEach(
              (name, saved) -> {
                NDArray parameter = loss.parameters().get(name);
                // What requires gradients cannot be written to.
                parameter.setRequiresGradient(false);
                saved.copyTo(parameter);
                parameter.setRequiresGradient(true);
              });
    }
  }

  private List<ParameterGroup> parameterGroups() {
    List<ParameterGroup> all = new ArrayList<>();
    all.add(
        new ParameterGroup(
            "backbone",
            config.backboneRate(),
            config.weightDecay(),
            network.backboneParameters(config.batchNorm())));
    all.add(
        new ParameterGroup(
            "head", config.headRate(), config.weightDecay(), network.headParameters()));
    if (!loss.parameters().isEmpty()) {
      SortedMap<String, NDArray> learned = new TreeMap<>();
      loss.parameters().forEach((name, array) -> learned.put(LOSS + name, array));
      all.add(new ParameterGroup("loss", config.lossRate(), 0, learned));
    }
    return all;
  }

  /** How far this training is. */
  TrainingState state() {
    return state;
  }

  /** The weights as they are now: the averaged ones where there are such. */
  byte[] weights() {
    return evaluated().weights();
  }

  /** The weights of the best epoch; empty if none was measured. */
  byte[] bestWeights() {
    return bestWeights;
  }

  private EmbeddingNetwork evaluated() {
    return average.orElse(network);
  }

  /** All that it takes to go on from here. */
  Safetensors save() {
    SortedMap<String, TensorData> tensors = new TreeMap<>();
    tensors.put(PROGRESS, encode(state));
    tensors.put(NETWORK, TensorData.of(ByteBuffer.wrap(network.weights())));
    average.ifPresent(
        averaged -> tensors.put(AVERAGE, TensorData.of(ByteBuffer.wrap(averaged.weights()))));
    if (state.getBestEpoch() > 0) {
      tensors.put(BEST, TensorData.of(ByteBuffer.wrap(bestWeights)));
    }
    tensors.putAll(NamedArrays.save(OPTIMISER, adam.state()));
    tensors.putAll(NamedArrays.save(LOSS, loss.parameters()));
    return Safetensors.of(tensors);
  }

  /** Trains one epoch, and measures at its end when that is due. */
  void epoch(TrainingListener listener) {
    Means means = new Means();
    long end = state.getStep() + sampler.batchesPerEpoch();
    for (long step = state.getStep(); step < end; step++) {
      step(batches.next(), step, means);
      listener.progressed(step + 1, steps, note(means));
    }
    measure(state.getEpoch() + 1, end, means);
  }

  private void step(Batch batch, long step, Means means) {
    try (NDManager scope = manager.newSubManager();
        Gradients gradients = Gradients.record()) {
      ForwardPass pass = network.forward(batch.images(scope), config.batchNorm());
      LossValue value = loss.evaluate(LossBatch.of(pass.embeddings(), batch.labels(), step));
      means.add(finite(value, batch, step), terms(value));
      gradients.backward(value.total());
      SortedMap<String, NDArray> all = new TreeMap<>(pass.gradients());
      loss.parameters()
          .forEach(
              (name, parameter) -> {
                NDArray gradient = parameter.getGradient();
                gradient.attach(scope);
                all.put(LOSS + name, gradient);
              });
      if (config.longestGradient() > 0) {
        GradientNorm.clip(all.values(), config.longestGradient());
      }
      adam.step(all, rates.multiplier(step));
      loss.parameters().values().forEach(gradients::clear);
    }
    average.ifPresent(averaged -> averaged.average(network, config.averagingAt(step)));
  }

  private double finite(LossValue value, Batch batch, long step) {
    double total = value.total().getFloat();
    if (!Double.isFinite(total)) {
      throw Failure.stage(
          "The loss is %s in epoch %d, step %d. Lower the learning rates, or look at the examples"
              + " of that batch: %s.",
          total, state.getEpoch() + 1, step + 1, Arrays.toString(batch.ids()));
    }
    return total;
  }

  private static SortedMap<String, Double> terms(LossValue value) {
    SortedMap<String, Double> terms = new TreeMap<>();
    value.terms().forEach((name, term) -> terms.put(name, (double) term.getFloat()));
    return terms;
  }

  private void measure(int epoch, long step, Means means) {
    boolean due = epoch % config.validateEvery() == 0 || epoch == config.epochs();
    double recall =
        due && !validation.isEmpty() ? validation.recallAtOne(evaluated(), manager) : Double.NaN;
    List<EpochLog> logs = new ArrayList<>(state.getEpochs());
    logs.add(
        EpochLog.newBuilder()
            .setEpoch(epoch)
            .setStep(step)
            .setLoss(means.total())
            .setTerms(means.terms())
            .setLearningRates(learningRates(step - 1))
            .setValidationRecallAt1(recall)
            .build());
    TrainingState.Builder next =
        TrainingState.newBuilder(state).setEpoch(epoch).setStep(step).setEpochs(logs);
    boolean first = state.getBestEpoch() == 0;
    if (!Double.isNaN(recall) && (first || recall > state.getBestRecallAt1())) {
      next.setBestEpoch(epoch).setBestStep(step).setBestRecallAt1(recall);
      bestWeights = weights();
    }
    state = next.build();
  }

  private List<NamedValue> learningRates(long step) {
    return groups.stream()
        .map(group -> new NamedValue(group.name(), group.learningRate() * rates.multiplier(step)))
        .toList();
  }

  private String note(Means means) {
    String best =
        state.getBestEpoch() == 0
            ? ""
            : String.format(
                Locale.ROOT,
                ", validation R@1 %.1f %% (epoch %d)",
                100 * state.getBestRecallAt1(),
                state.getBestEpoch());
    return String.format(
        Locale.ROOT,
        "epoch %d/%d, loss %.4f%s",
        state.getEpoch() + 1,
        config.epochs(),
        means.total(),
        best);
  }

  /** Frees what the attempt holds in native memory; the manager it was given frees the rest. */
  @Override
  public void close() {
    adam.close();
    average.ifPresent(EmbeddingNetwork::close);
    network.close();
  }
}
