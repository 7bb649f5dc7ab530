package org.contexture.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.contexture.report.RecallDifference;
import org.contexture.retrieval.HolmCorrection;
import org.contexture.retrieval.PairedHits;
import org.contexture.retrieval.ShareDifference;

/** Recall@1 of each two of several experiments, query by query where they were asked the same. */
final class RecallDifferences {
  private final List<Pair> pairs = new ArrayList<>();

  /** Two experiments; hits only where their queries pair up. */
  private record Pair(MeasuredRun first, MeasuredRun second, Optional<PairedHits> hits) {}

  RecallDifferences(List<MeasuredRun> runs) {
    for (int first = 0; first < runs.size(); first++) {
      for (int second = first + 1; second < runs.size(); second++) {
        pairs.add(pair(runs.get(first), runs.get(second)));
      }
    }
  }

  private static Pair pair(MeasuredRun first, MeasuredRun second) {
    if (!first.pairsWith(second)) {
      return new Pair(first, second, Optional.empty());
    }
    PairedHits hits = new PairedHits();
    first
        .answers()
        .byQuery()
        .forEach(
            (query, answer) ->
                hits.add(query, answer.right(), second.answers().byQuery().get(query).right()));
    return new Pair(first, second, Optional.of(hits));
  }

  /** The differences, of the first and second, the first and third and so on. */
  List<RecallDifference> all() {
    List<Double> probabilities =
        pairs.stream().flatMap(pair -> pair.hits().stream()).map(PairedHits::probability).toList();
    List<Double> corrected = HolmCorrection.of(probabilities);
    List<RecallDifference> differences = new ArrayList<>();
    int paired = 0;
    for (Pair pair : pairs) {
      differences.add(
          pair.hits().isPresent()
              ? paired(pair, pair.hits().get(), corrected.get(paired++))
              : apart(pair));
    }
    return differences;
  }

  private static RecallDifference paired(Pair pair, PairedHits hits, double corrected) {
    return difference(
        pair,
        hits.difference(),
        Optional.of(
            new RecallDifference.Pairs(
                hits.both(),
                hits.onlyFirst(),
                hits.onlySecond(),
                hits.neither(),
                hits.probability(),
                corrected)));
  }

  private static RecallDifference apart(Pair pair) {
    Answers first = pair.first().answers();
    Answers second = pair.second().answers();
    return difference(
        pair,
        ShareDifference.independent(
            first.hits(), first.byQuery().size(), second.hits(), second.byQuery().size()),
        Optional.empty());
  }

  private static RecallDifference difference(
      Pair pair, ShareDifference difference, Optional<RecallDifference.Pairs> counts) {
    return new RecallDifference(
        pair.first().name(),
        pair.second().name(),
        difference.value(),
        difference.low(),
        difference.high(),
        counts);
  }
}
