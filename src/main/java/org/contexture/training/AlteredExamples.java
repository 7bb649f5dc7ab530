package org.contexture.training;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.contexture.random.RandomStream;
import org.contexture.record.ExampleLabel;
import org.contexture.record.Split;
import org.contexture.training.TrainingDataConfig.NoiseWithin;

/**
 * Training examples of which some are missing, and some have another class's label. Which ones
 * depends on the seed and their ids alone.
 */
final class AlteredExamples implements TrainingExamples {
  private static final long CLASSES = "kept classes".hashCode();
  private static final long IMAGES = "kept images".hashCode();
  private static final long NOISE = "label noise".hashCode();

  private final TrainingExamples examples;
  private final List<Integer> numbers;
  private final List<ExampleLabel> labels;

  private AlteredExamples(
      TrainingExamples examples, List<Integer> numbers, List<ExampleLabel> labels) {
    this.examples = examples;
    this.numbers = numbers;
    this.labels = labels;
  }

  static AlteredExamples of(TrainingExamples examples, TrainingDataConfig config, long seed) {
    List<ExampleLabel> all = IntStream.range(0, examples.size()).mapToObj(examples::label).toList();
    List<Integer> numbers = seen(all, config, seed);
    List<ExampleLabel> labels = new ArrayList<>(numbers.stream().map(all::get).toList());
    replaceLabels(labels, config, seed);
    return new AlteredExamples(examples, numbers, List.copyOf(labels));
  }

  private static List<Integer> seen(
      List<ExampleLabel> labels, TrainingDataConfig config, long seed) {
    SortedMap<Integer, List<Integer>> classes = new TreeMap<>();
    for (int number : training(labels)) {
      classes
          .computeIfAbsent(labels.get(number).getLabel(), label -> new ArrayList<>())
          .add(number);
    }
    List<Integer> keptClasses =
        share(List.copyOf(classes.keySet()), config.keptClasses(), label -> label, seed, CLASSES);
    Set<Integer> kept = new HashSet<>();
    for (int label : keptClasses) {
      kept.addAll(
          share(
              classes.get(label),
              config.keptImages(),
              number -> labels.get(number).getId(),
              seed,
              IMAGES));
    }
    return IntStream.range(0, labels.size())
        .filter(number -> labels.get(number).getSplit() != Split.TRAIN || kept.contains(number))
        .boxed()
        .toList();
  }

  private static void replaceLabels(
      List<ExampleLabel> labels, TrainingDataConfig config, long seed) {
    List<Integer> training = training(labels);
    SortedMap<Integer, Integer> superLabels = new TreeMap<>();
    for (int number : training) {
      superLabels.put(labels.get(number).getLabel(), labels.get(number).getSuperLabel());
    }
    int count = Math.toIntExact(Math.round(config.labelNoise() * training.size()));
    List<Integer> order = ranked(training, number -> labels.get(number).getId(), seed, NOISE);
    for (int number : order.subList(0, count)) {
      ExampleLabel own = labels.get(number);
      List<Integer> others =
          superLabels.keySet().stream()
              .filter(label -> label != own.getLabel())
              .filter(
                  label ->
                      config.noiseWithin() == NoiseWithin.ALL
                          || superLabels.get(label) == own.getSuperLabel())
              .toList();
      if (!others.isEmpty()) {
        int chosen = others.get(RandomStream.of(seed, NOISE, own.getId()).nextInt(others.size()));
        labels.set(
            number,
            ExampleLabel.newBuilder(own)
                .setLabel(chosen)
                .setSuperLabel(superLabels.get(chosen))
                .build());
      }
    }
  }

  private static List<Integer> training(List<ExampleLabel> labels) {
    return IntStream.range(0, labels.size())
        .filter(number -> labels.get(number).getSplit() == Split.TRAIN)
        .boxed()
        .toList();
  }

  /** A share of some things, at least one. */
  private static List<Integer> share(
      List<Integer> things, double share, Identity identity, long seed, long purpose) {
    int count = Math.max(1, Math.toIntExact(Math.round(share * things.size())));
    return ranked(things, identity, seed, purpose).subList(0, Math.min(count, things.size()));
  }

  private static List<Integer> ranked(
      List<Integer> things, Identity identity, long seed, long purpose) {
    return things.stream()
        .sorted(
            Comparator.comparingLong(
                    (Integer thing) ->
                        RandomStream.of(seed, identity.of(thing), purpose).nextLong())
                .thenComparing(thing -> identity.of(thing)))
        .toList();
  }

  /** What tells a thing from others, on every machine and in every order. */
  @FunctionalInterface
  private interface Identity {
    long of(int thing);
  }

  @Override
  public int size() {
    return numbers.size();
  }

  @Override
  public ExampleLabel label(int number) {
    return labels.get(number);
  }

  @Override
  public byte[] image(int number) {
    return examples.image(numbers.get(number));
  }
}
