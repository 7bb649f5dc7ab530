package org.contexture.experiment;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.contexture.benchmark.Benchmark;
import org.contexture.benchmark.EmojiBenchmark;
import org.contexture.benchmark.FileDigests;
import org.contexture.benchmark.FileSource;
import org.contexture.benchmark.ImageFolder;
import org.contexture.benchmark.ImageList;
import org.contexture.benchmark.PublishedBenchmark;
import org.contexture.failure.Failure;
import org.contexture.fetch.Checksum;
import org.contexture.fetch.Patience;
import org.contexture.fetch.RemoteFile;
import org.contexture.model.ModelConfig;
import org.contexture.pipeline.Dataset;
import org.contexture.pipeline.StageGraph;
import org.contexture.record.Checkpoint;
import org.contexture.record.Embedding;
import org.contexture.record.EmbeddingStatistic;
import org.contexture.record.Example;
import org.contexture.record.ImageRef;
import org.contexture.record.MappedImage;
import org.contexture.record.Neighbours;
import org.contexture.record.RawFile;
import org.contexture.record.RetrievalMetric;
import org.contexture.record.SourceFile;
import org.contexture.report.ModelRole;
import org.contexture.stage.EmbedConfig;
import org.contexture.stage.EmbedStage;
import org.contexture.stage.FetchStage;
import org.contexture.stage.GivenWeights;
import org.contexture.stage.ImportConfig;
import org.contexture.stage.ImportStage;
import org.contexture.stage.IndexConfig;
import org.contexture.stage.IndexStage;
import org.contexture.stage.InitialiseConfig;
import org.contexture.stage.InitialiseStage;
import org.contexture.stage.ShardConfig;
import org.contexture.stage.ShardStage;
import org.contexture.stage.TrainStage;
import org.contexture.stage.UnpackConfig;
import org.contexture.stage.UnpackStage;
import org.contexture.training.Execution;

/** The stages of an experiment, wired together, and the datasets a report is about. */
public final class Experiment {
  private static final int EMBEDDING_BATCH = 64;

  private final ExperimentSettings settings;
  private final Optional<WeightsPlace> evaluated;
  private final Benchmark benchmark;
  private final StageGraph.Builder graph = StageGraph.builder();
  private final ImageOrigin origin;
  private final Dataset<ImageRef> images;
  private final Dataset<Example> examples;
  private final EvaluationStages evaluations;
  private final Map<ModelRole, Dataset<Checkpoint>> checkpoints = new EnumMap<>(ModelRole.class);
  private Dataset<MappedImage> map;

  /**
   * A network of the experiment and what was measured of it.
   *
   * @param role the part it plays
   * @param checkpoint its weights
   * @param neighbours the nearest neighbours of each test image
   * @param metrics what they amount to
   */
  public record Model(
      ModelRole role,
      Dataset<Checkpoint> checkpoint,
      Dataset<Neighbours> neighbours,
      Dataset<RetrievalMetric> metrics) {}

  /**
   * The embeddings of a network.
   *
   * @param role the part the network plays
   * @param statistics what they look like apart from any ranking
   */
  public record Space(ModelRole role, Dataset<EmbeddingStatistic> statistics) {}

  /** Wires what comes before any network. */
  private Experiment(
      ExperimentSettings settings, Optional<WeightsPlace> evaluated, FileDigests digests) {
    this.settings = settings;
    this.evaluated = evaluated;
    this.benchmark = benchmark(settings);
    this.origin = origin(digests);
    Dataset<RawFile> files = graph.add("unpack", unpack());
    images = graph.add("index", index(files, digests));
    examples = graph.add("shard", shard(files));
    evaluations =
        new EvaluationStages(
            graph,
            settings.evaluate(),
            settings.recallAt(),
            settings.report().neighbours(),
            settings.seed());
  }

  /**
   * Wires the stages of an experiment that trains.
   *
   * @param digests of the files that the experiment starts from
   */
  public static Experiment training(ExperimentSettings settings, FileDigests digests) {
    Experiment experiment = new Experiment(settings, Optional.empty(), digests);
    experiment.train(digests);
    return experiment;
  }

  /**
   * Wires the stages of an experiment that measures a network in place of training one.
   *
   * @param weights the file that has the weights of the whole network
   * @param sha256 what that file has to be; an address needs it
   * @param digests of the files that the experiment starts from
   * @throws Failure if the file is another
   */
  public static Experiment evaluating(
      ExperimentSettings settings,
      WeightsPlace weights,
      Optional<String> sha256,
      FileDigests digests) {
    Experiment experiment = new Experiment(settings, Optional.of(weights), digests);
    GivenWeights given = experiment.given(weights, sha256, digests);
    ImportConfig config =
        new ImportConfig(experiment.model(), given.sha256().or(() -> sha256).orElseThrow());
    experiment.evaluate(
        ModelRole.TRAINED,
        "trained",
        experiment.graph.add("import", new ImportStage(config, given)));
    return experiment;
  }

