package org.contexture.retrieval.rerank;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * k-reciprocal encoding (Zhong, Zheng, Cao, Li: Re-ranking Person Re-identification with
 * k-reciprocal Encoding, CVPR 2017). Two images are k-reciprocal neighbours when each is among the
 * k nearest of the other. An image is encoded by its k1-reciprocal neighbours and by those of these
 * that largely agree with them, each weighted by exp(-d); the encoding is averaged over the image
 * and its nearest (local query expansion). Encodings are compared by their Jaccard index, mixed
 * with the cosine similarity.
 *
 * <p>As the published code has it: each image is its own first neighbour, beside which k others
 * count; neighbours of neighbours join when more than two thirds of them are known already. Unlike
 * there, d is 1 - cosine rather than the squared distance over the largest one of the image, which
 * would take a pass over the gallery, and other queries are not among the images.
 */
final class KReciprocalReranker implements Reranker {
  private static final int REMEMBERED = 1 << 14;

  private final NeighbourGraph graph;
  private final RerankMethod.KReciprocal options;
  private final RecentImages<Encoding> encodings;
  private final RecentImages<Encoding> expanded;

  KReciprocalReranker(NeighbourGraph graph, RerankMethod.KReciprocal options) {
    this.graph = graph;
    this.options = options;
    this.encodings = new RecentImages<>(REMEMBERED, this::encode);
    this.expanded = new RecentImages<>(REMEMBERED, this::expand);
  }

  @Override
  public double[] similarities(long query, long[] candidates) {
    Encoding asked = expanded.of(query);
    return Arrays.stream(candidates)
        .mapToDouble(
            candidate ->
                (1 - options.lambda()) * asked.overlap(expanded.of(candidate))
                    + options.lambda() * graph.similarity(query, candidate))
        .toArray();
  }

  private Encoding expand(long image) {
    List<Encoding> some = new ArrayList<>(List.of(encodings.of(image)));
    for (long near : graph.nearest(image, options.k2() - 1)) {
      some.add(encodings.of(near));
    }
    return Encoding.mean(some);
  }

  private Encoding encode(long image) {
    SortedMap<Long, Double> weights = new TreeMap<>();
    for (long member : neighbourhood(image)) {
      double distance = member == image ? 0 : 1 - graph.similarity(image, member);
      weights.put(member, StrictMath.exp(-distance));
    }
    return Encoding.inProportion(weights);
  }

  private Set<Long> neighbourhood(long image) {
    Set<Long> reciprocal = reciprocal(image, options.k1());
    Set<Long> grown = new LinkedHashSet<>(reciprocal);
    int half = (int) Math.rint(options.k1() / 2.0);
    for (long member : reciprocal) {
      Set<Long> theirs = reciprocal(member, half);
      long known = theirs.stream().filter(reciprocal::contains).count();
      if (3 * known > 2L * theirs.size()) {
        grown.addAll(theirs);
      }
    }
    return grown;
  }

  private Set<Long> reciprocal(long image, int k) {
    Set<Long> reciprocal = new LinkedHashSet<>(List.of(image));
    for (long near : graph.nearest(image, k)) {
      for (long back : graph.nearest(near, k)) {
        if (back == image) {
          reciprocal.add(near);
        }
      }
    }
    return reciprocal;
  }
}
