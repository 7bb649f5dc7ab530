package org.contexture.experiment.keys;

/**
 * One thing that is wrong with what was written.
 *
 * @param origin where
 * @param path the dotted path of the key; empty for the whole file
 * @param message what is wrong, and what is allowed
 */
record Problem(Origin origin, String path, String message) {
  @Override
  public String toString() {
    return path.isEmpty()
        ? origin.place() + ": " + message
        : origin.place() + ": " + path + ": " + message;
  }
}
