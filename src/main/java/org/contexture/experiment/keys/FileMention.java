package org.contexture.experiment.keys;

import java.nio.file.Path;

/**
 * Who asked for a settings file, which is where problems with the file as a whole are reported.
 *
 * @param origin the place that names the file, or the file itself
 * @param key the dotted path of the key that names it; empty for the command line
 * @param subject what a sentence about the file starts with
 */
record FileMention(Origin origin, String key, String subject) {

  /** Asked for by the command line. */
  static FileMention byCommand(Path file, int layer) {
    return new FileMention(new Origin(layer, 1, 1, file.toString()), "", "");
  }

  /** Asked for by a key of another file. */
  static FileMention byKey(Path file, String key, Origin origin) {
    return new FileMention(origin, key, "names " + Quoted.shortened(file.toString()) + ", which ");
  }

  void problem(String message, Report report) {
    report.problem(origin, key, subject + message);
  }
}
