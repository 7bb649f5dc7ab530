package org.contexture.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.contexture.failure.Failure;
import org.contexture.image.Resize;
import org.contexture.model.Backbone;
import org.contexture.model.Head;
import org.contexture.model.InitialWeights;
import org.contexture.model.ModelConfig;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainedModelTest {
  private static final ModelConfig TINY =
      new ModelConfig(Backbone.TINY, Head.AVERAGE_LINEAR, 16, 32);

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 31})
  void aViewThatTheNetworkCannotSeeIsNamed(int size) throws IOException {
    Path weights =
        TrainedModel.write(
            directory,
            TINY,
            Resize.square(36),
            InitialWeights.random(TINY, 3),
            new TrainedModel.Training("one", "train/abc", "abc", 10, "1"));
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
