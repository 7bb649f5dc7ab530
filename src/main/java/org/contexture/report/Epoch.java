package org.contexture.report;

import java.util.List;

/**
 * What happened in one epoch of training.
 *
 * @param number the epoch, from 1; 0 for what was measured before the first
 * @param step optimiser steps done by its end
 * @param loss mean loss over its steps; NaN where there were none
 * @param terms mean of each term of the loss, unweighted; empty where the loss has no parts
 * @param learningRates learning rate of each parameter group
 * @param recallAt1 on the classes measured on while training, a fraction of 1; NaN where not
 *     measured
 */
public record Epoch(
    int number,
    long step,
    double loss,
    List<NamedNumber> terms,
    List<NamedNumber> learningRates,
    double recallAt1) {

  public Epoch {
    terms = List.copyOf(terms);
    learningRates = List.copyOf(learningRates);
  }
}
