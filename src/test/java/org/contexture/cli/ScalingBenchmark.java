package org.contexture.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.contexture.file.DirectoryTree;
import org.contexture.flink.ClusterAddress;
import org.contexture.flink.ClusterApi;
import org.contexture.flink.ClusterClassPath;
import org.contexture.flink.ClusterSize;
import org.contexture.flink.LocalCluster;
import org.contexture.stage.HardwareThreads;

/**
 * How stages scale: with the slots of a cluster on this machine, each slot a worker of its own, and
 * with the number of images. The images are in one archive of iNaturalist's form and go as far as
 * the neighbours of their embeddings by an untrained ResNet-18, after other images have gone there
 * on the same workers, which loads and compiles the classes. The bytes of each dataset have to be
 * the same on any number of slots, and a stage of as many tasks as slots has to keep all of them
 * busy. What the machine itself gains by as many threads is printed beside. Run, in the repository,
 * with a folder for all that is made, two numbers of images, and perhaps of slots (or 1, 2 and 4,
 * as far as there are cores):
 *
 * <pre>
 * mvn -B -q test-compile
 * java -cp target/test-classes:target/classes:$(cat target/classpath) \
 *     $(for p in lang lang.reflect util util.concurrent net nio time; do
 *         echo --add-opens=java.base/java.$p=ALL-UNNAMED; done) \
 *     org.contexture.cli.ScalingBenchmark FOLDER 2000 20000 [SLOTS …]
 * </pre>
 */
final class ScalingBenchmark {
  private static final List<String> STAGES =
      List.of("unpack", "index", "shard", "embed-untrained", "neighbours-untrained");
  private static final int HEAP_MEGABYTES = 1024;
  private static final int SEED = 1;
  private static final int WARM_UP_IMAGES = 6000;
  private static final int WARM_UP_SEED = 2;
  private static final Pattern PART = Pattern.compile("part-\\d{5}-of-(\\d{5})\\..*");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final PrintStream out;

  private ScalingBenchmark(Path folder, PrintStream out) {
    this.folder = folder.toAbsolutePath();
    this.out = out;
  }

  /**
   * What one stage took.
   *
   * @param waited seconds, with the start of its job
   * @param seconds of the task that took longest
   * @param records that it wrote
   * @param tasks that it was split into
   * @param busy slots that had something to do
   * @param files the SHA-256 of each file of its result
   */
  private record Taken(
      double waited, double seconds, long records, int tasks, long busy, List<String> files) {
    Taken {
      files = List.copyOf(files);
    }

    double rate() {
      return records / seconds;
    }
  }

  /**
   * A run.
   *
   * @param memory of the worker that has most at the end, in MiB, without the files that it maps
   */
  private record Run(Map<String, Taken> stages, long memory) {}

  public static void main(String[] arguments) throws Exception {
    if (arguments.length < 3) {
      System.err.println("Give a folder, two numbers of images, and perhaps numbers of slots.");
      System.exit(2);
    }
    LauncherLogging.begin();
    int few = Integer.parseInt(arguments[1]);
    int many = Integer.parseInt(arguments[2]);
    List<Integer> slots = new ArrayList<>();
    for (int i = 3; i < arguments.length; i++) {
      slots.add(Integer.parseInt(arguments[i]));
    }
    if (slots.isEmpty()) {
      Stream.of(1, 2, 4)
          .filter(count -> count <= Runtime.getRuntime().availableProcessors())
          .forEach(slots::add);
    }
    new ScalingBenchmark(Path.of(arguments[0]), System.out).measure(few, many, slots);
  }

  private void measure(int few, int many, List<Integer> slots) throws Exception {
    Map<Integer, Run> bySlots = new LinkedHashMap<>();
    for (int count : slots) {
      bySlots.put(count, run(many, count));
    }
    printSlots(many, bySlots);
    int most = slots.get(slots.size() - 1);
    printGrowth(few, run(few, most), many, bySlots.get(most), most);
    requireBusy(bySlots);
  }

  private static void requireBusy(Map<Integer, Run> runs) {
    List<String> idle = new ArrayList<>();
    runs.forEach(
        (slots, run) ->
            run.stages()
                .forEach(
                    (stage, taken) ->
                        ScalingVerdict.idleness(stage, slots, taken.tasks(), taken.busy())
                            .ifPresent(idle::add)));
    if (!idle.isEmpty()) {
      throw new IllegalStateException(String.join(" ", idle));
    }
  }

  private Run run(int images, int slots) throws Exception {
    GeneratedExperiment experiment = generated(images, SEED);
    GeneratedExperiment others = generated(WARM_UP_IMAGES, WARM_UP_SEED);
    Path store = folder.resolve("store");
    LocalCluster cluster =
        new LocalCluster(folder.resolve("cluster"), ClusterClassPath.ofThisProcess());
    ClusterAddress address = cluster.start(new ClusterSize(slots, 1, HEAP_MEGABYTES, 0));
    try {
      run(others, store, address);
      run(experiment, store, address);
      Map<String, Taken> taken = new LinkedHashMap<>();
      Map<String, String> datasets = experiment.datasets(store);
      ClusterApi api = new ClusterApi(address);
      for (String stage : STAGES) {
        taken.put(stage, taken(store.resolve(datasets.get(stage)), api));
      }
      taken.forEach(
          (stage, what) ->
              out.printf(
                  Locale.ROOT,
                  "%d images, %d slots: %s of %d records in %.1f s, tasks %.1f s%n",
                  images,
                  slots,
                  stage,
                  what.records(),
                  what.waited(),
                  what.seconds()));
      return new Run(taken, mostMebibytes(cluster));
    } finally {
      cluster.stop();
      DirectoryTree.delete(store);
    }
  }

