/**
 * Exact nearest neighbours and the figures computed from them: a plain library, usable from one
 * thread or from a cluster.
 *
 * <p><b>The order.</b> The similarity of two images is the dot product of their float32 unit
 * vectors, every product exact in double precision and the sum taken in one fixed order. Neighbours
 * are ordered by descending similarity, equal similarities by ascending id; the query is left out
 * by its id, never by its position or its similarity. The order is total and depends on the two
 * vectors alone, so a result is the same bit for bit however queries and gallery are cut into
 * tiles, in whichever order tiles are searched or merged, and on every machine.
 *
 * <p><b>Ranks, not long lists.</b> All metrics follow from the ranks of a query's relevant images
 * in the whole gallery. Their similarities are computed first, then every other image of the
 * gallery is counted between two of them, and nothing of it is kept. So mAP over the whole ranking
 * costs no more than Recall@1, and the list of neighbours is as short as whoever looks at it wants.
 *
 * <p><b>Composition.</b> {@link org.contexture.retrieval.NeighbourSearch} takes one tile of queries
 * and any number of gallery tiles, one after the other; memory is bounded by the tiles, the depth
 * and the relevant images. What it finds for a query, {@link org.contexture.retrieval.Retrieved},
 * merges with what another search found in other tiles; merging is associative and commutative.
 * {@link org.contexture.retrieval.RetrievalMetrics} merges likewise.
 *
 * <p><b>Two networks</b> that answered the same queries are compared by {@link
 * org.contexture.retrieval.PairedHits}.
 *
 * <p><b>The serial form of {@code Retrieved}</b>, all numbers big-endian: query label (4 bytes),
 * query id (8), depth (4), count (4), then for each neighbour, the nearest first, its id (8), label
 * (4) and similarity as IEEE 754 double (8); count of relevant images (4), then for each, the
 * nearest first, how many images were counted after the one before it and no later than itself (4).
 */
package org.contexture.retrieval;
