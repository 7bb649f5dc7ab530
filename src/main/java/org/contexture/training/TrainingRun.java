package org.contexture.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.contexture.failure.Failure;
import org.contexture.image.Augmentation;
import org.contexture.image.ClassOrientation;
import org.contexture.image.TestView;
import org.contexture.loss.BatchCondition;
import org.contexture.loss.LossBatch;
import org.contexture.loss.LossValue;
import org.contexture.model.EmbeddingNetwork;
import org.contexture.model.ForwardPass;
import org.contexture.model.Gradients;
import org.contexture.model.ModelConfig;
import org.contexture.model.Precision;
import org.contexture.model.Safetensors;
import org.contexture.model.TensorData;
import org.contexture.model.TrainedPart;
import org.contexture.record.EpochLog;
import org.contexture.record.NamedValue;
import org.contexture.record.StepLog;
import org.contexture.record.StepTiming;
import org.contexture.sampling.BatchSampler;
import org.contexture.sampling.SamplerInput;

/**
 * One attempt at a training: all that changes from step to step, and how. What {@link #save} gives
 * is all of it at the end of an epoch: names of tensors are those of its {@link Course}, {@code
 * network} and {@code average} (weights, the latter only where there are such), {@code optimiser/…}
 * and those of its {@link Objective} and {@link LossScale}.
 */
final class TrainingRun implements AutoCloseable {
  private static final String NETWORK = "network";
  private static final String AVERAGE = "average";
  private static final String BACKBONE = "backbone";
  private static final String OPTIMISER = "optimiser/";

  private final TrainingConfig config;
  private final NDManager manager;
  private final EmbeddingNetwork network;
  private final Optional<EmbeddingNetwork> average;
  private final Objective objective;
  private final List<ParameterGroup> groups;
  private final Adam adam;
  private final GradientNorm gradientNorm;
  private final Optional<LossScale> lossScale;
  private final TrainingData data;
  private final BatchSampler sampler;
  private final long steps;
  private final LearningRateSchedule rates;
  private final Validation validation;
  private final BatchLoader loader;
  private final BatchLoader.Preparation preparation;
  private final Course course;

