package org.contexture.experiment;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.contexture.experiment.keys.Key;
import org.contexture.experiment.keys.Section;
import org.contexture.retrieval.hnsw.HnswParameters;

/**
 * The approximate index that is built for the trained network.
 *
 * @param parameters how its graphs are built
 * @param efSearch how many candidates a search looks for in each segment
 */
public record ApproximateIndexSettings(HnswParameters parameters, int efSearch) {
  private enum Name {
    NONE,
    HNSW;

    String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final Key<Name> NAME =
      Key.choice(
              "name",
              List.of(Name.values()),
              Name::key,
              "Which index is built of the test images, for searches that look at few of them: none,"
                  + " or hnsw, a hierarchical navigable small world graph. No metric depends on it;"
                  + " which share of the exact nearest neighbours it finds is measured.")
          .or(Name.NONE);
  private static final Key<Integer> M =
      Key.whole(
              "m",
              2,
              HnswParameters.LARGEST_M,
              "How many edges a node has on each level but the lowest, which has twice as many. More"
                  + " find more, and take longer to build.")
          .or(16);
  private static final Key<Integer> EF_CONSTRUCTION =
      Key.whole(
              "ef_construction",
              1,
              HnswParameters.LARGEST_EF_CONSTRUCTION,
              "How many candidates are considered for the edges of a new node. More find more, and"
                  + " take longer to build.")
          .or(100);
  private static final Key<Integer> EF_SEARCH =
      Key.whole(
              "ef_search",
              1,
              100_000,
              "How many candidates a search looks for in each segment of at most 65,536 images. More"
                  + " find more, and take longer to search.")
          .or(100);

  static final Section<Optional<ApproximateIndexSettings>> SECTION =
      Section.of(NAME)
          .when(NAME, Name.HNSW, M, EF_CONSTRUCTION, EF_SEARCH)
          .as(
              values ->
                  switch (values.of(NAME)) {
                    case NONE -> Optional.empty();
                    case HNSW ->
                        Optional.of(
                            new ApproximateIndexSettings(
                                new HnswParameters(values.of(M), values.of(EF_CONSTRUCTION)),
                                values.of(EF_SEARCH)));
                  });
}
