package org.contexture.benchmark;

import static java.util.stream.Collectors.joining;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.contexture.failure.Failure;

/** A benchmark whose official files lie in a folder. */
public final class PublishedBenchmark implements Benchmark {
  private static final long serialVersionUID = 1L;

  private final LabelReader reader;
  private final String folder;
  private final Counts counts;

  /** Whether the numbers of images and classes have to be the published ones. */
  public enum Counts {
    PUBLISHED,
    /** For a part of a benchmark. */
    ANY
  }

  private PublishedBenchmark(LabelReader reader, Path folder, Counts counts) {
    this.reader = reader;
    this.folder = folder.toString();
    this.counts = counts;
  }

  /** CUB-200-2011: 200 kinds of birds. */
  public static PublishedBenchmark cub200(Path folder, Counts counts) {
    return new PublishedBenchmark(new Cub200(), folder, counts);
  }

  /** Cars-196: 196 models of cars. */
  public static PublishedBenchmark cars196(Path folder, Counts counts) {
    return new PublishedBenchmark(new Cars196(), folder, counts);
  }

  /** Stanford Online Products: 22,634 products in 12 kinds. */
  public static PublishedBenchmark onlineProducts(Path folder, Counts counts) {
    return new PublishedBenchmark(new OnlineProducts(), folder, counts);
  }

  /** In-Shop Clothes Retrieval: 7,982 pieces of clothing. */
  public static PublishedBenchmark inShop(Path folder, Counts counts) {
    return new PublishedBenchmark(new InShop(), folder, counts);
  }

  /**
   * iNaturalist 2021 mini: 10,000 species.
   *
   * @param seed chooses the species to train on
   */
  public static PublishedBenchmark iNaturalist(Path folder, Counts counts, long seed) {
    return new PublishedBenchmark(new INaturalist(seed), folder, counts);
  }

  @Override
  public String name() {
    return reader.name();
  }

  @Override
  public int version() {
    return reader.version();
  }

  /**
   * The official files.
   *
   * @throws Failure that names every file that is not in the folder, and where it comes from
   */
  @Override
  public List<FileSource> sources() {
    List<String> missing =
        reader.files().stream().filter(name -> !Files.isRegularFile(in(name))).toList();
    if (!missing.isEmpty()) {
      throw Failure.usage(
          "The benchmark %s needs %s in %s. %s",
          name(), String.join(" and ", missing), folder, attribution());
    }
    return reader.files().stream().map(name -> source(in(name))).toList();
  }

  private Path in(String name) {
    return Path.of(folder).resolve(name);
  }

  private static FileSource source(Path file) {
    String name = file.getFileName().toString();
    if (name.endsWith(".zip")) {
      return ZipArchive.file(file);
    }
    return name.endsWith("gz") ? new TarArchive(file) : new SingleFile(file);
  }

  @Override
  public String attribution() {
    return reader.attribution();
  }

  @Override
  public Labelling label(List<String> paths, MetadataReader metadata) {
    Labelling labelling = reader.label(paths, metadata);
    if (counts == Counts.PUBLISHED && labelling.rejections().isEmpty()) {
      String differences =
          reader.expected().stream()
              .map(expected -> expected.difference(labelling.images()))
              .flatMap(Optional::stream)
              .collect(joining("; "));
      if (!differences.isEmpty()) {
        throw Failure.data(
            "These are not the published files of %s: %s. If a part of it is what you want, set"
                + " benchmark.expected_counts=any.",
            name(), differences);
      }
    }
    return labelling;
  }
}