  private TrainingRun(
      TrainingConfig config,
      ModelConfig model,
      TrainingData data,
      BatchLoader loader,
      NDManager manager,
      SortedMap<String, TensorData> start) {
    this.config = config;
    this.data = data;
    this.loader = loader;
    this.manager = manager;
    course = Course.resume(config, start);
    network = EmbeddingNetwork.load(model, config.precision(), start.get(NETWORK).data(), manager);
    average =
        config.averaging() > 0
            ? Optional.of(
                EmbeddingNetwork.load(
                    model, config.precision(), start.get(AVERAGE).data(), manager))
            : Optional.empty();
    objective = Objective.create(config, data.trainingClassCount(), model.embeddingSize(), manager);
    groups = parameterGroups();
    adam = Adam.create(groups, config.decay());
    gradientNorm = new GradientNorm(manager);
    lossScale =
        config.precision() == Precision.FLOAT16 ? Optional.of(new LossScale()) : Optional.empty();
    TestView view = new TestView(config.testResize(), model.inputSize());
    sampler =
        config
            .sampler()
            .create(
                new SamplerInput(
                    data.labelsOfTraining(),
                    data.trainingSuperClasses(),
                    config.classesPerBatch(),
                    config.imagesPerClass(),
                    config.seed(),
                    new NearestByNetwork(
                        new EmbeddedExamples(loader, view, data.training()),
                        evaluated(),
                        manager)));
    if (sampler.batchesPerEpoch() < 1) {
      throw Failure.usage(
          "The sampler %s makes no batch of %d images from %d training examples of %d classes."
              + " Lower classes_per_batch or images_per_class of this stage, or choose another"
              + " sampler.name for it.",
          config.sampler().key(),
          sampler.batchSize(),
          data.training().length,
          data.trainingClassCount());
    }
    steps = (long) config.epochs() * sampler.batchesPerEpoch();
    rates = config.rates(steps);
    validation = new Validation(loader, view, data.measured(config.selection()));
    preparation = preparation(model.inputSize());
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
    TensorData initial = TensorData.of(ByteBuffer.wrap(weights));
    SortedMap<String, TensorData> start = Course.beginning(config).tensors();
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

  private void restore(SortedMap<String, TensorData> tensors) {
    try (NDManager temporary = manager.newSubManager()) {
      adam.restore(NamedArrays.load(OPTIMISER, tensors, temporary));
      objective.restore(tensors, temporary);
    }
    lossScale.ifPresent(scale -> scale.restore(tensors));
  }

  private List<ParameterGroup> parameterGroups() {
    List<ParameterGroup> all = new ArrayList<>();
    all.add(
        new ParameterGroup(
            BACKBONE,
            config.backboneRate(),
            config.weightDecay(),
            network.backboneParameters(config.batchNorm())));
    all.add(
        new ParameterGroup(
            "head", config.headRate(), config.weightDecay(), network.headParameters()));
    all.addAll(objective.groups());
    return all;
  }

  /** How far it is, and what it has logged. */
  Course course() {
    return course;
  }

  /** What it leaves, once its course is finished. */
  TrainingOutcome outcome() {
    return course.outcome(network.config().toJson(), () -> evaluated().weights());
  }

  private EmbeddingNetwork evaluated() {
    return average.orElse(network);
  }

  /** All that it takes to go on from here. */
  Safetensors save() {
    SortedMap<String, TensorData> tensors = course.tensors();
    tensors.put(NETWORK, TensorData.of(ByteBuffer.wrap(network.weights())));
    average.ifPresent(
        averaged -> tensors.put(AVERAGE, TensorData.of(ByteBuffer.wrap(averaged.weights()))));
    tensors.putAll(NamedArrays.save(OPTIMISER, adam.state()));
    tensors.putAll(objective.save());
    lossScale.ifPresent(scale -> tensors.putAll(scale.save()));
    return Safetensors.of(tensors);
  }

  /** Trains one epoch, and measures at its end when that is due. */
  void epoch(TrainingListener listener) {
    Means means = new Means();
    Pace pace = new Pace();
    Iterator<Batch> batches =
        loader.load(
            sampler.epoch(course.epoch()).stream().map(data::trainingNumbers).iterator(),
            course.step() * sampler.batchSize(),
            preparation);
    long end = course.step() + sampler.batchesPerEpoch();
    for (long step = course.step(); step < end; step++) {
      long start = System.nanoTime();
      try (Batch batch = batches.next()) {
        long waited = System.nanoTime() - start;
        StepLog log = step(batch, step);
        StepTiming timing = pace.add(step + 1, batch.size(), System.nanoTime() - start, waited);
        course.add(log, timing);
        means.add(log.getLoss(), log.getTerms());
        listener.progressed(step + 1, steps, note(means, pace));
      }
    }
    course.endEpoch(log(end, means), () -> evaluated().weights());
  }

  private StepLog step(Batch batch, long step) {
    StepLog.Builder log =
        StepLog.newBuilder()
            .setStep(step + 1)
            .setEpoch(course.epoch() + 1)
            .setLearningRates(learningRates(step));
    try (NDManager scope = manager.newSubManager();
        Gradients gradients = Gradients.record()) {
      ForwardPass pass = network.forward(batch.images(scope), config.batchNorm(), trainedPart());
      LossBatch embedded = objective.batch(pass.embeddings(), batch.labels(), step);
      LossValue value = objective.evaluate(embedded);
      double loss = value.total().getFloat();
      if (!Double.isFinite(loss)) {
        throw failure(value, Double.NaN, batch, step);
      }
      log.setLoss(loss).setTerms(named(terms(value)));
      float scale = lossScale.map(LossScale::value).orElse(1f);
      gradients.backward(value.total(), scale);
      SortedMap<String, NDArray> all = new TreeMap<>(pass.gradients());
      all.putAll(objective.gradients(scope));
      if (scale != 1) {
        all.values().forEach(gradient -> gradient.muli(1 / scale));
      }
      double norm =
          config.longestGradient() > 0
              ? gradientNorm.clip(all.values(), config.longestGradient())
              : gradientNorm.of(all.values());
      if (!Double.isFinite(norm) && lossScale.map(LossScale::isSmallest).orElse(true)) {
        throw failure(value, norm, batch, step);
      }
      log.setGradientNorm(norm).setWarnings(warnings(embedded, norm));
      if (lossScale.isEmpty() || Double.isFinite(norm)) {
        adam.step(all, rates.multiplier(step));
      }
      lossScale.ifPresent(learned -> learned.learn(Double.isFinite(norm)));
      objective.clear(gradients);
    }
    average.ifPresent(averaged -> averaged.average(network, config.averagingAt(step)));
    return log.build();
  }

  private boolean isBackboneFrozen() {
    return course.epoch() < config.frozenEpochs();
  }

  private TrainedPart trainedPart() {
    return isBackboneFrozen() ? TrainedPart.HEAD : TrainedPart.ALL;
  }

  private NonFiniteBatchException failure(
      LossValue value, double gradientNorm, Batch batch, long step) {
    return new NonFiniteBatchException(
        new FailedBatch(
            course.epoch() + 1,
            step + 1,
            value.total().getFloat(),
            gradientNorm,
            terms(value),
            FailedBatch.members(batch, data.trainingLabels())));
  }

  private static SortedMap<String, Double> terms(LossValue value) {
    SortedMap<String, Double> terms = new TreeMap<>();
    value.terms().forEach((name, term) -> terms.put(name, (double) term.getFloat()));
    return terms;
  }

  private static List<NamedValue> named(SortedMap<String, Double> values) {
    return values.entrySet().stream()
        .map(entry -> new NamedValue(entry.getKey(), entry.getValue()))
        .toList();
  }

  private List<String> warnings(LossBatch batch, double gradientNorm) {
    List<String> warnings = new ArrayList<>();
    BatchCondition.of(batch).forEach(condition -> warnings.add(condition.sentence()));
    if (!Double.isFinite(gradientNorm)) {
      warnings.add(
          "The gradient of %s times the loss is not finite in float16: this step is left out."
              .formatted(new BigDecimal(lossScale.orElseThrow().value()).toPlainString()));
    } else if (gradientNorm == 0) {
      warnings.add("The gradient is zero: this batch taught nothing.");
    }
    return warnings;
  }

  private EpochLog log(long step, Means means) {
    double recall =
        course.measures() && !validation.isEmpty()
            ? validation.recallAtOne(evaluated(), manager)
            : Double.NaN;
    return EpochLog.newBuilder()
        .setEpoch(course.epoch() + 1)
        .setStep(step)
        .setLoss(means.total())
        .setTerms(means.terms())
        .setLearningRates(learningRates(step - 1))
        .setSelectionRecallAt1(recall)
        .build();
  }

  private List<NamedValue> learningRates(long step) {
    return groups.stream()
        .map(
            group ->
                new NamedValue(
                    group.name(),
                    isBackboneFrozen() && group.name().equals(BACKBONE)
                        ? 0
                        : group.learningRate() * rates.multiplier(step)))
        .toList();
  }

  private String note(Means means, Pace pace) {
    return String.format(
        Locale.ROOT,
        "epoch %d/%d%s%s, loss %.4f, %s%s",
        course.epoch() + 1,
        config.epochs(),
        config.precision() == Precision.FLOAT32 ? "" : " in " + config.precision().key(),
        manager.getDevice().isGpu() ? " on " + manager.getDevice() : "",
        means.total(),
        pace,
        course.note());
  }

  /** Frees what the attempt holds in native memory; the manager it was given frees the rest. */
  @Override
  public void close() {
    adam.close();
    average.ifPresent(EmbeddingNetwork::close);
    network.close();
  }
}
