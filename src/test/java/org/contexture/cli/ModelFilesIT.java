package org.contexture.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.commons.codec.digest.DigestUtils;
import org.contexture.golden.Npz;
import org.contexture.model.Backbone;
import org.contexture.model.Head;
import org.contexture.model.InitialWeights;
import org.contexture.model.ModelConfig;
import org.contexture.model.TrainedWeights;
import org.contexture.pipeline.DatasetId;
import org.contexture.pipeline.Store;
import org.contexture.record.Embedding;
import org.contexture.record.ImageEmbedding;
import org.contexture.record.ImageRef;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A trained network as files: written, read by others, read back, measured and used. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ModelFilesIT {
  private static final int USAGE = 2;
  private static final int DATA = 3;
  private static final List<String> PYTHONS = List.of("/usr/bin/python3", "python3");

  private SmallExperiment experiment;
  private Path directory;
  private Path store;
  private Path model;
  private Outcome trained;

  @BeforeAll
  void train(@TempDir Path directory) throws IOException {
    this.directory = directory;
    experiment = SmallExperiment.in(directory);
    store = directory.resolve("store");
    trained = Outcome.of(experiment.run(store));
    assertThat(trained.code()).as("%s", trained).isZero();
    model = directory.resolve("store-models/small.safetensors");
  }

  private Outcome evaluate(Path weights, String... more) {
    return evaluate(weights.toString(), more);
  }

  private Outcome evaluate(String weights, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "evaluate",
                experiment.file().toString(),
                "--weights",
                weights,
                "--store",
                store.toString(),
                "--reports",
                directory.resolve("reports").toString()));
    words.addAll(List.of(more));
    return Outcome.of(words.toArray(String[]::new));
  }

  private static Outcome embed(Path model, Path images, Path target) {
    return Outcome.of(
        "embed",
        "--model",
        model.toString(),
        "--images",
        images.toString(),
        "--out",
        target.toString());
  }

  private static String resultOf(Outcome outcome) {
    return outcome
        .out()
        .lines()
        .filter(line -> line.startsWith("trained "))
        .findFirst()
        .orElseThrow()
        .replaceAll(" +", " ");
  }

  @Test
  void theModelSaysWhatItIsAndWhatMadeIt() throws IOException {
    assertThat(trained.out()).contains("Model: " + model);
    assertThat(Files.readString(directory.resolve("store-models/small.json")))
        .contains("\"backbone\" : \"resnet18\"")
        .contains("\"head\" : \"average_linear\"")
        .contains("\"embedding_size\" : 16")
        .contains("\"input_size\" : 32")
        .contains("\"mean\" : [ 0.485, 0.456, 0.406 ]")
        .contains("\"resize\" : \"short_side\"")
        .contains("\"dataset\" : \"" + made("train") + "\"")
        .contains("\"fingerprint\" : \"" + made("train").fingerprint());
  }

  /** The dataset that the run made for a stage. */
  private DatasetId made(String label) {
    String line =
        trained
            .out()
            .lines()
            .filter(one -> one.startsWith(label + " ") && one.contains(" records "))
            .findFirst()
            .orElseThrow();
    return DatasetId.parse(line.substring(line.lastIndexOf('(') + 1, line.lastIndexOf(')')));
  }

  @Test
  void evaluatingItGivesWhatTheRunMeasured() throws IOException {
    Outcome outcome = evaluate(model);

    assertThat(outcome.code()).as("%s", outcome).isZero();
    assertThat(outcome.made())
        .containsExactly(
            "import",
            "embed-trained",
            "neighbours-trained",
            "measure-trained",
            "statistics-trained",
            "map");
    assertThat(resultOf(outcome)).isEqualTo(resultOf(trained));
    assertThat(Files.readString(directory.resolve("reports/small-of-small.html")))
        .contains("the weights in small.safetensors", "The network was trained elsewhere");
    assertLeavesTheTrainingAlone(
        Files.copy(experiment.file(), directory.resolve("My_Exp v1.yaml")));
  }

  /** Under no name of its file does an evaluation become what the store knows of the training. */
  private void assertLeavesTheTrainingAlone(Path file) {
    Outcome outcome =
        Outcome.of(
            "evaluate",
            file.toString(),
            "--weights",
            model.toString(),
            "--store",
            store.toString(),
            "--reports",
            directory.resolve("reports").toString());

    assertThat(outcome.code()).as("%s", outcome).isZero();
    assertThat(outcome.out()).contains("my-exp-v1-of-small.html");
    assertThat(Store.open(store).experiments().get("small"))
        .as("what the store keeps for the training")
        .contains(made("train"));
  }

  @Test
  void weightsComeFromAnAddressIfTheirDigestIsRight() throws IOException {
    String digest = sha256(model);
    try (FolderServer server = new FolderServer(model.getParent())) {
      String address = server.address() + "/small.safetensors";

      assertThat(evaluate(address).code()).isEqualTo(USAGE);
      assertThat(server.requests()).isEmpty();

      Outcome measured = evaluate(address, "--weights-sha256", digest);
      assertThat(measured.code()).as("%s", measured).isZero();
      assertThat(measured.made()).contains("fetch-weights", "import");
      assertThat(resultOf(measured)).isEqualTo(resultOf(trained));

      Outcome fineTuned =
          Outcome.of(
              experiment.run(
                  store,
                  "--set",
                  "name=tuned",
                  "--set",
                  "model.weights=" + address,
                  "--set",
                  "model.weights_sha256=" + digest));
      assertThat(fineTuned.code()).as("%s", fineTuned).isZero();
      assertThat(fineTuned.reused()).contains("fetch-weights");
      assertThat(fineTuned.made()).contains("initialise", "train").doesNotContain("pretrain");
      assertThat(server.requests()).hasSize(1);
    }

    String another = "0".repeat(64);
    Outcome here = evaluate(model.toString(), "--weights-sha256", another);
    assertThat(here.code()).as("%s", here).isEqualTo(DATA);
    assertThat(here.err()).contains("its SHA-256 is " + digest + " instead of " + another);
  }

  private static String sha256(Path file) throws IOException {
    return DigestUtils.sha256Hex(Files.readAllBytes(file));
  }

  @Test
  void weightsOfAnotherNetworkAreRefused() {
    Outcome head = evaluate(model, "--set", "model.head=max_norm_linear");
    assertThat(head.code()).as("%s", head).isEqualTo(DATA);
    assertThat(head.err()).contains("are of the network {\"backbone\":\"resnet18\"");

    Outcome missing = evaluate(directory.resolve("none.pt"));
    assertThat(missing.code()).isEqualTo(USAGE);
    assertThat(missing.err()).contains("there is no file").contains("none.pt");
  }

  @Test
  void eitherAnExperimentOrABenchmarkIsMeasuredOn() throws IOException {
    Outcome neither = Outcome.of("evaluate", "--weights", model.toString());
    assertThat(neither.code()).isEqualTo(USAGE);

    ModelConfig network = new ModelConfig(Backbone.RESNET18, Head.MAX_NORM_LINEAR, 16, 32);
    Path weights = directory.resolve("birds.safetensors");
    Files.write(weights, TrainedWeights.exported(network, InitialWeights.random(network, 1)));
    List<String> words =
        new ArrayList<>(
            List.of(
                "evaluate",
                "--benchmark",
                "cub200",
                "--weights",
                weights.toString(),
                "--store",
                store.toString(),
                "--reports",
                directory.resolve("reports").toString()));
    for (String setting :
        List.of(
            "model.backbone=resnet18",
            "model.embedding_size=16",
            "images.size=32",
            "images.test_size=36",
            "fetch.mirror=src/test/resources/org/contexture/benchmark/mini",
            "benchmark.expected_counts=any",
            "evaluate.recall_at=[1]",
            "report.neighbours=1")) {
      words.addAll(List.of("--set", setting));
    }
    Outcome published = Outcome.of(words.toArray(String[]::new));
    assertThat(published.code()).as("%s", published).isZero();
    assertThat(published.out()).contains("cub-256-hybrid-of-birds.html");
  }

  @Test
  void picturesAreEmbeddedAsTheRunEmbeddedThem() throws IOException {
    Path npz = directory.resolve("all.npz");
    Path avro = directory.resolve("all.avro");
    Outcome outcome = embed(model, experiment.pictures(), npz);
    assertThat(outcome.code()).as("%s", outcome).isZero();
    assertThat(outcome.out()).contains("60 pictures embedded, 0 left out: " + npz);
    assertThat(embed(model, experiment.pictures(), avro).code()).isZero();

    SortedMap<String, float[]> expected = embeddingsOfTheRun();
    float[] all = Npz.read(npz).floats("embeddings");
    int row = 0;
    int compared = 0;
    try (DataFileReader<ImageEmbedding> records =
        new DataFileReader<>(avro.toFile(), new SpecificDatumReader<>(ImageEmbedding.class))) {
      for (ImageEmbedding embedding : records) {
        float[] vector = floats(embedding.getVector());
        for (int i = 0; i < vector.length; i++) {
          assertThat(all[row * vector.length + i]).isEqualTo(vector[i]);
        }
        float[] fromRun = expected.get(embedding.getPath());
        if (fromRun != null) {
          assertThat(vector).containsExactly(fromRun, within(1e-5f));
          compared++;
        }
        row++;
      }
    }
    assertThat(row).isEqualTo(SmallExperiment.IMAGES);
    assertThat(compared).isEqualTo(expected.size()).isPositive();
  }

  private SortedMap<String, float[]> embeddingsOfTheRun() {
    Store opened = Store.open(store);
    SortedMap<Long, String> paths = new TreeMap<>();
    opened
        .open(made("index"), ImageRef.class)
        .open()
        .forEach(image -> paths.put(image.getId(), image.getPath()));
    SortedMap<String, float[]> vectors = new TreeMap<>();
    opened
        .open(made("embed-trained"), Embedding.class)
        .open()
        .forEach(one -> vectors.put(paths.get(one.getId()), floats(one.getVector())));
    return vectors;
  }

  private static float[] floats(ByteBuffer bytes) {
    FloatBuffer values = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    float[] floats = new float[values.remaining()];
    values.get(floats);
    return floats;
  }

  @Test
  void aPictureThatCannotBeUsedIsNamedAndLeftOut(@TempDir Path pictures) throws IOException {
    Files.copy(experiment.pictures().resolve("class-00/0.png"), pictures.resolve("good.png"));
    Files.write(pictures.resolve("empty.jpg"), new byte[0]);
    Path target = directory.resolve("some.npz");

    Outcome outcome = embed(model, pictures, target);

    assertThat(outcome.code()).isEqualTo(DATA);
    assertThat(outcome.out())
        .contains("left out: empty.jpg: ")
        .contains("1 pictures embedded, 1 left out: " + target);
    assertThat(Npz.read(target).floats("embeddings")).hasSize(16);
  }

  @Test
  void whatIsNoModelIsNamed(@TempDir Path other) throws IOException {
    Path changed = other.resolve("small.safetensors");
    byte[] weights = Files.readAllBytes(model);
    weights[weights.length - 1] ^= 1;
    Files.write(changed, weights);
    assertThat(embed(changed, experiment.pictures(), other.resolve("x.npz")).err())
        .contains("There is no file " + other.resolve("small.json"));

    Files.copy(model.resolveSibling("small.json"), other.resolve("small.json"));
    Outcome mixed = embed(changed, experiment.pictures(), other.resolve("x.npz"));
    assertThat(mixed.code()).isEqualTo(DATA);
    assertThat(mixed.err()).contains("is not the file that").contains("its SHA-256 is");

    Files.writeString(other.resolve("small.json"), "{\"format\": 1}");
    assertThat(embed(changed, experiment.pictures(), other.resolve("x.npz")).err())
        .contains("small.json does not describe a model");

    Outcome format = embed(model, experiment.pictures(), other.resolve("x.csv"));
    assertThat(format.code()).isEqualTo(USAGE);
    assertThat(format.err()).contains("has to end with .npz or .avro");
    assertThat(other.resolve("x.npz")).doesNotExist();
  }

  @Test
  void pythonReadsItAsTheDocumentationSaysAndWhatItWritesIsReadBack() throws Exception {
    Optional<String> python = pythonWithTorch();
    assumeTrue(
        python.isPresent(),
        "needs one of " + PYTHONS + " with NumPy and PyTorch (Debian: python3-torch)");
    Path npz = directory.resolve("python.npz");
    assertThat(embed(model, experiment.pictures(), npz).code()).isZero();
    Path saved = directory.resolve("from-python.pth");
    String documentation = Files.readString(Path.of("docs/models.md"));
    String lines =
        documentation
            .substring(documentation.indexOf("```python\n") + 10)
            .replaceFirst("(?s)\n```.*", "\n");
    assertThat(lines.lines()).hasSize(5);

    String outcome =
        python(
            python.orElseThrow(),
            lines.replace("models/emoji.safetensors", model.toString())
                + """
                import torch
                torch.save({"module." + n: torch.tensor(v) for n, v in tensors.items()}, "%s")
                z = numpy.load("%s")
                lengths = (z["embeddings"] ** 2).sum(axis=1)
                print(z["embeddings"].shape, z["paths"][0], abs(lengths - 1).max() < 1e-5)
                """
                    .formatted(saved, npz));

    assertThat(outcome).isEqualTo("0 (60, 16) class-00/0.png True\n");
    Outcome readBack = evaluate(saved);
    assertThat(readBack.code()).as("%s", readBack).isZero();
    assertThat(resultOf(readBack)).isEqualTo(resultOf(trained));
  }

  private static Optional<String> pythonWithTorch() throws IOException, InterruptedException {
    for (String python : PYTHONS) {
      if (python(python, "import numpy, torch").startsWith("0")) {
        return Optional.of(python);
      }
    }
    return Optional.empty();
  }

  /** The exit code and what was printed. */
  private static String python(String python, String program)
      throws IOException, InterruptedException {
    Process process;
    try {
      process =
          new ProcessBuilder(python, "-c", program)
              .redirectErrorStream(true)
              .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
              .start();
    } catch (IOException none) {
      return "there is none: " + none.getMessage();
    }
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return process.exitValue() + " " + printed;
  }
}
