package org.contexture.fetch;

import java.io.Serializable;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

/**
 * A file that is elsewhere. It travels to workers.
 *
 * @param name what it is called once it is here
 * @param sources where it is, in the order to try them: {@code http}, {@code https} or {@code file}
 * @param checksum of its content
 * @param bytes its length, or {@link #UNKNOWN_LENGTH}
 */
public record RemoteFile(String name, List<URI> sources, Checksum checksum, long bytes)
    implements Serializable {

  /** A length that nobody told. */
  public static final long UNKNOWN_LENGTH = -1;

  public RemoteFile {
    sources = List.copyOf(sources);
    if (name.isEmpty() || name.startsWith(".") || name.indexOf('/') >= 0) {
      throw new IllegalArgumentException("a file called '" + name + "'");
    }
    if (sources.isEmpty()) {
      throw new IllegalArgumentException(name + " is nowhere");
    }
  }

  /** The same file, to be looked for elsewhere first. */
  public RemoteFile firstFrom(URI place) {
    return new RemoteFile(
        name, Stream.concat(Stream.of(place), sources.stream()).toList(), checksum, bytes);
  }

  boolean hasKnownLength() {
    return bytes != UNKNOWN_LENGTH;
  }

  void require(Checksum actual) throws SourceException {
    if (!actual.equals(checksum)) {
      throw SourceException.forGood(
          "has another file of that name: its %s is %s instead of %s"
              .formatted(actual.algorithm(), actual.hex(), checksum.hex()));
    }
  }
}
