package org.contexture.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.contexture.failure.Failure;
import org.contexture.record.Rejection;
import org.junit.jupiter.api.Test;

class RetrievalListTest {
  private static final String HEADER = "image_id class_id super_class_id path\n";

  private static RetrievalList list(String text) {
    return new RetrievalList("list.txt", text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void rowsAreReadWithBlanksInPaths() {
    RetrievalList list = list(HEADER + "1 2 3 a/b.png\r\n\n4 5 6 with blank.png");

    assertThat(list.rows())
        .containsExactly(
            new RetrievalList.Row(1, 2, 3, "a/b.png"),
            new RetrievalList.Row(4, 5, 6, "with blank.png"));
    assertThat(list.rejections()).isEmpty();
  }

  @Test
  void everyBadRowIsNamedWithItsLineAndReason() {
    RetrievalList list = list(HEADER + "1 2 3\n1 2 3 good\nx 2 3 a\n1 9999999999 3 a\n");

    assertThat(list.rows()).containsExactly(new RetrievalList.Row(1, 2, 3, "good"));
    assertThat(list.rejections())
        .containsExactly(
            new Rejection("1 2 3", "list.txt line 2", "a row has four parts: " + HEADER.strip()),
            new Rejection(
                "x 2 3 a", "list.txt line 4", "image, class and super class are whole numbers"),
            new Rejection(
                "1 9999999999 3 a",
                "list.txt line 5",
                "image, class and super class are whole numbers"));
  }

  @Test
  void anotherHeaderIsRejected() {
    Rejection expected =
        new Rejection(
            "id label path", "list.txt line 1", "the first line must be '" + HEADER.strip() + "'");

    assertThat(list("id label path\n1 2 3 a").rejections()).containsExactly(expected);
    assertThat(list("").rejections())
        .containsExactly(new Rejection("", expected.getWhere(), expected.getWhy()));
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheHeader() {
    RetrievalList list = list("\uFEFF" + HEADER + "1 2 3 a.png");

    assertThat(list.rejections()).isEmpty();
    assertThat(list.rows()).containsExactly(new RetrievalList.Row(1, 2, 3, "a.png"));
  }

  @Test
  void aListInAnotherEncodingIsRefused() {
    byte[] latin = (HEADER + "1 2 3 caf\u00e8.png").getBytes(StandardCharsets.ISO_8859_1);

    assertThatThrownBy(() -> new RetrievalList("list.txt", latin))
        .isInstanceOf(Failure.class)
        .hasMessage("list.txt is no text in UTF-8, and it holds the labels.");
  }
}
