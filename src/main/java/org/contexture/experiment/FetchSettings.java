package org.contexture.experiment;

import java.nio.file.Path;
import java.util.Optional;
import org.contexture.experiment.keys.Key;
import org.contexture.experiment.keys.Section;
import org.contexture.fetch.Mirror;

/**
 * Where the files of a published benchmark come from; it changes no result.
 *
 * @param mirror a folder that has some of them by their official names, or an HTTP address that has
 *     all, in place of the places where they are published
 * @param checksums a file with SHA-256 to hold them against, in place of the published checksums
 */
public record FetchSettings(Optional<String> mirror, Optional<Path> checksums) {

  static final FetchSettings NOTHING = new FetchSettings(Optional.empty(), Optional.empty());

  private static final Key<Optional<String>> MIRROR =
      Key.textOrNone(
              "mirror",
              "[^~].*",
              "a folder, relative to the working directory, or an address that starts with http://"
                  + " or https://",
              "Where the files of a published benchmark are, by their official names: a folder, and"
                  + " what is not in it is fetched from where it is published; or what is below an"
                  + " address, and then no other is asked. Files that the authors give by hand need"
                  + " one. Weights are looked for here first, and then where they are offered.")
          .or(Optional.empty());
  private static final Key<Optional<Path>> CHECKSUMS =
      Key.pathOrNone(
              "checksums",
              "A file as sha256sum writes it, relative to the working directory: what files are held"
                  + " against in place of the published checksums.")
          .or(Optional.empty());

  static final Section<FetchSettings> SECTION =
      Section.of(MIRROR, CHECKSUMS)
          .as(values -> new FetchSettings(values.of(MIRROR), values.of(CHECKSUMS)));

  /** The mirror, if there is one. */
  Optional<Mirror> place() {
    return mirror.map(Mirror::parse);
  }
}
