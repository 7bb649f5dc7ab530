package org.contexture.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.contexture.embedding.ImageEmbedder;
import org.contexture.embedding.TrainedModel;
import org.contexture.experiment.EmbeddedGallery;
import org.contexture.failure.Failure;
import org.contexture.image.ImageException;
import org.contexture.image.PictureFile;
import org.contexture.pipeline.DatasetId;
import org.contexture.report.SearchPage;
import org.contexture.report.SearchPlace;
import org.contexture.report.SearchedImage;
import org.contexture.report.SearchedQuery;
import org.contexture.search.FileGallery;
import org.contexture.search.Gallery;
import org.contexture.search.ImageSearch;
import org.contexture.search.SearchServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Finds the images of a gallery that are nearest to given pictures. */
@Command(
    name = "search",
    description =
        "Find the images of a gallery that are nearest to pictures, as a trained model sees them.",
    mixinStandardHelpOptions = true)
final class SearchCommand implements Callable<Integer> {
  private static final int SOME_LEFT_OUT = 3;
  private static final int BATCH = 64;
  private static final String PAGE = "search.html";

  @Option(
      names = "--model",
      paramLabel = "FILE",
      required = true,
      description = "The .safetensors file of a model; its .json file lies beside it.")
  Path model;

  @Option(
      names = "--gallery",
      paramLabel = "GALLERY",
      required = true,
      description =
          "What is searched: embeddings in the store, as embed/FINGERPRINT, an approximate index of"
              + " them, as hnsw/FINGERPRINT, or a .npz or .avro file that 'contexture embed' wrote.")
  String gallery;

  @Option(
      names = "--ef-search",
      paramLabel = "N",
      defaultValue = "100",
      description =
          "How many candidates an approximate index looks for: with more it misses less and takes"
              + " longer (default: ${DEFAULT-VALUE}).")
  int efSearch;

  @Option(
      names = "--images",
      paramLabel = "DIR",
      description =
          "The folder that a file of embeddings is about, so that its pictures are shown.")
  Optional<Path> images = Optional.empty();

  @Option(
      names = "--image",
      paramLabel = "FILE",
      arity = "1..*",
      description = "Pictures to search for (PNG or JPEG).")
  List<Path> queries = new ArrayList<>();

  @Option(
      names = {"-k", "--neighbours"},
      paramLabel = "N",
      defaultValue = "10",
      description = "How many images to find for a picture (default: ${DEFAULT-VALUE}).")
  int depth;

  @Mixin ServingOptions serving;
  @Mixin StoreOption store;
  @Mixin ReportsOption reports;
  @Spec CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    requireOptions();
    try (Gallery opened = open(TrainedModel.describe(model));
        ImageEmbedder embedder = TrainedModel.load(model)) {
      SearchPlace place = new SearchPlace(opened.name(), model.toString());
      ImageSearch search = new ImageSearch(embedder, opened, depth);
      List<String> leftOut = new ArrayList<>();
      if (!queries.isEmpty()) {
        List<SearchedQuery> answers = answers(search, leftOut);
        answers.forEach(answer -> print(answer, out));
        leftOut.forEach(reason -> out.printf("left out: %s%n", reason));
        Path page = reports.write(PAGE, SearchPage.html(place, answers, leftOut));
        out.printf("Report: %s%n", page);
      }
      if (serving.isWanted()) {
        serve(search, place, out);
        return Farewell.EXIT_CODE;
      }
      return leftOut.isEmpty() ? 0 : SOME_LEFT_OUT;
    }
  }

  private void requireOptions() {
    if (queries.isEmpty() && !serving.isWanted()) {
      throw Failure.usage("Give pictures with --image FILE, or serve a page with --serve.");
    }
    if (depth < 1) {
      throw Failure.usage("--neighbours: at least 1 image is found, not %d.", depth);
    }
    if (efSearch < 1) {
      throw Failure.usage("--ef-search: at least 1 candidate is looked for, not %d.", efSearch);
    }
    serving.require();
    for (Path query : queries) {
      if (!Files.isRegularFile(query)) {
        throw Failure.usage("--image: there is no file %s.", query);
      }
    }
    if (!queries.isEmpty()) {
      reports.require();
    }
  }

  private Gallery open(TrainedModel description) {
    if (gallery.endsWith(".npz") || gallery.endsWith(".avro")) {
      return FileGallery.open(Path.of(gallery), images);
    }
    if (images.isPresent()) {
      throw Failure.usage("--images: the pictures of %s are in the store; leave it out.", gallery);
    }
    return EmbeddedGallery.open(store.open(), DatasetId.parse(gallery), description, efSearch);
  }

  /** What is found for the pictures that can be used. */
  private List<SearchedQuery> answers(ImageSearch search, List<String> leftOut) {
    List<SearchedQuery> answers = new ArrayList<>();
    for (int from = 0; from < queries.size(); from += BATCH) {
      List<ImageSearch.Query> batch = new ArrayList<>();
      for (Path query : queries.subList(from, Math.min(from + BATCH, queries.size()))) {
        try {
          batch.add(search.query(query.toString(), PictureFile.read(query)));
        } catch (ImageException unusable) {
          leftOut.add("%s: %s".formatted(query, unusable.getMessage()));
        } catch (IOException unreadable) { // whose message may be but the path
          leftOut.add("%s: %s".formatted(query, unreadable));
        }
      }
      if (!batch.isEmpty()) {
        answers.addAll(search.find(batch));
      }
    }
    return answers;
  }

  private static void print(SearchedQuery answer, PrintWriter out) {
    out.printf("%s%n", answer.name());
    Table table = new Table("rank", "similarity", "class", "path");
    int rank = 1;
    for (SearchedImage image : answer.found()) {
      table.row(
          Integer.toString(rank++),
          String.format(Locale.ROOT, "%.3f", image.similarity()),
          image.className().isEmpty() ? "–" : image.className(),
          image.path());
    }
    table.print(out);
    out.println();
  }

  /** Serves until the process is told to end. */
  private void serve(ImageSearch search, SearchPlace place, PrintWriter out)
      throws InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    Farewell farewell = new Farewell(out, "The page is no longer served.", () -> {});
    try (SearchServer server =
        serving.start(
            place,
            encoded -> search.find(List.of(search.query("your picture", encoded))).get(0),
            defect -> defect.printStackTrace(err),
            out)) {
      out.printf("Search page: %s (Ctrl-C ends it)%n", server.address());
      new CountDownLatch(1).await();
    } finally {
      farewell.forget();
    }
  }
}
