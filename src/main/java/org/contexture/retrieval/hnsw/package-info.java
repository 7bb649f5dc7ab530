/**
 * Approximate nearest neighbours: a hierarchical navigable small world graph (HNSW; Malkov,
 * Yashunin: Efficient and robust approximate nearest neighbor search using hierarchical navigable
 * small world graphs, 2018), built and searched by Apache Lucene's codec for vectors.
 *
 * <p><b>Approximate is which images are found, never how similar they are.</b> The graph proposes
 * candidates; {@link org.contexture.retrieval.NeighbourSearch} then computes their exact
 * similarities and orders them. So what is found is a part of the exact order, and a neighbour can
 * only be missing.
 *
 * <p><b>Segments.</b> A gallery is cut into segments, each with a graph of its own, which are built
 * apart from each other and searched one after the other. A segment is a record {@link
 * org.contexture.record.HnswSegment} and four files: the vectors in float32 ({@code .vec}) with
 * their description ({@code .vemf}), and the graph ({@code .vex}) with its description ({@code
 * .vem}), in the form that {@link org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat} and
 * {@link org.apache.lucene.codecs.lucene99.Lucene99FlatVectorsFormat} specify. They are mapped into
 * memory, so that a gallery may be larger than memory.
 *
 * <p><b>Images with the same vector</b> have one node, under the number of the first of them: the
 * graph's files have no vector for the others, and the record says whose it is. Nodes at the same
 * place would have edges to nothing but each other, and the graph would fall apart. A node that is
 * found proposes all its images, as many as could matter.
 *
 * <p><b>The same bytes.</b> Lucene gives each segment of an index of its own a random id, so its
 * index writer is not used: the codec writes the files directly, with an id that follows from the
 * segment's name. Nodes are added by one thread in the given order, and their levels are drawn from
 * a fixed seed. The similarities that decide on edges are in float32, so a processor that fuses
 * multiplication and addition may build another graph than one that does not.
 */
package org.contexture.retrieval.hnsw;
