package org.contexture.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.contexture.record.ImageRef;
import org.contexture.record.Split;
import org.contexture.report.SplitSize;
import org.junit.jupiter.api.Test;

class BenchmarkCountsTest {

  @Test
  void aClassOfTwoSplitsCountsOnce() {
    BenchmarkCounts counts =
        new BenchmarkCounts(
            List.of(
                image(1, Split.GALLERY, 7),
                image(2, Split.QUERY, 7),
                image(3, Split.GALLERY, 8),
                image(4, Split.QUERY, 8),
                image(5, Split.QUERY, 8),
                image(6, Split.TRAIN, 1)));

    assertThat(counts.classes()).isEqualTo(3);
    assertThat(counts.images()).isEqualTo(6);
    assertThat(counts.splits(split -> "for " + split))
        .containsExactly(
            new SplitSize("train", 1, 1, "for TRAIN"),
            new SplitSize("query", 2, 3, "for QUERY"),
            new SplitSize("gallery", 2, 2, "for GALLERY"));
    assertThat(counts.has(Split.QUERY)).isTrue();
    assertThat(counts.has(Split.TEST)).isFalse();
  }

  private static ImageRef image(long id, Split split, int label) {
    return ImageRef.newBuilder()
        .setId(id)
        .setPath(id + ".jpg")
        .setLabel(label)
        .setClassName("class " + label)
        .setSuperLabel(0)
        .setSuperName("all")
        .setSplit(split)
        .setRawRecord(id)
        .build();
  }
}
