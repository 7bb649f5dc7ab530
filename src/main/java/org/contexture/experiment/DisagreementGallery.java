package org.contexture.experiment;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.contexture.report.Disagreement;
import org.contexture.report.Disagreements;
import org.contexture.report.GalleryQuery;

/**
 * Queries that one of two experiments has right and the other has not, where AP@R differs most, at
 * most one a class.
 *
 * @param first the one
 * @param second the other, which was asked the same queries
 * @param count how many queries are shown for each
 */
record DisagreementGallery(MeasuredRun first, MeasuredRun second, int count) {
  /** Neighbours that fill a line of a wide window. */
  private static final int DEPTH = 8;

  Disagreements disagreements() {
    return new Disagreements(
        first.name(), second.name(), rightOnlyFor(first, second), rightOnlyFor(second, first));
  }

  private List<Disagreement> rightOnlyFor(MeasuredRun winner, MeasuredRun loser) {
    Map<Long, Answers.Answer> others = loser.answers().byQuery();
    Set<Integer> classes = new HashSet<>();
    return winner.answers().byQuery().entrySet().stream()
        .filter(entry -> entry.getValue().right() && !others.get(entry.getKey()).right())
        .sorted(
            Comparator.comparingDouble(
                entry -> others.get(entry.getKey()).precision() - entry.getValue().precision()))
        .filter(entry -> classes.add(entry.getValue().label()))
        .limit(count)
        .map(entry -> new Disagreement(shown(first, entry.getKey()), shown(second, entry.getKey())))
        .toList();
  }

  private static GalleryQuery shown(MeasuredRun run, long queryId) {
    GalleryQuery query = run.report().query(run.answers().neighbours(queryId));
    return new GalleryQuery(
        query.picture(),
        query.className(),
        query.source(),
        query.relevant(),
        query.averagePrecisionAtR(),
        query.neighbours().subList(0, Math.min(DEPTH, query.neighbours().size())));
  }
}
