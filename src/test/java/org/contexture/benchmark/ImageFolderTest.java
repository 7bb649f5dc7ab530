package org.contexture.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.contexture.benchmark.LabelledImage.Subset;
import org.contexture.failure.Failure;
import org.contexture.record.Rejection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageFolderTest {
  @TempDir Path directory;

  private Labelling label(double testShare, String... paths) {
    return new ImageFolder(directory, testShare, 1)
        .label(
            List.of(paths),
            path -> {
              throw new AssertionError("a folder has no file of labels: " + path);
            });
  }

  @Test
  void aClassIsTheFolderAndNumbersFollowNames() {
    Labelling labelling =
        label(0.5, "birds/wren/2.JPG", "birds/crow/1.png", "birds/wren/1.jpeg", "cat/1.png");

    assertThat(labelling.rejections()).isEmpty();
    assertThat(labelling.images())
        .extracting(
            LabelledImage::id,
            LabelledImage::path,
            LabelledImage::label,
            LabelledImage::className,
            LabelledImage::superLabel,
            LabelledImage::superName)
        .containsExactly(
            tuple(0L, "birds/crow/1.png", 0, "birds/crow", 0, ""),
            tuple(1L, "birds/wren/1.jpeg", 1, "birds/wren", 0, ""),
            tuple(2L, "birds/wren/2.JPG", 1, "birds/wren", 0, ""),
            tuple(3L, "cat/1.png", 2, "cat", 0, ""));
  }

  @Test
  void aClassIsWhollyOnOneSide() {
    Labelling labelling =
        label(0.5, "a/1.png", "a/2.png", "b/1.png", "b/2.png", "c/1.png", "d/1.png", "d/2.png");

    assertThat(
            labelling.images().stream()
                .filter(image -> image.subset() == Subset.TEST)
                .map(LabelledImage::className)
                .distinct())
        .containsExactlyInAnyOrderElementsOf(
            new ClassSplit(1, "test").share(List.of("a", "b", "c", "d"), 0.5));
    for (String name : List.of("a", "b", "c", "d")) {
      assertThat(
              labelling.images().stream()
                  .filter(image -> image.className().equals(name))
                  .map(LabelledImage::subset)
                  .distinct())
          .hasSize(1);
    }
  }

  @Test
  void otherFilesAreRejectedWithTheirReason() {
    Labelling labelling = label(0.5, "a/1.png", "b/1.png", "top.png", "a/notes.txt", "a/png");

    assertThat(labelling.images()).hasSize(2);
    assertThat(labelling.rejections())
        .containsExactly(
            new Rejection(
                "top.png",
                directory.toString(),
                "it is in no folder, and the folder names the class"),
            new Rejection("a/notes.txt", directory.toString(), "it is no .png, .jpg or .jpeg"),
            new Rejection("a/png", directory.toString(), "it is no .png, .jpg or .jpeg"));
  }

  @ParameterizedTest
  @CsvSource({
    "3, 0, 0, 0.33, 0.67",
    "3, 0.1, 0, 0.33, 0.67",
    "3, 1, 3, 0.33, 0.67",
    "1200, 0.0004, 0, 0.00083, 0.99917"
  })
  void aShareThatLeavesNothingForOneSideIsRefused(
      int classes, double share, int test, double least, double most) {
    String[] paths = IntStream.range(0, classes).mapToObj(i -> i + "/1.png").toArray(String[]::new);

    assertThatThrownBy(() -> label(share, paths))
        .isInstanceOf(Failure.class)
        .hasMessage(
            "%s has %d classes (folders with images), and a share of %s of them for testing is %d:"
                + " both training and testing need some. Set benchmark.test_share from %s to %s.",
            directory, classes, share, test, BigDecimal.valueOf(least), BigDecimal.valueOf(most));
    for (double works : new double[] {least, most}) {
      assertThat(label(works, paths).images())
          .extracting(LabelledImage::subset)
          .contains(Subset.TRAIN, Subset.TEST);
    }
  }

  @Test
  void oneClassCannotBeSplit() {
    assertThatThrownBy(() -> label(0.5, "a/1.png", "a/2.png"))
        .isInstanceOf(Failure.class)
        .hasMessage(
            "%s has 1 classes, where each folder with images is one: both training and testing need"
                + " some, so put the images of two classes or more in folders of their own.",
            directory);
  }

  @Test
  void theSourceIsAFolderOrAZipArchive() throws Exception {
    Path zip = directory.resolve("images.zip");
    new HandmadeZip().add("a/1.png", "x").write(zip);
    Files.createDirectories(directory.resolve("b"));
    Files.createFile(directory.resolve("b/1.png"));

    assertThat(new ImageFolder(zip, 0.5, 1).sources().get(0)).isInstanceOf(ZipArchive.class);
    assertThat(new ImageFolder(directory, 0.5, 1).sources().get(0)).isInstanceOf(Folder.class);
    assertThatThrownBy(
            () -> new ImageFolder(directory.resolve("no"), 0.5, 1).sources().get(0).parts(1))
        .isInstanceOf(Failure.class)
        .hasMessage("There is no folder %s.", directory.resolve("no"));
  }
}
