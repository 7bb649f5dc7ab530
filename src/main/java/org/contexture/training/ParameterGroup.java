package org.contexture.training;

import ai.djl.ndarray.NDArray;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Parameters that are trained alike, such as those of the backbone, or the proxies of a loss.
 *
 * @param name what the group is called in messages and logs
 * @param learningRate the rate that a schedule's multiplier applies to
 * @param weightDecay how much of each parameter is added to its gradient, or taken from it; see
 *     {@link Adam.Decay}
 * @param parameters float32 arrays by a name that no other group uses; the optimiser changes them
 *     in place and does not close them
 */
public record ParameterGroup(
    String name, double learningRate, double weightDecay, SortedMap<String, NDArray> parameters) {

  public ParameterGroup {
    if (!(learningRate >= 0) || !(weightDecay >= 0)) {
      throw new IllegalArgumentException(
          "Group %s with learning rate %s and weight decay %s"
              .formatted(name, learningRate, weightDecay));
    }
    parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
  }
}
