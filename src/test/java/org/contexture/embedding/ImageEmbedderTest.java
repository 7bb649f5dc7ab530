package org.contexture.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.contexture.image.Resize;
import org.contexture.model.Backbone;
import org.contexture.model.Head;
import org.contexture.model.InitialWeights;
import org.contexture.model.ModelConfig;
import org.contexture.model.Precision;
import org.junit.jupiter.api.Test;

class ImageEmbedderTest {
  private static final ModelConfig MODEL =
      new ModelConfig(Backbone.RESNET18, Head.AVERAGE_LINEAR, 16, 32);

  private static float[] picture(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] pixels = new float[3 * 32 * 32];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) (2 * random.nextDouble() - 1);
    }
    return pixels;
  }

  @Test
  void aPictureAloneIsEmbeddedToTheSameNumbersAsBesideAnother() {
    try (ImageEmbedder embedder =
        ImageEmbedder.load(
            MODEL, Precision.FLOAT32, InitialWeights.random(MODEL, 3), Resize.square(32))) {
      float[][] alone = embedder.embed(new float[][] {picture(1)});

      assertThat(alone).hasNumberOfRows(1);
      assertThat(alone[0]).isEqualTo(embedder.embed(new float[][] {picture(1), picture(2)})[0]);
    }
  }
}