  private void train(FileDigests digests) {
    Dataset<Checkpoint> initial = graph.add("initialise", initialise(digests));
    if (settings.model().weights().isPresent()) {
      Dataset<Checkpoint> trained = graph.add("train", train(settings.train(), initial, 1));
      evaluate(ModelRole.PRETRAINED, "pretrained", initial);
      evaluate(ModelRole.TRAINED, "trained", trained);
      addControl(initial);
    } else {
      Dataset<Checkpoint> pretrained =
          graph.add("pretrain", train(settings.pretrain(), initial, 0));
      Dataset<Checkpoint> trained = graph.add("train", train(settings.train(), pretrained, 1));
      evaluate(ModelRole.UNTRAINED, "untrained", initial);
      evaluate(ModelRole.PRETRAINED, "pretrained", pretrained);
      evaluate(ModelRole.TRAINED, "trained", trained);
      addControl(pretrained);
    }
  }

  private void addControl(Dataset<Checkpoint> start) {
    if (settings.control()) {
      TrainingSettings control = settings.train().withLoss(settings.pretrain().loss());
      evaluate(ModelRole.CONTROL, "control", graph.add("control", train(control, start, 1)));
    }
  }

  private void evaluate(ModelRole role, String suffix, Dataset<Checkpoint> checkpoint) {
    checkpoints.put(role, checkpoint);
    EmbedConfig config =
        new EmbedConfig(
            settings.model().precision(), EMBEDDING_BATCH, settings.images().seenInTests());
    Dataset<Embedding> embeddings =
        graph.add("embed-" + suffix, new EmbedStage(config, examples, checkpoint));
    evaluations.add(role, suffix, embeddings);
    if (role == ModelRole.TRAINED) {
      map = evaluations.addMap(embeddings);
    }
  }

  static Benchmark benchmark(ExperimentSettings settings) {
    BenchmarkSettings chosen = settings.benchmark();
    return switch (chosen.name()) {
      case EMOJI -> new EmojiBenchmark();
      case IMAGE_FOLDER ->
          new ImageFolder(
              chosen.path().orElseThrow(), chosen.testShare().orElseThrow(), settings.seed());
      case IMAGE_LIST ->
          new ImageList(
              chosen.path().orElseThrow(), chosen.testShare().orElseThrow(), settings.seed());
      case CUB200 -> split(PublishedBenchmark.cub200(chosen.counts()), chosen);
      case CARS196 -> split(PublishedBenchmark.cars196(chosen.counts()), chosen);
      case SOP -> split(PublishedBenchmark.onlineProducts(chosen.counts()), chosen);
      case INSHOP -> split(PublishedBenchmark.inShop(chosen.counts()), chosen);
      case INATURALIST ->
          split(PublishedBenchmark.iNaturalist(chosen.counts(), settings.seed()), chosen);
    };
  }

  private static Benchmark split(PublishedBenchmark benchmark, BenchmarkSettings chosen) {
    return chosen.splitLists().map(benchmark::splitBy).orElse(benchmark);
  }

