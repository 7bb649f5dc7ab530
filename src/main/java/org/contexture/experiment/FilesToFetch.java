package org.contexture.experiment;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.contexture.benchmark.Benchmark;
import org.contexture.benchmark.FileDigests;
import org.contexture.benchmark.PublishedBenchmark.Counts;
import org.contexture.benchmark.PublishedFile;
import org.contexture.failure.Failure;
import org.contexture.fetch.Checksum;
import org.contexture.fetch.ChecksumList;
import org.contexture.fetch.Mirror;
import org.contexture.fetch.RemoteFile;

/**
 * Decides where each file of a published benchmark is fetched from, and what tells it from others:
 * the checksum that the experiment gives, or the published one, or that of the file in a folder.
 */
final class FilesToFetch {
  private final Benchmark benchmark;
  private final Counts counts;
  private final Optional<Mirror> mirror;
  private final ChecksumList given;
  private final FileDigests digests;

  FilesToFetch(Benchmark benchmark, ExperimentSettings settings, FileDigests digests) {
    this.benchmark = benchmark;
    this.counts = settings.benchmark().counts();
    this.mirror = settings.fetch().place();
    this.given = settings.fetch().checksums().map(ChecksumList::read).orElseGet(ChecksumList::none);
    this.digests = digests;
  }

  /**
   * The files.
   *
   * @throws Failure that names all files that are not where they have to be by now
   */
  List<RemoteFile> files() {
    List<String> missing = new ArrayList<>();
    List<RemoteFile> files = new ArrayList<>();
    for (PublishedFile file : benchmark.files()) {
      Optional<Checksum> checksum = checksum(file);
      if (checksum.isPresent() && (mirror.isPresent() || !file.isByHand())) {
        files.add(remote(file, checksum.get()));
      } else {
        missing.add(file.name());
      }
    }
    if (!missing.isEmpty()) {
      throw Failure.usage(
          "The benchmark %s needs %s%s. %s",
          benchmark.name(),
          String.join(" and ", missing),
          mirror
              .map(FilesToFetch::whatIsWrong)
              .orElse(", to be put into a folder that fetch.mirror names"),
          benchmark.attribution());
    }
    return files;
  }

  private static String whatIsWrong(Mirror mirror) {
    return mirror.folder().isPresent()
        ? " in " + mirror
        : ", and has to know their SHA-256 before it fetches them from %s: fetch.checksums names a list"
            .formatted(mirror);
  }

  private RemoteFile remote(PublishedFile file, Checksum checksum) {
    boolean asPublished = file.checksum().equals(Optional.of(checksum));
    return new RemoteFile(
        file.name(),
        mirror.map(place -> List.of(place.of(file.name()))).orElse(file.sources()),
        checksum,
        asPublished ? file.bytes() : RemoteFile.UNKNOWN_LENGTH);
  }

  private Optional<Checksum> checksum(PublishedFile file) {
    Optional<Checksum> here = given.of(file.name());
    if (here.isPresent()) {
      return here;
    }
    boolean partOfIt = counts == Counts.ANY && mirror.flatMap(Mirror::folder).isPresent();
    return file.checksum().isPresent() && !partOfIt ? file.checksum() : ofFolder(file);
  }

  private Optional<Checksum> ofFolder(PublishedFile file) {
    return mirror
        .flatMap(Mirror::folder)
        .map(folder -> folder.resolve(file.name()))
        .filter(Files::isRegularFile)
        .map(path -> Checksum.sha256(Experiment.digestOf(path, digests)));
  }
}
