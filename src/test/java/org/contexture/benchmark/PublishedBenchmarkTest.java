package org.contexture.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.contexture.benchmark.LabelledImage.Subset;
import org.contexture.benchmark.PublishedBenchmark.Counts;
import org.contexture.failure.Failure;
import org.junit.jupiter.api.Test;

class PublishedBenchmarkTest {

  @Test
  void aPartOfABenchmarkIsNotTheBenchmark() throws Exception {
    Unpacked files = new Unpacked();
    for (PublishedFile file : PublishedBenchmark.cub200(Counts.ANY).files()) {
      FileSource source = FileSource.of(StandIn.folder().resolve(file.name()));
      for (FileSource.Part part : source.parts(1 << 20)) {
        part.unpack(files);
      }
    }

    assertThatThrownBy(
            () -> PublishedBenchmark.cub200(Counts.PUBLISHED).label(files.paths(), files::bytes))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("train has 36 images of 6 classes instead of 5864 of 100")
        .hasMessageContaining("test has 36 images of 6 classes instead of 5924 of 100")
        .hasMessageContaining("benchmark.expected_counts=any");
    assertThat(PublishedBenchmark.cub200(Counts.ANY).label(files.paths(), files::bytes).images())
        .hasSize(72);
  }

  @Test
  void countsAreOfImagesAndOfClasses() {
    List<LabelledImage> images = new ArrayList<>();
    for (int id = 0; id < 6; id++) {
      images.add(new LabelledImage(id, "p" + id, id / 2, "c", 1, "", Subset.QUERY));
    }

    assertThat(new ExpectedCount(Subset.QUERY, 6, 3).difference(images)).isEmpty();
    assertThat(new ExpectedCount(Subset.QUERY, 6, 2).difference(images)).isPresent();
    assertThat(new ExpectedCount(Subset.QUERY, 5, 3).difference(images)).isPresent();
    assertThat(new ExpectedCount(Subset.GALLERY, 6, 3).difference(images))
        .hasValue("gallery has 0 images of 0 classes instead of 6 of 3");
  }
}
