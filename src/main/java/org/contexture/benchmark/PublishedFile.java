package org.contexture.benchmark;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.contexture.fetch.Checksum;
import org.contexture.fetch.RemoteFile;

/**
 * A file that a benchmark is published as.
 *
 * @param name its official name
 * @param sources where it is offered, the authors' own place first; none if they give it by hand
 * @param checksum of its content, if that is known
 * @param bytes its length, or {@link RemoteFile#UNKNOWN_LENGTH}
 */
public record PublishedFile(
    String name, List<URI> sources, Optional<Checksum> checksum, long bytes) {

  public PublishedFile {
    sources = List.copyOf(sources);
  }

  static PublishedFile of(String name, Checksum checksum, long bytes, String... sources) {
    return new PublishedFile(
        name, Stream.of(sources).map(URI::create).toList(), Optional.of(checksum), bytes);
  }

  static PublishedFile byHand(String name) {
    return new PublishedFile(name, List.of(), Optional.empty(), RemoteFile.UNKNOWN_LENGTH);
  }
}
