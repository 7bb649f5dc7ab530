package org.contexture.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.contexture.failure.Failure;
import org.contexture.record.Embedding;
import org.contexture.record.Split;
import org.junit.jupiter.api.Test;

class EmbeddingTileTest {
  @Test
  void readsLittleEndianVectorsAndLeavesTheRecordsAsTheyAre() {
    Embedding first = embedding(7, 1, 0.6f, 0.8f);
    Embedding second = embedding(3, 2, 0f, -1f);

    EmbeddingTile tile = EmbeddingTile.of(List.of(first, second), 2);

    assertThat(tile.size()).isEqualTo(2);
    assertThat(tile.dimensions()).isEqualTo(2);
    assertThat(new long[] {tile.id(0), tile.id(1)}).containsExactly(7, 3);
    assertThat(new int[] {tile.label(0), tile.label(1)}).containsExactly(1, 2);
    assertThat(tile.component(0, 0)).isEqualTo(0.6f);
    assertThat(tile.component(1, 1)).isEqualTo(-1f);
    assertThat(first.getVector().remaining()).isEqualTo(8);
  }

  @Test
  void readsAVectorThatIsASliceOfALargerBuffer() {
    ByteBuffer larger = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    larger.putInt(0).putFloat(0.6f).putFloat(0.8f).flip().position(4);

    EmbeddingTile tile = EmbeddingTile.of(List.of(embedding(1, 1, larger)), 2);

    assertThat(tile.component(0, 1)).isEqualTo(0.8f);
  }

  @Test
  void namesTheImageWhoseVectorHasAnotherLength() {
    List<Embedding> embeddings = List.of(embedding(1, 1, 0f, 1f), embedding(42, 1, 1f));

    assertThatThrownBy(() -> EmbeddingTile.of(embeddings, 2))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> assertThat(failure.category()).isEqualTo(Failure.Category.DATA))
        .hasMessageContaining("image 42 has 4 bytes where 2 dimensions take 8");
  }

  @Test
  void namesTheImageWhoseVectorIsNotOfLengthOne() {
    assertThatThrownBy(() -> EmbeddingTile.of(List.of(embedding(5, 1, 3f, 4f)), 2))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("image 5 has length 5.00000, not 1");
    assertThatThrownBy(() -> EmbeddingTile.of(List.of(embedding(6, 1, Float.NaN, 0f)), 2))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("image 6 has length NaN");
  }

  @Test
  void refusesAnIdThatOccursTwice() {
    assertThatThrownBy(() -> EmbeddingTile.of(List.of(embedding(9, 1, 1f), embedding(9, 2, 1f)), 1))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("Two embeddings have the id 9");
  }

  @Test
  void refusesArraysThatDoNotFitTogether() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EmbeddingTile.of(new long[2], new int[2], new float[3], 2))
        .withMessageContaining("2 labels and 3 components");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EmbeddingTile.of(new long[0], new int[0], new float[0], 0))
        .withMessageContaining("from 1 to 65536, not 0");
  }

  @Test
  void keepsItsValuesWhenTheArraysChange() {
    float[] vectors = {1f};
    EmbeddingTile tile = EmbeddingTile.of(new long[1], new int[1], vectors, 1);
    vectors[0] = 0f;

    assertThat(tile.component(0, 0)).isEqualTo(1f);
  }

  @Test
  void cutsOutRows() {
    EmbeddingTile part = Tiles.random(10, 5, 3, 2, 1).rows(2, 4);

    assertThat(part.size()).isEqualTo(2);
    assertThat(part.id(0)).isEqualTo(12);
    assertThat(part.component(1, 2)).isEqualTo(Tiles.random(10, 5, 3, 2, 1).component(3, 2));
  }

  private static Embedding embedding(long id, int label, float... vector) {
    ByteBuffer bytes = ByteBuffer.allocate(vector.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (float component : vector) {
      bytes.putFloat(component);
    }
    return embedding(id, label, bytes.flip());
  }

  private static Embedding embedding(long id, int label, ByteBuffer vector) {
    return Embedding.newBuilder()
        .setId(id)
        .setLabel(label)
        .setSuperLabel(0)
        .setSplit(Split.TEST)
        .setVector(vector)
        .build();
  }
}
