package org.contexture.training;

import org.contexture.record.ExampleLabel;

/** The images to train on and to select weights on, by number. Safe for use by several threads. */
public interface TrainingExamples {

  /** How many there are, of all splits. */
  int size();

  /** Id, class and split of an example. */
  ExampleLabel label(int number);

  /** The encoded picture of an example. */
  byte[] image(int number);
}
