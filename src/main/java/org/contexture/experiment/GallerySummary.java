package org.contexture.experiment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.contexture.random.RandomStream;
import org.contexture.record.Neighbours;
import org.contexture.report.Gallery;
import org.contexture.report.GalleryQuery;
import org.contexture.retrieval.AveragePrecisionAtR;
import org.contexture.retrieval.RankedRelevance;

/** The queries of one network that are worth looking at. */
final class GallerySummary {
  private final List<Ranked> queries = new ArrayList<>();
  private final QueryPictures pictures;

  /** What is known of a query with something to find. */
  private record Ranked(Neighbours neighbours, double precision) {
    int relevant() {
      return neighbours.getRanks().size();
    }

    /** Similarity of the nearest neighbour: how sure the network is. */
    float margin() {
      return neighbours.getNeighbours().get(0).getSimilarity();
    }
  }

  GallerySummary(Iterable<Neighbours> found, QueryPictures pictures) {
    this.pictures = pictures;
    AveragePrecisionAtR precision = new AveragePrecisionAtR();
    for (Neighbours neighbours : found) {
      if (!neighbours.getRanks().isEmpty()) {
        queries.add(new Ranked(neighbours, precision.value(RankedRelevance.of(neighbours))));
      }
    }
  }

  /** Some queries by chance, the best, the worst, and one of each of some classes. */
  Gallery gallery(ReportSettings shown, long seed) {
    List<Ranked> byChance =
        sorted(
            Comparator.comparingLong(
                query -> RandomStream.of(seed, query.neighbours().getQueryId()).nextLong()));
    List<Ranked> best =
        sorted(
            Comparator.comparingDouble(Ranked::precision)
                .thenComparingInt(Ranked::relevant)
                .reversed()
                .thenComparing(Ranked::margin, Comparator.reverseOrder()));
    List<Ranked> worst =
        sorted(
            Comparator.comparingDouble(Ranked::precision)
                .thenComparing(Ranked::relevant, Comparator.reverseOrder())
                .thenComparing(Ranked::margin, Comparator.reverseOrder()));
    return new Gallery(
        pictured(byChance.stream().limit(shown.queries()).toList()),
        pictured(distinctClasses(best, shown.queries())),
        pictured(distinctClasses(worst, shown.queries())),
        pictured(distinctClasses(byChance, shown.classes())).stream()
            .sorted(Comparator.comparing(GalleryQuery::className))
            .toList());
  }

  private List<Ranked> sorted(Comparator<Ranked> order) {
    return queries.stream().sorted(order).toList();
  }

  private static List<Ranked> distinctClasses(List<Ranked> sorted, int count) {
    Set<Integer> seen = new HashSet<>();
    return sorted.stream()
        .filter(query -> seen.add(query.neighbours().getQueryLabel()))
        .limit(count)
        .toList();
  }

  private List<GalleryQuery> pictured(List<Ranked> chosen) {
    return chosen.stream().map(query -> pictures.shown(query.neighbours())).toList();
  }
}
