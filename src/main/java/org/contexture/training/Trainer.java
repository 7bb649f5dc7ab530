package org.contexture.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.contexture.failure.Failure;
import org.contexture.image.Augmentation;
import org.contexture.loss.Loss;
import org.contexture.loss.LossBatch;
import org.contexture.loss.LossFactory;
import org.contexture.loss.LossValue;
import org.contexture.model.EmbeddingNetwork;
import org.contexture.model.ForwardPass;
import org.contexture.model.Gradients;
import org.contexture.model.ModelConfig;
import org.contexture.record.Checkpoint;
import org.contexture.record.EpochLog;
import org.contexture.record.NamedValue;
import org.contexture.record.Split;
import org.contexture.record.TrainingState;
import org.contexture.sampling.ClassBalancedSampler;

/**
 * Trains an embedding network on the training classes and keeps the weights that retrieve best on
 * the validation classes; the first of several equally good ones; the last where there are no
 * validation classes.
 *
 * <p>Everything random is a function of the seed and the position, and the state is saved after
 * each epoch: a training that was killed goes on from there and ends with the same bytes.
 */
public final class Trainer {
  private static final String LOSS_PREFIX = "loss.";

  private final TrainingConfig config;
  private final TrainingExamples examples;
  private final SavedStates states;
  private final TrainingListener listener;
  private final int[] classes;
  private final int[] training;
  private final int[] validation;

  /**
   * Prepares a training.
   *
   * @param directory where the training keeps its state between attempts
   * @param listener is told after each step
   */
  public Trainer(
      TrainingConfig config,
      TrainingExamples examples,
      Path directory,
      TrainingListener listener) {
    this.config = config;
    this.examples = examples;
    this.states = new SavedStates(directory);
    this.listener = listener;
    training = numbersOf(Split.TRAIN);
    validation = numbersOf(Split.VALIDATION);
    if (training.length == 0) {
      throw Failure.data("There are no training examples.");
    }
    classes = classNumbers();
  }

  private int[] numbersOf(Split split) {
    return IntStream.range(0, examples.size())
        .filter(number -> examples.label(number).getSplit() == split)
        .toArray();
  }

  /** Classes of each split are numbered from 0 in ascending order of their labels. */
  private int[] classNumbers() {
    int[] numbers = new int[examples.size()];
    for (int[] split : List.of(training, validation)) {
      int[] labels =
          Arrays.stream(split).map(n -> examples.label(n).getLabel()).distinct().sorted().toArray();
      for (int number : split) {
        numbers[number] = Arrays.binarySearch(labels, examples.label(number).getLabel());
      }
    }
    return numbers;
  }

  /**
   * Trains.
   *
   * @param model the architecture
   * @param weights the weights to start from, in safetensors format
   * @throws Failure if the loss becomes infinite or not a number: names step and examples
   */
  public Checkpoint train(ModelConfig model, byte[] weights) {
    TrainingState saved = states.newest().orElseGet(() -> beginning(weights));
    try (NDManager manager = NDManager.newBaseManager();
        EmbeddingNetwork network =
            EmbeddingNetwork.load(model, saved.getWeights().array(), manager);
        BatchLoader loader = new BatchLoader(examples, model.inputSize())) {
      TrainingState end = new Run(network, loader, manager, saved).toTheEnd();
      boolean selected = end.getBestEpoch() > 0;
      return Checkpoint.newBuilder()
          .setArchitecture(model.toJson())
          .setStep(selected ? end.getBestStep() : end.getStep())
          .setEpoch(selected ? end.getBestEpoch() : end.getEpoch())
          .setValidationRecallAt1(end.getBestRecallAt1())
          .setEpochs(end.getEpochs())
          .setWeights(selected ? end.getBestWeights() : end.getWeights())
          .build();
    }
  }

  private static TrainingState beginning(byte[] weights) {
    ByteBuffer nothing = ByteBuffer.allocate(0);
    return TrainingState.newBuilder()
        .setEpoch(0)
        .setStep(0)
        .setEpochs(List.of())
        .setBestEpoch(0)
        .setBestStep(0)
        .setBestRecallAt1(Double.NaN)
        .setBestWeights(nothing)
        .setWeights(ByteBuffer.wrap(weights))
        .setOptimiser(nothing)
        .setLossParameters(nothing)
        .build();
  }

  /** One attempt, from a state to the end. */
  private final class Run {
    private final EmbeddingNetwork network;
    private final BatchLoader loader;
    private final NDManager manager;
    private final Loss loss;
    private final List<ParameterGroup> groups;
    private final Adam adam;
    private final ClassBalancedSampler sampler;
    private final LearningRateSchedule rates;
    private final long steps;
    private final Augmentation augmentation;
    private final Validation validator;
    private TrainingState state;

    Run(EmbeddingNetwork network, BatchLoader loader, NDManager manager, TrainingState state) {
      this.network = network;
      this.loader = loader;
      this.manager = manager;
      this.state = state;
      int[] labels = Arrays.stream(training).map(number -> classes[number]).toArray();
      int classCount = Arrays.stream(labels).max().orElseThrow() + 1;
      loss =
          LossFactory.create(
              config.loss(),
              classCount,
              network.config().embeddingSize(),
              config.seed(),
              manager);
      loss.parameters().values().forEach(parameter -> parameter.setRequiresGradient(true));
      groups = parameterGroups();
      adam = Adam.create(groups);
      sampler =
          ClassBalancedSampler.of(
              labels, config.classesPerBatch(), config.imagesPerClass(), config.seed());
      steps = (long) config.epochs() * sampler.batchesPerEpoch();
      rates = config.rates(steps);
      augmentation = Augmentation.of(config.augmentation(), network.config().inputSize());
      validator = new Validation(loader, validation, classes);
      if (state.getEpoch() > 0) {
        restore();
      }
    }

