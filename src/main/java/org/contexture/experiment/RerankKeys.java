package org.contexture.experiment;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.contexture.experiment.keys.Key;
import org.contexture.experiment.keys.Range;
import org.contexture.experiment.keys.Section;
import org.contexture.experiment.keys.Values;
import org.contexture.retrieval.rerank.RerankMethod;
import org.contexture.stage.RerankConfig;

/** The section that says whether and how rankings are put into another order. */
final class RerankKeys {
  private static final int MANY = 10_000;

  private enum Name {
    NONE,
    K_RECIPROCAL,
    QUERY_EXPANSION,
    CONTEXTUAL;

    String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final Key<Name> NAME =
      Key.choice(
              "name",
              List.of(Name.values()),
              Name::key,
              "By what the trained network's rankings are put into another order and measured once"
                  + " more: none; k_reciprocal (Zhong et al., CVPR 2017), query_expansion"
                  + " (α-weighted, Radenović et al., TPAMI 2018), or contextual, the paper's"
                  + " contextual similarity. docs/metrics.md says what each computes.")
          .or(Name.NONE);
  private static final Key<Integer> DEPTH =
      Key.whole(
              "depth",
              2,
              MANY,
              "How many of the nearest images of a query are put in another order.")
          .or(100);

  private static final Key<Integer> K1 =
      Key.whole("k1", 1, MANY, "How many neighbours of an image may be its reciprocal ones.")
          .or(20);
  private static final Key<Integer> K2 =
      Key.whole("k2", 1, MANY, "Over how many images, itself included, an encoding is averaged.")
          .or(6);
  private static final Key<Double> LAMBDA =
      Key.number("lambda", Range.of(0, 1), "The share of the cosine similarity in the result.")
          .or(0.3);

  private static final Key<Integer> NEIGHBOURS =
      Key.whole("neighbours", 1, MANY, "How many of the nearest images are added to the query.")
          .or(10);
  private static final Key<Double> ALPHA =
      Key.number(
              "alpha", Range.of(0, 100), "The power of their similarity that they are added with.")
          .or(3.0);

  private static final Key<Integer> K =
      Key.whole("k", 1, MANY, "How many images a neighbourhood has, the image itself included.")
          .or(4);
  private static final Key<Double> EPS =
      Key.number(
              "eps",
              Range.of(0, 4),
              "How much farther than the k-th nearest a neighbour may be, in squared distance.")
          .or(0.05);
  private static final Key<Double> WEIGHT =
      Key.number(
              "weight",
              Range.of(0, 1),
              "The share of the contextual similarity in the result; the rest is the cosine"
                  + " similarity.")
          .or(0.5);

  static final Section<Optional<RerankConfig>> SECTION =
      Section.of(NAME)
          .when(NAME, Name.K_RECIPROCAL, DEPTH, K1, K2, LAMBDA)
          .when(NAME, Name.QUERY_EXPANSION, DEPTH, NEIGHBOURS, ALPHA)
          .when(NAME, Name.CONTEXTUAL, DEPTH, K, EPS, WEIGHT)
          .as(RerankKeys::config);

  private RerankKeys() {}

  private static Optional<RerankConfig> config(Values values) {
    return method(values).map(method -> new RerankConfig(method, values.of(DEPTH)));
  }

  private static Optional<RerankMethod> method(Values values) {
    return switch (values.of(NAME)) {
      case NONE -> Optional.empty();
      case K_RECIPROCAL ->
          Optional.of(
              new RerankMethod.KReciprocal(values.of(K1), values.of(K2), values.of(LAMBDA)));
      case QUERY_EXPANSION ->
          Optional.of(new RerankMethod.QueryExpansion(values.of(NEIGHBOURS), values.of(ALPHA)));
      case CONTEXTUAL ->
          Optional.of(new RerankMethod.Contextual(values.of(K), values.of(EPS), values.of(WEIGHT)));
    };
  }
}
