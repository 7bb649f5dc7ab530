package org.contexture.benchmark;

import static java.util.stream.Collectors.joining;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.contexture.failure.Failure;
import org.contexture.record.Rejection;

/** A benchmark as its authors publish it. */
public final class PublishedBenchmark implements Benchmark {
  private static final long serialVersionUID = 1L;

  private final LabelReader reader;
  private final Counts counts;
  private final SplitRule split;

  /** Whether the numbers of images and classes have to be the published ones. */
  public enum Counts {
    PUBLISHED,
    /** For a part of a benchmark. */
    ANY
  }

  private PublishedBenchmark(LabelReader reader, Counts counts, SplitRule split) {
    this.reader = reader;
    this.counts = counts;
    this.split = split;
  }

  private static PublishedBenchmark of(LabelReader reader, Counts counts) {
    return new PublishedBenchmark(reader, counts, SplitRule.official());
  }

  /** CUB-200-2011: 200 kinds of birds. */
  public static PublishedBenchmark cub200(Counts counts) {
    return of(new Cub200(), counts);
  }

  /** Cars-196: 196 models of cars. */
  public static PublishedBenchmark cars196(Counts counts) {
    return of(new Cars196(), counts);
  }

  /** Stanford Online Products: 22,634 products in 12 kinds. */
  public static PublishedBenchmark onlineProducts(Counts counts) {
    return of(new OnlineProducts(), counts);
  }

  /** In-Shop Clothes Retrieval: 7,982 pieces of clothing. */
  public static PublishedBenchmark inShop(Counts counts) {
    return of(new InShop(), counts);
  }

  /**
   * iNaturalist 2021 mini: 10,000 species.
   *
   * @param seed chooses the species to train on
   */
  public static PublishedBenchmark iNaturalist(Counts counts, long seed) {
    return of(new INaturalist(seed), counts);
  }

  /**
   * The same benchmark, split by lists in the format of the paper's code.
   *
   * @param lists the folder that has them
   */
  public PublishedBenchmark splitBy(Path lists) {
    return new PublishedBenchmark(
        reader, counts, new GivenSplit(lists, reader.name(), reader.expected()));
  }

  /** How large it is, from what is published alone. */
  public BenchmarkOutline outline() {
    long training = reader.expectedTraining().images();
    long all = reader.expected().stream().mapToLong(ExpectedCount::images).sum();
    return new BenchmarkOutline(
        Math.toIntExact(training),
        Math.toIntExact(all - training),
        reader.expectedTrainingClasses());
  }

  @Override
  public String name() {
    return reader.name();
  }

  @Override
  public int version() {
    return reader.version();
  }

  @Override
  public List<PublishedFile> files() {
    return reader.files();
  }

  @Override
  public List<Path> lists() {
    return split.files();
  }

  /** None: they are in the {@link #files}, once these are fetched. */
  @Override
  public List<FileSource> sources() {
    return List.of();
  }

  @Override
  public String attribution() {
    return reader.attribution();
  }

  @Override
  public Labelling label(List<String> paths, MetadataReader metadata) {
    Labelling labelling = split.apply(reader.label(paths, metadata));
    if (counts == Counts.PUBLISHED && !hasPublishedCounts(labelling)) {
      throw Failure.data(
          "These are not the published %s of %s: %s%s. If a part of it is what you want, set"
              + " benchmark.expected_counts=any.",
          split.files().isEmpty() ? "files" : "files and lists",
          name(),
          reader.expected().stream()
              .map(expected -> expected.difference(labelling.images()))
              .flatMap(Optional::stream)
              .collect(joining("; ")),
          refusals(labelling.rejections()));
    }
    return labelling;
  }

  /** What was refused may be missing, and nothing else. */
  private boolean hasPublishedCounts(Labelling labelling) {
    List<LabelledImage> images = labelling.images();
    long published = reader.expected().stream().mapToLong(ExpectedCount::images).sum();
    return published - images.size() <= labelling.rejections().size()
        && reader.expected().stream().allMatch(expected -> expected.onlyLacksImages(images));
  }

  private static String refusals(List<Rejection> refused) {
    if (refused.isEmpty()) {
      return "";
    }
    Rejection first = refused.get(0);
    return "; what was refused (%d, the first %s in %s: %s) does not explain that"
        .formatted(refused.size(), first.getWhat(), first.getWhere(), first.getWhy());
  }
}
