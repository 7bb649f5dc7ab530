package org.contexture.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.contexture.record.Neighbour;
import org.junit.jupiter.api.Test;

class TopNeighboursTest {
  private static final EmbeddingTile GALLERY = Tiles.random(0, 20, 4, 3, 1);

  @Test
  void becomeRecordsInTheSameOrder() {
    TopNeighbours found = neighbours(0, 5, 0, 20);

    List<Neighbour> neighbours = found.toRecords();

    assertThat(neighbours).hasSize(5);
    assertThat(neighbours.get(4).getId()).isEqualTo(found.id(4));
    assertThat(neighbours.get(4).getLabel()).isEqualTo(found.label(4));
    assertThat(neighbours.get(4).getSimilarity()).isEqualTo((float) found.similarity(4));
  }

  @Test
  void isReadBackAsItWasWritten() throws IOException {
    TopNeighbours found = neighbours(3, 5, 0, 20);
    byte[] bytes = bytes(found);

    assertThat(bytes).hasSize(16 + 5 * 20);
    assertThat(read(bytes)).isEqualTo(found);
  }

  @Test
  void refusesBytesThatEndEarlyOrCannotBe() throws IOException {
    byte[] bytes = bytes(neighbours(3, 5, 0, 20));

    assertThatThrownBy(() -> read(Arrays.copyOf(bytes, bytes.length - 1)))
        .isInstanceOf(EOFException.class);
    ByteBuffer.wrap(bytes).putInt(12, 6);
    assertThatThrownBy(() -> read(bytes))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("neighbours of query 3: 6 of at most 5");
  }

  @Test
  void mergesOnlyWithTheSameQueryAndDepth() {
    TopNeighbours found = neighbours(0, 5, 0, 10);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> found.merge(neighbours(1, 5, 10, 20)))
        .withMessageContaining("do not merge with those of query 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> found.merge(neighbours(0, 6, 10, 20)))
        .withMessageContaining("depth 6");
  }

  @Test
  void refusesToMergeOverlappingParts() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> neighbours(0, 5, 0, 10).merge(neighbours(0, 5, 0, 10)))
        .withMessageContaining("of query 0 are out of order or the same");
  }

  private static TopNeighbours neighbours(int query, int depth, int from, int to) {
    return NeighbourSearch.nearest(GALLERY.rows(query, query + 1), GALLERY.rows(from, to), depth)
        .get(0);
  }

  private static byte[] bytes(TopNeighbours neighbours) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    neighbours.writeTo(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static TopNeighbours read(byte[] bytes) throws IOException {
    return TopNeighbours.readFrom(new DataInputStream(new ByteArrayInputStream(bytes)));
  }
}
