package org.contexture.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import javax.imageio.ImageIO;
import org.contexture.benchmark.FileDigests;
import org.contexture.locale.OtherDigits;
import org.contexture.pipeline.Store;
import org.contexture.record.Split;
import org.contexture.stage.DirectRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class TestImagesTest {
  @TempDir private Path temporary;

  private TestImages images(String text, String... overrides)
      throws IOException, InterruptedException {
    ExperimentSettings settings = new ExperimentFolder(temporary).settings(text, overrides);
    Experiment experiment =
        Experiment.training(settings, new FileDigests(temporary.resolve("digests.txt")));
    Store store = Store.open(temporary.resolve("store"));
    DirectRun.of(experiment.graph().until(experiment.images().label()), store);
    return TestImages.of(experiment, store);
  }

  private void draw(Path folder, int side) throws IOException {
    for (int image = 0; image < 8; image++) {
      Path file = folder.resolve("class-%d/%d.png".formatted(image / 2, image));
      Files.createDirectories(file.getParent());
      BufferedImage picture = new BufferedImage(side + image, side, BufferedImage.TYPE_INT_RGB);
      ImageIO.write(picture, "png", file.toFile());
    }
  }

  @Test
  void theyAreTheSameHoweverTheyAreStored() throws IOException, InterruptedException {
    Path folder = temporary.resolve("photos");
    draw(folder, 8);
    String text = "name: mine\nbenchmark: {name: image-folder, path: %s}\n".formatted(folder);

    TestImages images = images(text);

    assertThat(images.images()).hasSize(4);
    assertThat(images(text, "images.shard_megabytes=1")).isEqualTo(images);
    assertThat(images(text, "benchmark.test_share=0.25")).isNotEqualTo(images);
    draw(folder, 9);
    TestImages others = images(text);
    assertThat(others.images()).isEqualTo(images.images());
    assertThat(others).isNotEqualTo(images);
  }

  @Test
  void theyAreTheSameHoweverWhatWasFetchedIsStored() throws IOException, InterruptedException {
    String text =
        """
        name: mine
        benchmark: {name: inshop, expected_counts: any}
        fetch: {mirror: src/test/resources/org/contexture/benchmark/mini}
        """;

    TestImages images = images(text);

    assertThat(images.sources()).hasSize(2).doesNotHaveDuplicates();
    assertThat(images(text, "images.shard_megabytes=1")).isEqualTo(images);
  }

  @Test
  void theyAreCountedInTheDigitsOfThePage() throws Exception {
    TestImages images =
        new TestImages(
            List.of(),
            Collections.nCopies(1234, new TestImages.TestImage(1, "a.png", 2, Split.TEST)));

    assertThat(OtherDigits.there(() -> images.describedAsOf("mine")))
        .isEqualTo("1,234, those of mine");
  }
}
