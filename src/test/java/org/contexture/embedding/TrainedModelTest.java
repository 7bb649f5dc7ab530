package org.contexture.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.contexture.failure.Failure;
import org.contexture.image.Resize;
import org.contexture.model.Backbone;
import org.contexture.model.Head;
import org.contexture.model.InitialWeights;
import org.contexture.model.ModelConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainedModelTest {
  private static final ModelConfig TINY =
      new ModelConfig(Backbone.TINY, Head.AVERAGE_LINEAR, 16, 32);

  @TempDir Path directory;

  private Path write(long steps) throws IOException {
    return TrainedModel.write(
        directory,
        TINY,
        Resize.square(36),
        InitialWeights.random(TINY, steps),
        new TrainedModel.Training("one", "train/abc", "abc", steps, "1"));
  }

  @Test
  void filesThatAreThereAreNotWrittenAgain() throws IOException {
    Path weights = write(10);
    FileTime before = FileTime.fromMillis(1_000_000);
    Files.setLastModifiedTime(weights, before);
    Files.setLastModifiedTime(directory.resolve("one.json"), before);

    assertThat(write(10)).isEqualTo(weights);

    assertThat(Files.getLastModifiedTime(weights)).isEqualTo(before);
    assertThat(Files.getLastModifiedTime(directory.resolve("one.json"))).isEqualTo(before);
  }

  /** As a run leaves them that ends between the two, when another comes after it. */
  @Test
  void weightsThatTheirDescriptionDoesNotMeanAreWrittenAgain() throws IOException {
    byte[] described = Files.readAllBytes(write(10));
    byte[] description = Files.readAllBytes(directory.resolve("one.json"));
    Path weights = write(20);
    Files.write(directory.resolve("one.json"), description);

    write(10);

    assertThat(weights).hasBinaryContent(described);
    assertThat(directory.resolve("one.json")).hasBinaryContent(description);
    TrainedModel.load(weights).close();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 31})
  void aViewThatTheNetworkCannotSeeIsNamed(int size) throws IOException {
    Path weights = write(10);
    Path description = directory.resolve("one.json");
    String text = Files.readString(description);
    Files.writeString(description, text.replace("\"size\" : 36", "\"size\" : " + size));

    assertThatThrownBy(() -> TrainedModel.load(weights).close())
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> assertThat(failure.category()).isEqualTo(Failure.Category.DATA))
        .hasMessageStartingWith(
            "%s: view.size is %d; it has to be at least 1, and at least architecture.input_size,"
                + " which is 32.",
            description, size);
  }
}
