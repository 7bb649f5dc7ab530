package org.contexture.benchmark;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;

/** Decides which images of a published benchmark are for what. */
interface SplitRule extends Serializable {

  /** As the benchmark's own files say. */
  static SplitRule official() {
    return new SplitRule() {
      private static final long serialVersionUID = 1L;

      @Override
      public List<Path> files() {
        return List.of();
      }

      @Override
      public Labelling apply(Labelling official) {
        return official;
      }
    };
  }

  /**
   * The files it is defined by, beside those of the benchmark.
   *
   * @throws org.contexture.failure.Failure that names all that are not there
   */
  List<Path> files();

  /** The images with what they are for. */
  Labelling apply(Labelling official);
}
