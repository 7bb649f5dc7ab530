package org.contexture.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.contexture.retrieval.EmbeddingTile;
import org.junit.jupiter.api.Test;

class ExactSearchTest {
  private static final int DIMENSIONS = 4;
  private static final int DEPTH = 5;

  /** Three tiles of seven images each, the ids through. */
  private static final class Tiles implements EmbeddingTiles {
    private final List<EmbeddingTile> tiles = new ArrayList<>();
    private int handedOver;
    private int asked;

    Tiles() {
      SplittableRandom random = new SplittableRandom(1);
      for (int tile = 0; tile < 3; tile++) {
        long first = 7L * tile;
        float[] vectors = new float[7 * DIMENSIONS];
        for (int row = 0; row < 7; row++) {
          System.arraycopy(vector(random), 0, vectors, row * DIMENSIONS, DIMENSIONS);
        }
        tiles.add(
            EmbeddingTile.of(
                IntStream.range(0, 7).mapToLong(row -> first + row).toArray(),
                new int[7],
                vectors,
                DIMENSIONS));
      }
    }

    @Override
    public int dimensions() {
      return DIMENSIONS;
    }

    @Override
    public void from(int tile, Consumer<EmbeddingTile> consumer) {
      asked++;
      for (EmbeddingTile one : tiles.subList(tile, tiles.size())) {
        handedOver++;
        consumer.accept(one);
      }
    }

    List<Long> sorted(float[] query) {
      record Scored(long id, double similarity) {}
      List<Scored> all = new ArrayList<>();
      for (EmbeddingTile tile : tiles) {
        for (int row = 0; row < tile.size(); row++) {
          double sum = 0;
          for (int i = 0; i < DIMENSIONS; i++) {
            sum += (double) query[i] * tile.component(row, i);
          }
          all.add(new Scored(tile.id(row), sum));
        }
      }
      all.sort(Comparator.comparingDouble(Scored::similarity).reversed());
      return all.stream().map(Scored::id).toList();
    }
  }

  private static float[] vector(SplittableRandom random) {
    double[] drawn = random.doubles(DIMENSIONS, -1, 1).toArray();
    double length =
        Math.sqrt(IntStream.range(0, DIMENSIONS).mapToDouble(i -> drawn[i] * drawn[i]).sum());
    float[] vector = new float[DIMENSIONS];
    for (int i = 0; i < DIMENSIONS; i++) {
      vector[i] = (float) (drawn[i] / length);
    }
    return vector;
  }

  @Test
  void findsWhatSortingTheWholeGalleryFinds() {
    Tiles tiles = new Tiles();
    SplittableRandom random = new SplittableRandom(2);
    float[][] queries = {vector(random), vector(random), vector(random)};

    List<List<Match>> found = new ExactSearch(tiles).nearest(queries, DEPTH);

    for (int query = 0; query < queries.length; query++) {
      assertThat(found.get(query))
          .extracting(Match::id)
          .containsExactlyElementsOf(tiles.sorted(queries[query]).subList(0, DEPTH));
    }
  }

  @Test
  void anImageOfTheGalleryIsFoundByItself() {
    Tiles tiles = new Tiles();
    EmbeddingTile first = tiles.tiles.get(0);
    float[] query = new float[DIMENSIONS];
    for (int i = 0; i < DIMENSIONS; i++) {
      query[i] = first.component(0, i);
    }

    List<List<Match>> found = new ExactSearch(tiles).nearest(new float[][] {query}, 100);

    assertThat(found.get(0)).hasSize(21);
    assertThat(found.get(0).get(0).id()).isZero();
    assertThat(found.get(0).get(0).similarity()).isCloseTo(1, within(1e-6));
  }

  @Test
  void nothingIsKeptAfterATileThatDidNotFit() {
    Tiles tiles = new Tiles();
    tiles.tiles.add(EmbeddingTile.of(new long[0], new int[0], new float[0], DIMENSIONS));
    KeptTiles kept = new KeptTiles(tiles, 1);
    for (int time = 0; time < 2; time++) {
      List<EmbeddingTile> seen = new ArrayList<>();
      kept.from(0, seen::add);
      assertThat(seen).containsExactlyElementsOf(tiles.tiles);
    }
  }

  @Test
  void keptTilesAreTheSameAndAsManyAsFit() {
    for (int room = 0; room <= 4; room++) {
      Tiles tiles = new Tiles();
      KeptTiles kept = new KeptTiles(tiles, (long) room * 7 * (DIMENSIONS + 3) * Float.BYTES);
      for (int time = 0; time < 3; time++) {
        List<EmbeddingTile> seen = new ArrayList<>();
        kept.from(0, seen::add);
        assertThat(seen).containsExactlyElementsOf(tiles.tiles);
      }
      List<EmbeddingTile> last = new ArrayList<>();
      kept.from(2, last::add);
      assertThat(last).containsExactly(tiles.tiles.get(2));

      int fit = Math.min(room, 3);
      assertThat(tiles.handedOver).isEqualTo(3 + 2 * (3 - fit) + (fit == 3 ? 0 : 1));
    }
  }

  @Test
  void whatIsKeptWholeIsReadOnce() {
    Tiles tiles = new Tiles();
    KeptTiles kept = new KeptTiles(tiles, Long.MAX_VALUE);
    for (int time = 0; time < 3; time++) {
      List<EmbeddingTile> seen = new ArrayList<>();
      kept.from(0, seen::add);
      assertThat(seen).containsExactlyElementsOf(tiles.tiles);
    }
    kept.from(4, tile -> fail("there are three"));

    assertThat(tiles.asked).isEqualTo(1);
  }

  @Test
  void aSourceThatFailedIsAskedAgainFromWhereItFailed() {
    Tiles tiles = new Tiles();
    KeptTiles kept = new KeptTiles(tiles, Long.MAX_VALUE);
    EmbeddingTile second = tiles.tiles.set(1, null);
    assertThatThrownBy(() -> kept.from(0, tile -> {})).isInstanceOf(NullPointerException.class);
    tiles.tiles.set(1, second);

    List<EmbeddingTile> seen = new ArrayList<>();
    kept.from(0, seen::add);

    assertThat(seen).containsExactlyElementsOf(tiles.tiles);
    assertThat(tiles.handedOver).isEqualTo(4);
  }
}
