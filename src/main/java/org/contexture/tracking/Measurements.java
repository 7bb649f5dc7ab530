package org.contexture.tracking;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Numbers measured at one moment of a training.
 *
 * @param step optimiser steps done
 * @param time when
 * @param values each by its name, in which / parts a group from its members
 */
record Measurements(long step, Instant time, SortedMap<String, Double> values) {
  Measurements {
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }
}
