package org.contexture.report;

import java.util.List;

/**
 * How points moved under a loss.
 *
 * @param loss which loss
 * @param moments what they were worth, first where they started
 * @param end where they ended
 */
public record ToyCourse(String loss, List<ToyMoment> moments, List<CirclePoint> end) {

  public ToyCourse {
    moments = List.copyOf(moments);
    end = List.copyOf(end);
  }

  /** What they were worth where they ended. */
  public ToyMoment last() {
    return moments.get(moments.size() - 1);
  }
}
