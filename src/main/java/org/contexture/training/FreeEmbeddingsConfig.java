package org.contexture.training;

import java.io.Serializable;
import org.contexture.loss.LossConfig;

/**
 * How {@link FreeEmbeddings} move.
 *
 * @param loss what is minimised over all of them at once
 * @param learningRate of Adam
 * @param steps how many
 * @param observeEvery steps between two looks at them
 * @param seed what a loss that draws by chance draws from
 */
public record FreeEmbeddingsConfig(
    LossConfig loss, double learningRate, int steps, int observeEvery, long seed)
    implements Serializable {

  public FreeEmbeddingsConfig {
    if (!(learningRate > 0) || steps < 1 || observeEvery < 1) {
      throw new IllegalArgumentException(
          "%d steps at rate %s, observed every %d".formatted(steps, learningRate, observeEvery));
    }
  }
}