  private ImageOrigin origin(FileDigests digests) {
    if (!benchmark.files().isEmpty()) {
      Dataset<SourceFile> fetched =
          graph.add(
              "fetch",
              new FetchStage(
                  new FilesToFetch(benchmark, settings, digests).files(),
                  Patience.DEFAULT,
                  benchmark.attribution()));
      return new ImageOrigin(List.of(), Optional.of(fetched));
    }
    List<String> sha256 = new ArrayList<>();
    try {
      for (FileSource source : benchmark.sources()) {
        sha256.add(source.digest(digests));
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return new ImageOrigin(sha256, Optional.empty());
  }

  private UnpackStage unpack() {
    double maxRejectedShare = settings.images().maxRejectedShare();
    return origin
        .fetched()
        .map(
            files -> new UnpackStage(UnpackConfig.ofFetched(shardBytes()), files, maxRejectedShare))
        .orElseGet(
            () ->
                new UnpackStage(
                    UnpackConfig.of(String.join(" ", origin.here()), shardBytes()),
                    benchmark.sources(),
                    maxRejectedShare));
  }

  private long shardBytes() {
    return (long) settings.images().shardMegabytes() << 20;
  }

  private IndexStage index(Dataset<RawFile> files, FileDigests digests) {
    return new IndexStage(
        IndexConfig.builder()
            .benchmark(benchmark.name())
            .labelling(benchmark.version())
            .splitSha256(
                benchmark.lists().stream()
                    .map(list -> digestOf(list, digests))
                    .collect(joining(" ")))
            .publishedCounts(settings.benchmark().counts() == PublishedBenchmark.Counts.PUBLISHED)
            .testShare(settings.benchmark().testShare().orElse(0))
            .validationShare(settings.benchmark().validationShare())
            .seed(settings.seed())
            .build(),
        benchmark,
        files,
        settings.images().maxRejectedShare());
  }

  private ShardStage shard(Dataset<RawFile> files) {
    ImageSettings chosen = settings.images();
    return new ShardStage(
        ShardConfig.builder()
            .resize(chosen.storedForTraining())
            .testResize(chosen.storedForTesting())
            .encoding(chosen.encoding())
            .jpegQuality(chosen.jpegQuality().orElse(0))
            .shardBytes(shardBytes())
            .seed(settings.seed())
            .build(),
        images,
        files,
        chosen.maxRejectedShare());
  }

  private ModelConfig model() {
    ModelSettings chosen = settings.model();
    return new ModelConfig(
        chosen.backbone(), chosen.head(), chosen.embeddingSize(), settings.images().size());
  }

  private InitialiseStage initialise(FileDigests digests) {
    ModelSettings chosen = settings.model();
    Optional<GivenWeights> weights =
        chosen
            .weights()
            .map(
                place ->
                    place.isImageNet()
                        ? fetched(ImageNetWeights.of(chosen.backbone()), ImageNetWeights.TERMS)
                        : given(place, chosen.weightsSha256(), digests));
    Optional<String> digest = weights.flatMap(GivenWeights::sha256);
    return new InitialiseStage(InitialiseConfig.of(model(), settings.seed(), digest), weights);
  }

  private GivenWeights given(WeightsPlace place, Optional<String> sha256, FileDigests digests) {
    if (!place.isAddress()) {
      return GivenWeights.here(place.path(), required(place.path(), sha256, digests));
    }
    return fetched(
        new RemoteFile(
            place.name(),
            List.of(place.address()),
            Checksum.sha256(sha256.orElseThrow()),
            RemoteFile.UNKNOWN_LENGTH),
        "Weights from %s, to be used as their authors allow.".formatted(place));
  }

  private GivenWeights fetched(RemoteFile file, String terms) {
    RemoteFile nearest =
        settings.fetch().place().map(mirror -> file.firstFrom(mirror.of(file.name()))).orElse(file);
    return GivenWeights.fetched(
        graph.add("fetch-weights", new FetchStage(List.of(nearest), Patience.DEFAULT, terms)));
  }

  /** The digest of a file, which must be the one that is asked for. */
  private static String required(Path file, Optional<String> sha256, FileDigests digests) {
    String actual = digestOf(file, digests);
    if (sha256.isPresent() && !sha256.get().equals(actual)) {
      throw Failure.data(
          "%s is another file than was asked for: its SHA-256 is %s instead of %s.",
          file, actual, sha256.get());
    }
    return actual;
  }

  static String digestOf(Path path, FileDigests digests) {
    try {
      return digests.sha256(path);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /**
   * A training stage.
   *
   * @param number of the stage in the experiment; each has batches and augmentations of its own,
   *     unless its settings have a seed
   */
  private TrainStage train(TrainingSettings training, Dataset<Checkpoint> start, int number) {
    return new TrainStage(
        TrainConfigs.of(
            training,
            settings.model().precision(),
            settings.images().seenInTests(),
            settings.benchmark().name().canHaveQueriesApart(),
            training.seed().orElse(settings.seed() + number)),
        new Execution(training.checkpointEvery(), training.loaderThreads()),
        examples,
        start);
  }

  /** The settings it was made from. */
  public ExperimentSettings settings() {
    return settings;
  }

  /** The file of the network that is measured, in an experiment that trains none. */
  public Optional<WeightsPlace> evaluated() {
    return evaluated;
  }

  /** The benchmark it is about. */
  public Benchmark benchmark() {
    return benchmark;
  }

  /** All its stages. */
  public StageGraph graph() {
    return graph.build();
  }

  /** What its images are taken out of. */
  ImageOrigin origin() {
    return origin;
  }

  /** The benchmark's images with their labels. */
  public Dataset<ImageRef> images() {
    return images;
  }

  /** The prepared images. */
  public Dataset<Example> examples() {
    return examples;
  }

  /** The network it is about. */
  public Model trained() {
    return models().stream()
        .filter(model -> model.role() == ModelRole.TRAINED)
        .findFirst()
        .orElseThrow();
  }

  /** The embeddings of the networks, in the order of their making. */
  public List<Space> spaces() {
    return evaluations.spaces();
  }

  /** Where test images lie in the space of the network it is about. */
  public Dataset<MappedImage> map() {
    return map;
  }

  /** Which share of the nearest neighbours the approximate index finds, if one is built. */
  public Optional<Dataset<RetrievalMetric>> indexRecall() {
    return evaluations.indexRecall();
  }

  /** The networks it compares, in the order of their making. */
  public List<Model> models() {
    return evaluations.measured().stream()
        .map(
            measured ->
                new Model(
                    measured.role(),
                    checkpoints.get(
                        measured.role() == ModelRole.RERANKED
                            ? ModelRole.TRAINED
                            : measured.role()),
                    measured.neighbours(),
                    measured.metrics()))
        .toList();
  }
}
