package org.contexture.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.contexture.benchmark.LabelledImage.Subset;
import org.contexture.benchmark.PublishedBenchmark.Counts;
import org.contexture.failure.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishedBenchmarkTest {

  @Test
  void everyMissingFileIsNamedAndWhereItComesFrom(@TempDir Path folder) throws Exception {
    PublishedBenchmark inShop = PublishedBenchmark.inShop(folder, Counts.PUBLISHED);

    assertThatThrownBy(inShop::sources)
        .isInstanceOf(Failure.class)
        .hasMessageContaining("needs img.zip and list_eval_partition.txt in " + folder)
        .hasMessageContaining("by hand")
        .hasMessageContaining("mmlab.ie.cuhk.edu.hk");

    Files.createFile(folder.resolve("img.zip"));
    assertThatThrownBy(inShop::sources)
        .hasMessageContaining("needs list_eval_partition.txt in " + folder);
  }

  @Test
  void aPartOfABenchmarkIsNotTheBenchmark() throws Exception {
    Unpacked files = new Unpacked();
    for (FileSource source : PublishedBenchmark.cub200(StandIn.folder(), Counts.ANY).sources()) {
      for (FileSource.Part part : source.parts(1 << 20)) {
        part.unpack(files);
      }
    }

    assertThatThrownBy(
            () ->
                PublishedBenchmark.cub200(StandIn.folder(), Counts.PUBLISHED)
                    .label(files.paths(), files::bytes))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("train has 36 images of 6 classes instead of 5864 of 100")
        .hasMessageContaining("test has 36 images of 6 classes instead of 5924 of 100")
        .hasMessageContaining("benchmark.expected_counts=any");
    assertThat(
            PublishedBenchmark.cub200(StandIn.folder(), Counts.ANY)
                .label(files.paths(), files::bytes)
                .images())
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
