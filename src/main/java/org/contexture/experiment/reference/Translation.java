package org.contexture.experiment.reference;

import java.util.List;

/**
 * A command of the paper's code as an experiment.
 *
 * @param yaml the text of an experiment file
 * @param remarks what has no equivalent or no effect, a sentence each; the text has them too
 */
public record Translation(String yaml, List<String> remarks) {
  public Translation {
    remarks = List.copyOf(remarks);
  }
}
