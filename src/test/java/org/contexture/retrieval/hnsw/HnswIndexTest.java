package org.contexture.retrieval.hnsw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.commons.codec.digest.DigestUtils;
import org.contexture.failure.Failure;
import org.contexture.record.HnswSegment;
import org.contexture.retrieval.EmbeddingTile;
import org.contexture.retrieval.NeighbourSearch;
import org.contexture.retrieval.TopNeighbours;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HnswIndexTest {
  private static final HnswParameters PARAMETERS = new HnswParameters(16, 100);
  private static final int DEPTH = 10;

  @TempDir Path directory;

  private HnswIndex indexed(EmbeddingTile... parts) throws IOException {
    List<HnswSegment> segments = new ArrayList<>();
    for (EmbeddingTile part : parts) {
      segments.add(Segments.write(directory, "part-" + segments.size(), part, PARAMETERS));
    }
    return HnswIndex.open(segments, directory::resolve);
  }

  private static double recall(List<TopNeighbours> exact, List<TopNeighbours> found) {
    int hits = 0;
    for (int query = 0; query < exact.size(); query++) {
      Set<Long> wanted = new HashSet<>(ids(exact.get(query)));
      assertThat(found.get(query).queryId()).isEqualTo(exact.get(query).queryId());
      hits += ids(found.get(query)).stream().mapToInt(id -> wanted.contains(id) ? 1 : 0).sum();
    }
    return hits / (double) (DEPTH * exact.size());
  }

  private static List<Long> ids(TopNeighbours neighbours) {
    return IntStream.range(0, neighbours.size()).mapToObj(neighbours::id).toList();
  }

  @Test
  void findsAlmostAllOfTheNearestNeighboursAndMoreWhenItLooksAtMore() throws IOException {
    EmbeddingTile gallery = ClusteredPoints.of(3000, 32, 1);
    EmbeddingTile queries = ClusteredPoints.queries(gallery, 200, 2);
    List<TopNeighbours> exact = NeighbourSearch.nearest(queries, gallery, DEPTH);

    try (HnswIndex index = indexed(gallery)) {
      assertThat(index.size()).isEqualTo(3000);
      double few = recall(exact, index.nearest(queries, DEPTH, 1));
      double some = recall(exact, index.nearest(queries, DEPTH, 100));
      assertThat(few).isBetween(0.5, 0.99);
      assertThat(some).isGreaterThan(0.97).isGreaterThan(few);
      assertThat(index.nearest(queries, DEPTH, 3000)).isEqualTo(exact);
    }
  }

  @Test
  void segmentsTogetherAreOneGallery() throws IOException {
    EmbeddingTile gallery = ClusteredPoints.of(1000, 16, 3);
    EmbeddingTile queries = ClusteredPoints.queries(gallery, 50, 4);

    try (HnswIndex index =
        indexed(gallery.rows(0, 1), gallery.rows(1, 600), gallery.rows(600, 1000))) {
      assertThat(index.nearest(queries, DEPTH, 1000))
          .isEqualTo(NeighbourSearch.nearest(queries, gallery, DEPTH));
    }
  }

  /** Whatever is missed: what is found has the similarity and the place of the exact search. */
  @ParameterizedTest
  @ValueSource(longs = {5, 6, 7})
  void whatIsFoundHasItsExactSimilarityAndOrder(long seed) throws IOException {
    EmbeddingTile gallery = ClusteredPoints.of(500, 8, seed);
    EmbeddingTile queries = gallery.rows(100, 150);
    List<TopNeighbours> all = NeighbourSearch.nearest(queries, gallery, 500);

    try (HnswIndex index = indexed(gallery)) {
      List<TopNeighbours> found = index.nearest(queries, DEPTH, 1);
      for (int query = 0; query < queries.size(); query++) {
        TopNeighbours expected = all.get(query);
        Map<Long, Integer> places = new HashMap<>();
        IntStream.range(0, expected.size()).forEach(place -> places.put(expected.id(place), place));
        TopNeighbours actual = found.get(query);
        assertThat(actual.size()).isEqualTo(DEPTH);
        assertThat(ids(actual)).doesNotContain(queries.id(query));
        int before = -1;
        for (int position = 0; position < actual.size(); position++) {
          int place = places.get(actual.id(position));
          assertThat(place).isGreaterThan(before);
          assertThat(actual.similarity(position)).isEqualTo(expected.similarity(place));
          assertThat(actual.label(position)).isEqualTo(expected.label(place));
          before = place;
        }
      }
    }
  }

  @Test
  void allAreFoundIfMoreAreWantedThanThereAre() throws IOException {
    EmbeddingTile gallery = ClusteredPoints.of(200, 8, 1);
    EmbeddingTile queries = gallery.rows(0, 3);

    try (HnswIndex index = indexed(gallery.rows(0, 150), gallery.rows(150, 200))) {
      assertThat(index.nearest(queries, Integer.MAX_VALUE, 1))
          .isEqualTo(NeighbourSearch.nearest(queries, gallery, Integer.MAX_VALUE))
          .allSatisfy(found -> assertThat(found.size()).isEqualTo(199));
    }
  }

  @Test
  void anEmptyGalleryHasNoNeighbours() throws IOException {
    EmbeddingTile queries = ClusteredPoints.of(2, 8, 1);

    try (HnswIndex index = indexed()) {
      assertThat(index.nearest(queries, DEPTH, 100))
          .hasSize(2)
          .allSatisfy(found -> assertThat(found.size()).isZero());
    }
  }

  @Test
  void aGalleryOfOneImageHasThatForAllButItself() throws IOException {
    EmbeddingTile points = ClusteredPoints.of(2, 8, 1);

    try (HnswIndex index = indexed(points.rows(1, 2))) {
      List<TopNeighbours> found = index.nearest(points, DEPTH, 1);
      assertThat(ids(found.get(0))).containsExactly(1L);
      assertThat(ids(found.get(1))).isEmpty();
    }
  }

  @Test
  void imagesThatAreAllTheSameAreOrderedByTheirIds() throws IOException {
    float[] same = ClusteredPoints.of(1, 8, 1).vector(0);
    int copies = 300;
    float[] vectors = new float[copies * same.length];
    for (int copy = 0; copy < copies; copy++) {
      System.arraycopy(same, 0, vectors, copy * same.length, same.length);
    }
    EmbeddingTile gallery =
        EmbeddingTile.of(
            LongStream.range(0, copies).toArray(), new int[copies], vectors, same.length);

    try (HnswIndex index = indexed(gallery)) {
      TopNeighbours found = index.nearest(gallery.rows(7, 8), DEPTH, 50).get(0);
      assertThat(ids(found)).hasSize(DEPTH).isSorted().doesNotContain(7L);
      assertThat(IntStream.range(0, DEPTH).mapToObj(found::similarity).distinct()).hasSize(1);
      assertThat(index.nearest(gallery.rows(7, 8), DEPTH, copies))
          .isEqualTo(NeighbourSearch.nearest(gallery.rows(7, 8), gallery, DEPTH));
    }
  }

  /** More equal vectors than a node has edges, and more than are looked for. */
  @ParameterizedTest
  @ValueSource(ints = {40, 200})
  void imagesWithTheSameVectorHideNoneOfTheOthers(int copies) throws IOException {
    EmbeddingTile points = ClusteredPoints.of(300, 16, 8);
    List<Integer> rows = new ArrayList<>();
    for (int row = 0; row < points.size(); row++) {
      rows.addAll(Collections.nCopies(row % 10 == 0 ? copies : 1, row));
    }
    Collections.shuffle(rows, new Random(9));
    float[] vectors = new float[rows.size() * points.dimensions()];
    for (int image = 0; image < rows.size(); image++) {
      System.arraycopy(
          points.vector(rows.get(image)),
          0,
          vectors,
          image * points.dimensions(),
          points.dimensions());
    }
    EmbeddingTile gallery =
        EmbeddingTile.of(
            // The order of ids is not that of the images.
            LongStream.range(0, rows.size()).map(image -> rows.size() - image).toArray(),
            rows.stream().mapToInt(Integer::intValue).toArray(),
            vectors,
            points.dimensions());
    EmbeddingTile queries = gallery.rows(0, 100);

    try (HnswIndex index = indexed(gallery)) {
      assertThat(index.size()).isEqualTo(gallery.size());
      for (int depth : new int[] {DEPTH, 60}) {
        assertThat(index.nearest(queries, depth, 300))
            .isEqualTo(NeighbourSearch.nearest(queries, gallery, depth));
      }
      List<TopNeighbours> exact = NeighbourSearch.nearest(queries, gallery, DEPTH);
      assertThat(recall(exact, index.nearest(queries, DEPTH, 50))).isGreaterThan(0.95);
    }
  }

  @Test
  void aSegmentSaysWhichImagesShareANode() throws IOException {
    float[] vectors = {1, 0, 0, 1, 1, 0, 0, -1, 0, 1, 1, 0};
    EmbeddingTile gallery = EmbeddingTile.of(new long[] {9, 8, 7, 6, 5, 4}, new int[6], vectors, 2);

    HnswSegment shared = Segments.write(directory, "shared", gallery, PARAMETERS);
    HnswSegment distinct = Segments.write(directory, "distinct", gallery.rows(0, 2), PARAMETERS);

    assertThat(shared.getFirsts()).containsExactly(0, 1, 0, 3, 1, 0);
    assertThat(distinct.getFirsts()).isEmpty();
    try (HnswIndex index = HnswIndex.open(List.of(shared), directory::resolve)) {
      assertThat(ids(index.nearest(gallery.rows(2, 3), DEPTH, 1).get(0)))
          .containsExactly(4L, 9L, 5L, 6L, 8L);
    }
    HnswSegment other = HnswSegment.newBuilder(shared).setFirsts(List.of()).build();
    assertThatThrownBy(() -> HnswIndex.open(List.of(other), directory::resolve).close())
        .isInstanceOf(Failure.class)
        .hasMessageContaining("3 vectors for 6 images of 6 classes");
    for (List<Integer> firsts :
        List.of(List.of(0, 1, 0, 3, 1), List.of(0, 1, 0, 3, 1, 6), List.of(-1, 1, 0, 3, 1, 0))) {
      HnswSegment wrong = HnswSegment.newBuilder(shared).setFirsts(firsts).build();
      assertThatThrownBy(() -> HnswIndex.open(List.of(wrong), directory::resolve).close())
          .isInstanceOf(Failure.class)
          .hasMessageContaining("its equal images are none of its 6");
    }
  }

  @Test
  void queriesOfAnotherNetworkAreRefused() throws IOException {
    try (HnswIndex index = indexed(ClusteredPoints.of(10, 8, 1))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> index.nearest(ClusteredPoints.of(1, 9, 1), DEPTH, 10))
          .withMessage("queries have 9 dimensions, the index 8");
    }
  }

  @Test
  void theSameImagesGiveTheSameBytes() throws IOException {
    EmbeddingTile gallery = ClusteredPoints.of(2000, 16, 1);
    Path again = Files.createDirectory(directory.resolve("again"));
    Segments.write(directory, "part-0", gallery, PARAMETERS);
    Segments.write(again, "part-0", gallery, PARAMETERS);

    for (String extension : List.of("vec", "vemf", "vex", "vem")) {
      Path file = Path.of("part-0." + extension);
      assertThat(again.resolve(file)).hasSameBinaryContentAs(directory.resolve(file));
    }
  }

  /** Corners and axes, whose similarities are exact in float32 on every processor. */
  @Test
  void otherBytesThanBeforeNeedAnotherVersionOfTheStage() throws IOException {
    int dimensions = 4;
    int corners = 1 << dimensions;
    int points = corners + 2 * dimensions;
    float[] vectors = new float[points * dimensions];
    for (int corner = 0; corner < corners; corner++) {
      for (int i = 0; i < dimensions; i++) {
        vectors[corner * dimensions + i] = (corner >> i & 1) - 0.5f;
      }
    }
    for (int axis = 0; axis < 2 * dimensions; axis++) {
      vectors[(corners + axis) * dimensions + axis / 2] = axis % 2 == 0 ? 1 : -1;
    }
    EmbeddingTile gallery =
        EmbeddingTile.of(
            LongStream.range(0, points).toArray(), new int[points], vectors, dimensions);
    Segments.write(directory, "part-0", gallery, new HnswParameters(2, 10));

    StringBuilder digests = new StringBuilder();
    for (String extension : List.of("vec", "vemf", "vex", "vem")) {
      byte[] content = Files.readAllBytes(directory.resolve("part-0." + extension));
      digests.append(DigestUtils.sha256Hex(content));
    }
    assertThat(DigestUtils.sha256Hex(digests.toString()))
        .as("raise the version of HnswStage, then pin the new digest here")
        .isEqualTo("0ee0d6b6c3864f44ead626db5a488bfd8e3a52b28f84a30f87ef952e0ed83f39");
  }

  @ParameterizedTest
  @ValueSource(strings = {"vex", "vem", "vemf"})
  void aDamagedGraphIsNamedWhenItIsOpened(String extension) throws IOException {
    HnswSegment segment =
        Segments.write(directory, "part-0", ClusteredPoints.of(200, 8, 1), PARAMETERS);
    Path file = directory.resolve("part-0." + extension);
    damage(file, Files.size(file) / 2);

    assertThatThrownBy(() -> HnswIndex.open(List.of(segment), directory::resolve).close())
        .isInstanceOf(Failure.class)
        .hasMessageContainingAll(directory.toString(), "part-0", "damaged", file.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"vec", "vex", "vem", "vemf"})
  void aFileThatIsCutOrMissingIsNamed(String extension) throws IOException {
    HnswSegment segment =
        Segments.write(directory, "part-0", ClusteredPoints.of(200, 8, 1), PARAMETERS);
    Path file = directory.resolve("part-0." + extension);
    byte[] content = Files.readAllBytes(file);
    for (int length : new int[] {content.length - 1, content.length / 2, 3, 0}) {
      Files.write(file, Arrays.copyOf(content, length));
      assertThatThrownBy(() -> HnswIndex.open(List.of(segment), directory::resolve).close())
          .isInstanceOf(Failure.class)
          .hasMessageContainingAll("part-0", "damaged");
    }
    Files.delete(file);
    assertThatThrownBy(() -> HnswIndex.open(List.of(segment), directory::resolve).close())
        .isInstanceOf(Failure.class)
        .hasMessageContainingAll("not whole", file.getFileName().toString());
  }

  @Test
  void aDamagedVectorIsNamedWhenAllIsChecked() throws IOException {
    HnswSegment segment =
        Segments.write(directory, "part-0", ClusteredPoints.of(200, 8, 1), PARAMETERS);
    Path file = directory.resolve("part-0.vec");
    damage(file, Files.size(file) / 2);

    try (HnswIndex index = HnswIndex.open(List.of(segment), directory::resolve)) {
      assertThatThrownBy(index::verify)
          .isInstanceOf(Failure.class)
          .hasMessageContainingAll("part-0", "damaged", file.toString());
    }
  }

  @Test
  void filesOfAnotherSegmentAreRefused() throws IOException {
    HnswSegment segment =
        Segments.write(directory, "part-0", ClusteredPoints.of(200, 8, 1), PARAMETERS);
    Segments.write(directory, "part-1", ClusteredPoints.of(200, 8, 2), PARAMETERS);
    Files.delete(directory.resolve("part-0.vec"));
    Files.move(directory.resolve("part-1.vec"), directory.resolve("part-0.vec"));

    assertThatThrownBy(() -> HnswIndex.open(List.of(segment), directory::resolve).close())
        .isInstanceOf(Failure.class)
        .hasMessageContainingAll("part-0", "damaged");
  }

  /** What is mapped into memory stays open as long as Linux lists it. */
  @Test
  void aSegmentThatIsRefusedIsClosed() throws IOException {
    Path mapped = Path.of("/proc/self/maps");
    assumeThat(mapped).exists();
    HnswSegment segment =
        Segments.write(directory, "part-0", ClusteredPoints.of(200, 8, 1), PARAMETERS);
    HnswSegment tooFewLabels =
        HnswSegment.newBuilder(segment).setLabels(segment.getLabels().subList(0, 100)).build();
    String file = directory.resolve("part-0.vec").toString();

    try (HnswIndex index = HnswIndex.open(List.of(segment), directory::resolve)) {
      assertThat(index.size()).isEqualTo(200);
      assertThat(Files.readString(mapped)).contains(file);
    }
    assertThatThrownBy(() -> HnswIndex.open(List.of(tooFewLabels), directory::resolve).close())
        .isInstanceOf(Failure.class);
    assertThat(Files.readString(mapped)).doesNotContain(file);
  }

  @Test
  void parametersThatLuceneDoesNotKnowAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new HnswParameters(1, 100))
        .withMessage("m must be from 2 to 512, not 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new HnswParameters(16, 3201))
        .withMessage("efConstruction must be from 1 to 3200, not 3201");
  }

  private static void damage(Path file, long position) throws IOException {
    byte[] content = Files.readAllBytes(file);
    content[(int) position] ^= 0x10;
    Files.write(file, content);
  }
}
