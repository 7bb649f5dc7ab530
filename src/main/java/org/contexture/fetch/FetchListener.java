package org.contexture.fetch;

import java.io.IOException;

/** Is told how a file comes. */
public interface FetchListener {

  /**
   * Some bytes are here.
   *
   * @param done how many
   * @param total of how many, or {@link RemoteFile#UNKNOWN_LENGTH}
   */
  void progress(long done, long total) throws IOException;

  /**
   * A source did not give the file, and is asked again or left.
   *
   * @param message what happened and what is done about it, in a sentence
   */
  void trouble(String message) throws IOException;
}
