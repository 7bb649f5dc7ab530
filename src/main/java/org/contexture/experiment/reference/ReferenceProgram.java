package org.contexture.experiment.reference;

import java.util.List;

/** A program of the paper's code. */
interface ReferenceProgram {

  /** The name of its file. */
  String file();

  /** The flags it knows. */
  List<Flag> flags();

  /**
   * Writes the experiment that is the same.
   *
   * @param flags what the program is given, without mistakes of their own
   * @param experiment gets the settings
   * @param findings gets what has no equivalent, and what cannot be
   */
  void translate(Flags flags, ExperimentText experiment, Findings findings);
}
