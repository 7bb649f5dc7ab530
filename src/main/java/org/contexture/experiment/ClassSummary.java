package org.contexture.experiment;

import static java.util.stream.Collectors.groupingBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.contexture.record.ClassResult;
import org.contexture.record.Confusion;
import org.contexture.record.Example;
import org.contexture.report.ClassFacts;
import org.contexture.report.ClassFacts.ClassGroup;
import org.contexture.report.ClassFacts.ConfusedPair;
import org.contexture.report.ClassFacts.HardClass;
import org.contexture.report.ClassFacts.ShownClass;

/** What the results of all classes come to. */
final class ClassSummary {
  private static final int SHOWN = 12;

  private final List<ClassResult> results = new ArrayList<>();
  private final ExamplePictures examples;

  ClassSummary(Iterable<ClassResult> results, ExamplePictures examples) {
    results.forEach(this.results::add);
    this.examples = examples;
  }

  ClassFacts facts() {
    return new ClassFacts(groups(), hardest(), confused());
  }

  /** The super classes, where there are several. */
  private List<ClassGroup> groups() {
    Map<Integer, List<ClassResult>> members =
        results.stream().collect(groupingBy(result -> examples.superLabel(result.getLabel())));
    return members.size() < 2
        ? List.of()
        : members.values().stream()
            .map(this::group)
            .sorted(Comparator.comparing(ClassGroup::name))
            .toList();
  }

  private ClassGroup group(List<ClassResult> members) {
    String name = examples.ofClass(members.get(0).getLabel()).getSuperName();
    long queries = 0;
    double hits = 0;
    double precisions = 0;
    for (ClassResult result : members) {
      queries += result.getQueries();
      hits += result.getQueries() * result.getRecallAt1();
      precisions += result.getQueries() * result.getMeanAveragePrecisionAtR();
    }
    return new ClassGroup(name, members.size(), queries, hits / queries, precisions / queries);
  }

  private List<HardClass> hardest() {
    return results.stream()
        .sorted(
            Comparator.comparingDouble(ClassResult::getMeanAveragePrecisionAtR)
                .thenComparingDouble(ClassResult::getRecallAt1)
                .thenComparingInt(ClassResult::getLabel))
        .limit(SHOWN)
        .map(
            result ->
                new HardClass(
                    shown(result.getLabel()),
                    result.getQueries(),
                    result.getRecallAt1(),
                    result.getMeanAveragePrecisionAtR(),
                    result.getConfusions().stream()
                        .limit(1)
                        .map(confusion -> shown(confusion.getLabel()))
                        .toList()))
        .toList();
  }

  /** Two classes, the smaller label first. */
  private record Pair(int one, int other) {
    static Pair of(int label, int another) {
      return new Pair(Math.min(label, another), Math.max(label, another));
    }
  }

  private List<ConfusedPair> confused() {
    Map<Integer, Long> queries = new HashMap<>();
    Map<Pair, Long> times = new HashMap<>();
    for (ClassResult result : results) {
      queries.put(result.getLabel(), result.getQueries());
      for (Confusion confusion : result.getConfusions()) {
        times.merge(
            Pair.of(result.getLabel(), confusion.getLabel()), confusion.getQueries(), Long::sum);
      }
    }
    return times.entrySet().stream()
        .sorted(
            Map.Entry.<Pair, Long>comparingByValue()
                .reversed()
                .thenComparing(entry -> entry.getKey().one())
                .thenComparing(entry -> entry.getKey().other()))
        .limit(SHOWN)
        .map(
            entry ->
                new ConfusedPair(
                    shown(entry.getKey().one()),
                    shown(entry.getKey().other()),
                    entry.getValue(),
                    queries.getOrDefault(entry.getKey().one(), 0L)
                        + queries.getOrDefault(entry.getKey().other(), 0L)))
        .toList();
  }

  private ShownClass shown(int label) {
    Example example = examples.ofClass(label);
    return new ShownClass(example.getClassName(), examples.of(example));
  }
}