    private List<ParameterGroup> parameterGroups() {
      List<ParameterGroup> all = new ArrayList<>();
      add(
          all,
          "backbone",
          config.backboneRate(),
          config.weightDecay(),
          network.backboneParameters(config.batchNorm()));
      add(all, "head", config.headRate(), config.weightDecay(), network.headParameters());
      SortedMap<String, NDArray> learned = new TreeMap<>();
      loss.parameters().forEach((name, array) -> learned.put(LOSS_PREFIX + name, array));
      add(all, "loss", config.lossRate(), 0, learned);
      return all;
    }

    private static void add(
        List<ParameterGroup> groups,
        String name,
        double rate,
        double decay,
        SortedMap<String, NDArray> parameters) {
      if (!parameters.isEmpty()) {
        groups.add(new ParameterGroup(name, rate, decay, parameters));
      }
    }

    private void restore() {
      try (NDManager temporary = manager.newSubManager();
          Gradients paused = Gradients.pause()) {
        adam.restore(SavedStates.decode(state.getOptimiser().array(), temporary));
        SavedStates.decode(state.getLossParameters().array(), temporary)
            .forEach((name, saved) -> saved.copyTo(loss.parameters().get(name)));
      }
    }

    TrainingState toTheEnd() {
      while (state.getEpoch() < config.epochs()) {
        state = epoch(state.getEpoch());
        states.save(state);
      }
      return state;
    }

    /** Trains one epoch and says where the training is then. */
    private TrainingState epoch(int number) {
      List<int[]> batches =
          sampler.epoch(number).stream()
              .map(batch -> Arrays.stream(batch).map(position -> training[position]).toArray())
              .toList();
      long step = state.getStep();
      Iterator<Batch> loaded =
          loader.load(
              batches,
              classes,
              step * sampler.batchSize(),
              (image, id, position) -> augmentation.apply(image, config.seed(), position, id));
      Means means = new Means();
      while (loaded.hasNext()) {
        means.add(step(loaded.next(), step));
        step++;
        listener.progressed(step, steps, note(number, means));
      }
      return measured(number + 1, step, means);
    }

    private String note(int epoch, Means means) {
      String best =
          state.getBestEpoch() == 0
              ? ""
              : String.format(
                  Locale.ROOT,
                  ", validation R@1 %.1f %% (epoch %d)",
                  100 * state.getBestRecallAt1(),
                  state.getBestEpoch());
      return String.format(
          Locale.ROOT, "epoch %d/%d, loss %.4f%s", epoch + 1, config.epochs(), means.total(), best);
    }

    private SortedMap<String, Double> step(Batch batch, long step) {
      try (NDManager scope = manager.newSubManager();
          Gradients gradients = Gradients.record()) {
        ForwardPass pass = network.forward(batch.images(scope), config.batchNorm());
        LossValue value = loss.evaluate(LossBatch.of(pass.embeddings(), batch.labels()));
        SortedMap<String, Double> terms = new TreeMap<>();
        value.terms().forEach((name, term) -> terms.put(name, (double) term.getFloat()));
        double total = value.total().getFloat();
        if (!Double.isFinite(total)) {
          throw Failure.stage(
              "The loss is %s in step %d. Lower the learning rate, or look at the examples of the"
                  + " batch: %s.",
              total, step + 1, Arrays.toString(batch.ids()));
        }
        terms.put(Means.TOTAL, total);
        gradients.backward(value.total());
        SortedMap<String, NDArray> all = new TreeMap<>(pass.gradients());
        loss.parameters()
            .forEach(
                (name, parameter) -> {
                  NDArray gradient = parameter.getGradient();
                  gradient.attach(scope);
                  all.put(LOSS_PREFIX + name, gradient);
                });
        adam.step(all, rates.multiplier(step));
        clear(loss.parameters().keySet(), all);
        return terms;
      }
    }

    /** The arrays of a loss live on, and their gradients would add up over the steps. */
    private static void clear(Set<String> names, SortedMap<String, NDArray> gradients) {
      try (Gradients paused = Gradients.pause()) {
        names.forEach(name -> gradients.get(LOSS_PREFIX + name).muli(0));
      }
    }

    private TrainingState measured(int epoch, long step, Means means) {
      boolean due = epoch % config.validateEvery() == 0 || epoch == config.epochs();
      double recall =
          due && !validator.isEmpty() ? validator.recallAtOne(network, manager) : Double.NaN;
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
      ByteBuffer weights = ByteBuffer.wrap(network.weights());
      TrainingState.Builder next =
          TrainingState.newBuilder(state)
              .setEpoch(epoch)
              .setStep(step)
              .setEpochs(logs)
              .setWeights(weights)
              .setOptimiser(ByteBuffer.wrap(SavedStates.encode(adam.state())))
              .setLossParameters(ByteBuffer.wrap(SavedStates.encode(loss.parameters())));
      if (!Double.isNaN(recall)
          && (state.getBestEpoch() == 0 || recall > state.getBestRecallAt1())) {
        next.setBestEpoch(epoch)
            .setBestStep(step)
            .setBestRecallAt1(recall)
            .setBestWeights(weights.duplicate());
      }
      return next.build();
    }

    private List<NamedValue> learningRates(long step) {
      return groups.stream()
          .map(group -> new NamedValue(group.name(), group.learningRate() * rates.multiplier(step)))
          .toList();
    }
  }
}
