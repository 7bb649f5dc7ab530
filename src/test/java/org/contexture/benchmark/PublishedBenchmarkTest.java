package org.contexture.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.contexture.benchmark.LabelledImage.Subset;
import org.contexture.benchmark.PublishedBenchmark.Counts;
import org.contexture.failure.Failure;
import org.contexture.record.Rejection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishedBenchmarkTest {
  private static final PublishedBenchmark BIRDS = PublishedBenchmark.cub200(Counts.PUBLISHED);
  private static final String STRANGER = "CUB_200_2011/images/stranger.jpg";

  @TempDir Path directory;

  @Test
  void aPartOfABenchmarkIsNotTheBenchmark() throws Exception {
    Unpacked files = new Unpacked();
    for (PublishedFile file : PublishedBenchmark.cub200(Counts.ANY).files()) {
      files.add(FileSource.of(StandIn.folder().resolve(file.name())), 1 << 20);
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
  void whatWasRefusedMayBeMissing() {
    FullSize birds = FullSize.cub200();
    String first = birds.paths().get(0);

    Labelling labelling = birds.without(first).labelBy(BIRDS);

    assertThat(labelling.images()).hasSize(5864 + 5924 - 1);
    assertThat(labelling.rejections()).extracting(Rejection::getWhat).containsExactly(first);
  }

  @Test
  void listsThatAreCutShortAreNotTheSplitEvenWhereAFileWasRefused() throws IOException {
    FullSize birds = FullSize.cub200().withFile(STRANGER);
    SplitLists lists = SplitLists.of("cub200");
    birds.labelBy(BIRDS).images().forEach(lists::add);
    for (Map.Entry<String, String> list : lists.texts().entrySet()) {
      Files.writeString(directory.resolve(list.getKey()), list.getValue());
    }
    PublishedBenchmark split = BIRDS.splitBy(directory);
    assertThat(birds.labelBy(split).rejections())
        .extracting(Rejection::getWhat)
        .containsExactly(STRANGER);

    Path training = directory.resolve("cub200_train.txt");
    Files.write(training, Files.readAllLines(training).subList(0, 5800));

    assertThatThrownBy(() -> birds.labelBy(split))
        .isInstanceOf(Failure.class)
        .hasMessage(
            "These are not the published files and lists of cub200: train has 5799 images of 99"
                + " classes instead of 5864 of 100; what was refused (1, the first %s in the"
                + " archive: it is in the archive but in no list) does not explain that. If a part"
                + " of it is what you want, set benchmark.expected_counts=any.",
            STRANGER);
  }

  @Test
  void noRefusalExplainsAClassThatMoved() {
    FullSize birds =
        FullSize.cub200().replacing("CUB_200_2011/image_class_labels.txt", " 100\n", " 101\n");
    for (int i = 0; i < 100; i++) {
      birds.withFile(STRANGER + i);
    }

    assertThatThrownBy(() -> birds.labelBy(BIRDS))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("train has 5806 images of 99 classes")
        .hasMessageContaining("test has 5982 images of 100 classes")
        .hasMessageContaining("what was refused (100, the first ");
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

  @Test
  void aClassIsMissingOnlyWithItsImages() {
    List<LabelledImage> images =
        List.of(
            new LabelledImage(0, "a", 0, "c", 1, "", Subset.TRAIN),
            new LabelledImage(1, "b", 1, "d", 1, "", Subset.TRAIN));

    assertThat(new ExpectedCount(Subset.TRAIN, 2, 2).onlyLacksImages(images)).isTrue();
    assertThat(new ExpectedCount(Subset.TRAIN, 3, 2).onlyLacksImages(images)).isTrue();
    assertThat(new ExpectedCount(Subset.TRAIN, 3, 3).onlyLacksImages(images)).isTrue();
    assertThat(new ExpectedCount(Subset.TRAIN, 2, 3).onlyLacksImages(images)).isFalse();
    assertThat(new ExpectedCount(Subset.TRAIN, 3, 1).onlyLacksImages(images)).isFalse();
    assertThat(new ExpectedCount(Subset.TRAIN, 1, 1).onlyLacksImages(images)).isFalse();
  }
}
