package org.contexture.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.contexture.benchmark.LabelledImage.Subset;
import org.contexture.failure.Failure;
import org.contexture.record.Rejection;
import org.junit.jupiter.api.Test;

class EmojiBenchmarkTest {
  private final EmojiBenchmark emoji = new EmojiBenchmark();

  private static Set<Integer> classes(Labelling labelling, Subset subset) {
    return labelling.images().stream()
        .filter(image -> image.subset() == subset)
        .map(LabelledImage::label)
        .collect(Collectors.toSet());
  }

  @Test
  void theBundledArchiveHasTheCountsThatItsDescriptionSays() throws Exception {
    Unpacked unpacked = Unpacked.of(emoji.sources().get(0), 1 << 20);
    assertThat(unpacked.refused()).isEmpty();
    assertThat(unpacked.paths()).contains("emoji-retrieval/ATTRIBUTION.md");

    Labelling labelling = emoji.label(unpacked.paths(), unpacked::bytes);
    assertThat(labelling.rejections()).isEmpty();
    assertThat(labelling.images()).hasSize(5052);
    assertThat(labelling.images().stream().map(LabelledImage::id)).doesNotHaveDuplicates();
    assertThat(labelling.images().stream().map(LabelledImage::path)).doesNotHaveDuplicates();
    assertThat(classes(labelling, Subset.TRAIN)).hasSize(378);
    assertThat(classes(labelling, Subset.TEST))
        .hasSize(377)
        .doesNotContainAnyElementsOf(classes(labelling, Subset.TRAIN));
    assertThat(labelling.images().stream().map(LabelledImage::superName).distinct()).hasSize(9);
    assertThat(labelling.images().get(0).className()).isNotEmpty();
  }

  private static byte[] metadata(String path, String classes) {
    String text =
        switch (path) {
          case "emoji-retrieval/emoji_train.txt" ->
              """
              image_id class_id super_class_id path
              1 1 1 images/a.png
              2 1 1 images/missing.png
              3 7 1 images/b.png
              no row
              """;
          case "emoji-retrieval/emoji_test.txt" ->
              """
              image_id class_id super_class_id path
              4 2 1 images/c.png
              """;
          case "emoji-retrieval/classes.tsv" -> classes;
          default -> throw Failure.data("no %s", path);
        };
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static final String CLASSES =
      """
      class_id\tsplit\tsuper_class_id\tsuper_class\tcode_points\tname\timages
      1\ttrain\t1\tfaces\t1F600\tgrinning face\t1
      2\ttest\t1\tfaces\t1F601\tbeaming face\t1
      """;

  @Test
  void whateverDoesNotFitTogetherIsRejectedWithItsReason() {
    List<String> paths = new ArrayList<>();
    for (String name : List.of("a", "b", "c", "unlisted")) {
      paths.add("emoji-retrieval/images/" + name + ".png");
    }
    paths.add("emoji-retrieval/README.md");

    Labelling labelling = emoji.label(paths, path -> metadata(path, CLASSES));

    String list = "emoji-retrieval/emoji_train.txt";
    assertThat(labelling.images())
        .containsExactly(
            new LabelledImage(
                1, "emoji-retrieval/images/a.png", 1, "grinning face", 1, "faces", Subset.TRAIN),
            new LabelledImage(
                4, "emoji-retrieval/images/c.png", 2, "beaming face", 1, "faces", Subset.TEST));
    assertThat(labelling.rejections())
        .containsExactly(
            new Rejection(
                "no row",
                list + " line 5",
                "a row has four parts: image_id class_id super_class_id path"),
            new Rejection(
                "emoji-retrieval/images/missing.png",
                list,
                "it is listed, but there is no such file"),
            new Rejection("emoji-retrieval/images/b.png", list, "its class 7 has no name"),
            new Rejection(
                "emoji-retrieval/images/unlisted.png",
                "the archive",
                "it is in the archive but in no list"));
  }

  @Test
  void aDamagedTableOfClassesIsNamedWithItsLine() {
    assertThatThrownBy(() -> emoji.label(List.of(), path -> metadata(path, CLASSES + "x\ty\n")))
        .isInstanceOf(Failure.class)
        .hasMessage("emoji-retrieval/classes.tsv, line 4 is no row of classes: 'x\ty'.");
  }
}
