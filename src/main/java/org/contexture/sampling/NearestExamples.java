package org.contexture.sampling;

/** What lies near what among the training examples, under the network as it is when asked. */
@FunctionalInterface
public interface NearestExamples {

  /**
   * The nearest examples of each example by cosine, itself first, the others nearest first.
   *
   * @param count how many, itself included; all where there are fewer
   * @return for each position among the training examples, positions among them
   */
  int[][] nearest(int count);
}
