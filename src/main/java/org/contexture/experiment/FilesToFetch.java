package org.contexture.experiment;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
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
   * @throws Failure that names all files that are not where they have to be by now, or the folder
   *     if there is none
   */
  List<RemoteFile> files() {
    List<String> missing = new ArrayList<>();
    List<RemoteFile> files = new ArrayList<>();
    for (PublishedFile file : benchmark.files()) {
      asItLiesInTheFolder(file)
          .or(() -> held(file))
          .ifPresentOrElse(files::add, () -> missing.add(file.name()));
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
    mirror.flatMap(Mirror::folder).ifPresent(FilesToFetch::requireFolder);
    return files;
  }

  /** Without it, a folder that is misspelt would be a download of all that is in it. */
  private static void requireFolder(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw Failure.usage("There is no folder %s, which fetch.mirror names.", folder);
    }
  }

  private static String whatIsWrong(Mirror mirror) {
    return mirror.folder().isPresent()
        ? " in " + mirror
        : ", and has to know their SHA-256 before it fetches them from %s: fetch.checksums names a list"
            .formatted(mirror);
  }

  /** A file that nobody gave a checksum of, or that may be a part of the published one. */
  private Optional<RemoteFile> asItLiesInTheFolder(PublishedFile file) {
    if (given.of(file.name()).isPresent()
        || (file.checksum().isPresent() && counts == Counts.PUBLISHED)) {
      return Optional.empty();
    }
    return mirror
        .flatMap(Mirror::folder)
        .map(folder -> folder.resolve(file.name()))
        .filter(Files::isRegularFile)
        .map(
            path ->
                new RemoteFile(
                    file.name(),
                    List.of(path.toUri()),
                    Checksum.sha256(Experiment.digestOf(path, digests)),
                    RemoteFile.UNKNOWN_LENGTH));
  }

  /** A file that is held against a checksum, wherever it comes from. */
  private Optional<RemoteFile> held(PublishedFile file) {
    List<URI> places = places(file);
    return given
        .of(file.name())
        .or(file::checksum)
        .filter(checksum -> !places.isEmpty())
        .map(checksum -> new RemoteFile(file.name(), places, checksum, bytes(file, checksum)));
  }

  private static long bytes(PublishedFile file, Checksum checksum) {
    boolean asPublished = file.checksum().equals(Optional.of(checksum));
    return asPublished ? file.bytes() : RemoteFile.UNKNOWN_LENGTH;
  }

  /**
   * A folder may have some of the files, and the others come from where they are published. Whoever
   * names an address wants no other to be asked.
   */
  private List<URI> places(PublishedFile file) {
    if (mirror.isEmpty()) {
      return file.sources();
    }
    Stream<URI> after =
        mirror.get().folder().isPresent() ? file.sources().stream() : Stream.empty();
    return Stream.concat(Stream.of(mirror.get().of(file.name())), after).toList();
  }
}
