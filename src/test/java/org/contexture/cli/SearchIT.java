package org.contexture.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificDatumWriter;
import org.contexture.pipeline.DatasetId;
import org.contexture.pipeline.Store;
import org.contexture.record.Example;
import org.contexture.record.ImageEmbedding;
import org.contexture.record.Split;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Pictures searched for with a trained network, in what its run embedded and in files. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SearchIT {
  private static final int USAGE = 2;
  private static final int DATA = 3;
  private static final int INTERRUPTED = 130;
  private static final Pattern PAGE = Pattern.compile("Search page: (http://\\S+)");

  private SmallExperiment experiment;
  private Path directory;
  private Path store;
  private Path model;
  private Outcome trained;

  /** Paths of the gallery. */
  private final SortedSet<String> tested = new TreeSet<>();

  @BeforeAll
  void train(@TempDir Path directory) throws IOException {
    this.directory = directory;
    experiment = SmallExperiment.in(directory);
    store = directory.resolve("store");
    trained = Outcome.of(experiment.run(store, "--set", "evaluate.approximate_index.name=hnsw"));
    assertThat(trained.code()).as("%s", trained).isZero();
    model = directory.resolve("store-models/small.safetensors");
    for (Example example : Store.open(store).open(made("shard"), Example.class).open()) {
      if (example.getSplit() == Split.TEST) {
        tested.add(example.getPath());
      }
    }
    assertThat(tested).isNotEmpty();
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

  private String[] words(String gallery, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "search",
                "--model",
                model.toString(),
                "--gallery",
                gallery,
                "--store",
                store.toString(),
                "--reports",
                directory.resolve("reports").toString()));
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }

  private Outcome search(String gallery, String... more) {
    return Outcome.of(words(gallery, more));
  }

  private Path picture(String path) {
    return experiment.pictures().resolve(path);
  }

  /** The rows of the first table that was printed: rank, similarity, class, path. */
  private static List<List<String>> rows(Outcome outcome) {
    return outcome
        .out()
        .lines()
        .dropWhile(line -> !line.startsWith("rank "))
        .skip(1)
        .takeWhile(line -> !line.isBlank())
        .map(line -> List.of(line.split(" +")))
        .toList();
  }

  @Test
  void theCommandThatARunEndsWithFindsThePictureItself() throws IOException {
    String command =
        trained
            .out()
            .lines()
            .filter(line -> line.startsWith("Search: ./contexture "))
            .findFirst()
            .orElseThrow();
    assertThat(command).endsWith(" --image FILE").contains(made("embed-trained").toString());
    for (String path : List.of(tested.first(), tested.last())) {
      List<String> words =
          new ArrayList<>(
              List.of(
                  command
                      .replace("Search: ./contexture ", "")
                      .replace("FILE", picture(path).toString())
                      .split(" ")));
      words.addAll(List.of("--reports", directory.resolve("reports").toString()));

      Outcome outcome = Outcome.of(words.toArray(String[]::new));

      assertThat(outcome.code()).as("%s", outcome).isZero();
      List<List<String>> rows = rows(outcome);
      assertThat(rows).hasSize(10);
      assertThat(rows.get(0)).containsExactly("1", "1.000", path.substring(0, 8), path);
      assertThat(rows).extracting(row -> row.get(3)).isSubsetOf(tested).doesNotHaveDuplicates();
      assertThat(rows).extracting(row -> -Double.parseDouble(row.get(1))).isSorted();
      assertThat(Files.readString(directory.resolve("reports/search.html")))
          .contains(picture(path).toString(), made("embed-trained").toString(), "data:image/");
    }
  }

  @Test
  void aShortenedFingerprintAndANumberOfNeighboursAreTaken() {
    String gallery = made("embed-trained").toString();

    Outcome outcome =
        search(
            gallery.substring(0, gallery.length() - 8),
            "-k",
            "3",
            "--image",
            picture(tested.first()).toString(),
            picture(tested.last()).toString());

    assertThat(outcome.code()).as("%s", outcome).isZero();
    assertThat(rows(outcome)).hasSize(3);
    assertThat(outcome.out()).containsPattern("1 +1\\.000 .* " + tested.last());
  }

  @Test
  void anIndexFindsWhatTheExactSearchFinds() {
    String[] query = {"--image", picture(tested.first()).toString()};

    Outcome approximate = search(made("hnsw").toString(), query);

    assertThat(approximate.code()).as("%s", approximate).isZero();
    assertThat(rows(approximate))
        .hasSize(10)
        .isEqualTo(rows(search(made("embed-trained").toString(), query)));
    Outcome few = search(made("hnsw").toString(), "--ef-search", "0", query[0], query[1]);
    assertThat(few.code()).isEqualTo(USAGE);
    assertThat(few.err()).contains("--ef-search: at least 1 candidate");
    Outcome other = search(made("shard").toString(), query);
    assertThat(other.code()).isEqualTo(USAGE);
    assertThat(other.err()).contains("holds no embeddings and no index of any");
  }

  @Test
  void embeddingsOfAnotherNetworkAreRefused() {
    Outcome outcome =
        search(made("embed-untrained").toString(), "--image", picture(tested.first()).toString());

    assertThat(outcome.code()).isEqualTo(DATA);
    assertThat(outcome.err())
        .contains(made("initialise").toString(), made("train").toString(), "cannot be compared");
  }

  @Test
  void embeddingsOfAnotherLengthAreRefused() throws IOException {
    Path file = directory.resolve("short.avro");
    try (DataFileWriter<ImageEmbedding> writer =
        new DataFileWriter<>(new SpecificDatumWriter<>(ImageEmbedding.getClassSchema()))) {
      writer.create(ImageEmbedding.getClassSchema(), file.toFile());
      writer.append(new ImageEmbedding("a.png", ByteBuffer.allocate(8)));
    }

    Outcome outcome = search(file.toString(), "--image", picture(tested.first()).toString());

    assertThat(outcome.code()).isEqualTo(DATA);
    assertThat(outcome.err()).contains("have 2 numbers, those of the model 16");
  }

  @Test
  void writtenEmbeddingsAreSearchedWithAndWithoutTheirPictures() throws IOException {
    String path = "class-03/2.png";
    for (String name : List.of("all.npz", "all.avro")) {
      Path file = directory.resolve(name);
      Outcome embedded =
          Outcome.of(
              "embed",
              "--model",
              model.toString(),
              "--images",
              experiment.pictures().toString(),
              "--out",
              file.toString());
      assertThat(embedded.code()).as("%s", embedded).isZero();
      String[] query = {"--image", picture(path).toString()};

      Outcome bare = search(file.toString(), query);
      assertThat(bare.code()).as("%s", bare).isZero();
      assertThat(rows(bare).get(0)).containsExactly("1", "1.000", "–", path);
      assertThat(Files.readString(directory.resolve("reports/search.html"))).contains("no picture");

      Outcome shown =
          search(file.toString(), query[0], query[1], "--images", experiment.pictures().toString());
      assertThat(rows(shown)).isEqualTo(rows(bare));
      assertThat(Files.readString(directory.resolve("reports/search.html")))
          .doesNotContain("no picture");
    }
  }

  @Test
  void aPictureThatCannotBeUsedIsNamedAndTheOthersAreSearchedFor() throws IOException {
    Path broken = directory.resolve("broken.png");
    Files.write(broken, new byte[] {1, 2, 3});
    Path huge = directory.resolve("huge.png");
    try (RandomAccessFile file = new RandomAccessFile(huge.toFile(), "rw")) {
      file.setLength(1L << 40);
    }

    Outcome outcome =
        search(
            made("embed-trained").toString(),
            "--image",
            broken.toString(),
            huge.toString(),
            picture(tested.first()).toString());

    assertThat(outcome.code()).isEqualTo(DATA);
    assertThat(outcome.out())
        .contains("left out: " + broken + ": The picture is neither PNG")
        .contains("left out: " + huge + ": The file is too large for a picture: 1099511627776");
    assertThat(rows(outcome).get(0)).contains("1.000", tested.first());
    assertThat(Files.readString(directory.resolve("reports/search.html")))
        .contains("Left out: " + broken);
  }

  @Test
  void mistakesInTheCommandAreSentences() {
    String gallery = made("embed-trained").toString();
    String image = picture(tested.first()).toString();

    assertUsage(search(gallery), "Give pictures with --image FILE");
    assertUsage(search(gallery, "--image", "none.png"), "there is no file none.png");
    assertUsage(search(gallery, "--image", image, "-k", "0"), "at least 1 image");
    assertUsage(search(gallery, "--serve", "70000"), "from 0 to 65535");
    assertUsage(search(gallery, "--image", image, "--images", "x"), "the pictures of " + gallery);
    assertUsage(search(made("shard").toString(), "--image", image), "holds no embeddings");
    assertUsage(search("none.npz", "--image", image), "There is no file none.npz");
    assertUsage(search("embed/0000", "--image", image), "There is no dataset embed/0000");
  }

  private static void assertUsage(Outcome outcome, String sentence) {
    assertThat(outcome.code()).as("%s", outcome).isEqualTo(USAGE);
    assertThat(outcome.err()).contains(sentence);
  }

  @Test
  void thePageIsServedUntilItIsInterrupted() throws Exception {
    HttpClient client = HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).build();
    Path output = directory.resolve("serve.out");
    try (Child child =
        Child.start(output, words(made("embed-trained").toString(), "--serve", "-k", "4"))) {
      assertThat(child.reaches(() -> PAGE.matcher(printed(output)).find()))
          .as(child.output())
          .isTrue();
      Matcher page = PAGE.matcher(child.output());
      assertThat(page.find()).isTrue();
      assertThat(page.group(1)).startsWith("http://127.0.0.1:");
      URI address = URI.create(page.group(1));

      assertThat(
              client
                  .send(
                      HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
                  .body())
          .contains("Search by a picture", made("embed-trained").toString());
      for (String path : List.of(tested.first(), tested.last())) {
        HttpResponse<String> found =
            client.send(
                HttpRequest.newBuilder(address.resolve("/neighbours"))
                    .POST(HttpRequest.BodyPublishers.ofFile(picture(path)))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(found.statusCode()).as(found.body()).isEqualTo(200);
        assertThat(found.body().split("<li ")).hasSize(2 + 4);
        assertThat(found.body()).containsPattern("title=\"" + path + "\".*title=\"");
      }

      // Not SIGINT: what a shell starts in the background ignores it.
      new ProcessBuilder("kill", "-TERM", Long.toString(child.processId())).start().waitFor();
      assertThat(child.waitFor()).isEqualTo(INTERRUPTED);
      assertThat(child.output()).contains("Interrupted. The page is no longer served.");
    }
  }

  private static String printed(Path output) {
    try {
      return Files.readString(output);
    } catch (IOException notYet) {
      return "";
    }
  }
}