  private GeneratedExperiment generated(int images, int seed) throws Exception {
    Path archives = folder.resolve("archives-%d-%d".formatted(images, seed));
    return Files.exists(archives.resolve("SHA256SUMS"))
        ? new GeneratedExperiment(archives)
        : GeneratedExperiment.of(archives, images, seed);
  }

  private static void run(GeneratedExperiment experiment, Path store, ClusterAddress address) {
    Outcome outcome =
        Outcome.of(
            experiment.run(
                store,
                "--runner",
                "flink",
                "--flink-master",
                address.toString(),
                "--until",
                STAGES.get(STAGES.size() - 1)));
    if (outcome.code() != 0) {
      throw new IllegalStateException(outcome.toString());
    }
  }

  private static Taken taken(Path dataset, ClusterApi api)
      throws IOException, InterruptedException {
    JsonNode manifest = JSON.readTree(Files.readAllBytes(dataset.resolve("manifest.json")));
    List<String> files = new ArrayList<>();
    for (String kind : List.of("files", "attachments")) {
      manifest.path(kind).forEach(file -> files.add(file.path("sha256").asText()));
    }
    JobTasks tasks = JobTasks.of(api, dataset.getParent().getFileName().toString());
    return new Taken(
        manifest.path("seconds").asDouble(),
        tasks.longestSeconds(),
        manifest.path("records").asLong(),
        tasks(manifest),
        tasks.busy(),
        files);
  }

  /** One file or more of each task; the names say how many tasks there were. */
  private static int tasks(JsonNode manifest) {
    Matcher part = PART.matcher(manifest.path("files").path(0).path("name").asText());
    if (!part.matches()) {
      throw new IllegalStateException("a dataset without files: " + manifest);
    }
    return Integer.parseInt(part.group(1));
  }

  /** Of the worker that has most; workers give nothing back, so at the end it is all they took. */
  private static long mostMebibytes(LocalCluster cluster) throws IOException {
    long most = 0;
    for (LocalCluster.Member member : cluster.members()) {
      if (member.name().startsWith("worker")) {
        String status = Files.readString(Path.of("/proc/%d/status".formatted(member.id())));
        String kibibytes = status.replaceAll("(?s).*RssAnon:\\s*(\\d+) kB.*", "$1");
        most = Math.max(most, Long.parseLong(kibibytes) >> 10);
      }
    }
    return most;
  }

  private void printSlots(int images, Map<Integer, Run> runs) throws Exception {
    int fewest = runs.keySet().iterator().next();
    out.printf(
        "| %,d images | slots | tasks busy | with job, s | tasks, s | a second | efficiency |%n",
        images);
    out.println("|---|--:|--:|--:|--:|--:|--:|");
    for (String stage : STAGES) {
      Taken first = runs.get(fewest).stages().get(stage);
      runs.forEach(
          (slots, run) -> {
            Taken taken = run.stages().get(stage);
            if (!taken.files().equals(first.files())) {
              throw new IllegalStateException(stage + " has other bytes on " + slots + " slots");
            }
            out.printf(
                Locale.ROOT,
                "| %s | %d | %d | %.1f | %.1f | %.0f | %.2f |%n",
                stage,
                slots,
                taken.busy(),
                taken.waited(),
                taken.seconds(),
                taken.rate(),
                taken.rate() * fewest / (first.rate() * slots));
          });
    }
    for (int slots : runs.keySet()) {
      out.printf(
          Locale.ROOT,
          "| plain arithmetic, no memory | %d | %1$d | | | | %.2f |%n",
          slots,
          HardwareThreads.speedUp(slots) / slots);
    }
    runs.forEach(
        (slots, run) -> out.printf("%d slots: a worker took %d MiB%n", slots, run.memory()));
  }

  private void printGrowth(int few, Run small, int many, Run large, int slots) {
    out.printf("%n| %d slots | ms each of %,d | ms each of %,d | ratio |%n", slots, few, many);
    out.println("|---|--:|--:|--:|");
    for (String stage : STAGES) {
      double before = 1e3 / small.stages().get(stage).rate();
      double after = 1e3 / large.stages().get(stage).rate();
      out.printf(
          Locale.ROOT, "| %s | %.2f | %.2f | %.2f |%n", stage, before, after, after / before);
    }
    out.printf(
        Locale.ROOT,
        "| memory of a worker, MiB | %d | %d | %.2f |%n",
        small.memory(),
        large.memory(),
        (double) large.memory() / small.memory());
    out.println();
    for (String stage : STAGES) {
      out.println(
          ScalingVerdict.constancy(
              "The time of %s for each image".formatted(stage),
              1 / small.stages().get(stage).rate(),
              1 / large.stages().get(stage).rate()));
    }
    out.println(
        ScalingVerdict.constancy(
            "The memory of a worker", (double) small.memory(), (double) large.memory()));
  }
}
