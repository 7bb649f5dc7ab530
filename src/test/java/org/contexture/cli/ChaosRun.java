package org.contexture.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.contexture.cli.ChaosSchedule.Victim;

/**
 * What it costs when machines die. The whole pipeline on a generated data set of iNaturalist's
 * form, three times: on DirectRunner, on a cluster of three workers that is left in peace, and on
 * one whose processes are killed and started again as a seed says. The datasets, the metrics among
 * them, have to be the same three times, byte for byte. Run, in the repository:
 *
 * <pre>
 * mvn -B -q test-compile
 * java -cp target/test-classes:target/classes:$(cat target/classpath) \
 *     org.contexture.cli.ChaosRun DIRECTORY IMAGES [SEED [WORKERS CLIENTS [MINUTES [STAGE]]]]
 * </pre>
 *
 * WORKERS and CLIENTS say how many of them are killed (6 and 3); the JobManager is killed once. The
 * directory, which must not be there, holds about eight times the data set at the end. Each of the
 * three runs fails after MINUTES (60). With a STAGE, the runs end with it.
 */
final class ChaosRun {
  private final Path directory;
  private final int images;
  private final Duration longest;
  private final GeneratedExperiment experiment;
  private final String[] part;

  private ChaosRun(Path directory, int images, long seed, Duration longest, List<String> part)
      throws Exception {
    this.part = part.toArray(String[]::new);
    this.directory = directory;
    this.images = images;
    this.longest = longest;
    experiment = GeneratedExperiment.of(directory.resolve("archives"), images, seed);
  }

  public static void main(String[] arguments) throws Exception {
    if (arguments.length < 2 || Files.exists(Path.of(arguments[0]))) {
      System.err.println("Give a directory that is not there, how many images, perhaps a seed.");
      System.exit(2);
    }
    LauncherLogging.begin();
    long seed = argument(arguments, 2, 1);
    new ChaosRun(
            Path.of(arguments[0]).toAbsolutePath(),
            Integer.parseInt(arguments[1]),
            seed,
            Duration.ofMinutes(argument(arguments, 5, 60)),
            arguments.length > 6 ? List.of("--until", arguments[6]) : List.of())
        .run(seed, argument(arguments, 3, 6), argument(arguments, 4, 3));
  }

  private static int argument(String[] arguments, int place, int otherwise) {
    return arguments.length > place ? Integer.parseInt(arguments[place]) : otherwise;
  }

  private void run(long seed, int workers, int clients) throws Exception {
    Path store = directory.resolve("chaos");
    ChaosSchedule schedule =
        ChaosSchedule.of(experiment.datasets(store, part).keySet(), seed, workers, clients);
    Duration direct = direct();
    Chaos.Result calm = chaos("calm").run(ChaosSchedule.peace());
    Chaos.Result disturbed = chaos("chaos").run(schedule);
    SortedMap<String, String> digests = digests("direct");
    requireEqual("calm", digests);
    requireEqual("chaos", digests);

    print("| killed | at | while it ran |");
    print("|---|--:|---|");
    for (Chaos.Hit hit : disturbed.hits()) {
      print("| %s | %s | %s |", hit.name(), time(hit.after()), hit.during());
    }
    print("");
    print("| %,d images, %s of archives | |", images, megabytes(bytes("archives")));
    print("|---|--:|");
    for (Victim victim : Victim.values()) {
      print("| %s killed and survived | %d |", victim.word(), schedule.count(victim));
    }
    print("| times the command was given | %d |", disturbed.commands());
    print("| DirectRunner, undisturbed | %s |", time(direct));
    print("| three workers, undisturbed | %s |", time(calm.took()));
    print("| three workers, with these kills | %s |", time(disturbed.took()));
    Duration lost = disturbed.took().minus(calm.took());
    print(
        "| time lost, and for each kill | %s, %s |",
        time(lost), time(lost.dividedBy(kills(schedule))));
    print(
        "| shards written and thrown away | %s beside %s kept |",
        megabytes(disturbed.bytesThrownAway()), megabytes(bytes("chaos")));
    disturbed
        .falls()
        .forEach(
            (stage, falls) ->
                print(
                    "| done twice by %s | %,d %s |",
                    stage,
                    falls.stream().mapToLong(fall -> fall.before() - fall.after()).sum(),
                    unit(stage)));
    print(
        "| files of datasets equal to DirectRunner's | %d of %d |", digests.size(), digests.size());
  }

  private static int kills(ChaosSchedule schedule) {
    return Math.max(1, schedule.blows().size());
  }

  private static String unit(String stage) {
    return switch (stage.replaceFirst("-.*", "")) {
      case "fetch", "unpack" -> "bytes of archives";
      case "pretrain", "train" -> "steps";
      case "shard", "embed" -> "images";
      default -> "";
    };
  }

  private Chaos chaos(String name) throws IOException {
    Path work = Files.createDirectories(directory.resolve(name + "-work"));
    return new Chaos(experiment, work, directory.resolve(name), longest, part);
  }

  private Duration direct() throws IOException, InterruptedException {
    Instant start = Instant.now();
    try (Child child =
        Child.start(
            directory.resolve("direct.out"), experiment.run(directory.resolve("direct"), part))) {
      if (child.waitFor(longest) != 0) {
        throw new IllegalStateException(child.output());
      }
    }
    return Duration.between(start, Instant.now());
  }

  private SortedMap<String, String> digests(String name) throws IOException {
    return new StoreFiles(directory.resolve(name)).digests();
  }

  private void requireEqual(String name, SortedMap<String, String> expected) throws IOException {
    SortedMap<String, String> actual = digests(name);
    SortedSet<String> different = new TreeSet<>(expected.keySet());
    different.addAll(actual.keySet());
    different.removeIf(file -> Objects.equals(expected.get(file), actual.get(file)));
    if (!different.isEmpty()) {
      throw new IllegalStateException(
          "Other than on DirectRunner, missing or too many in %s: %s".formatted(name, different));
    }
  }

  private long bytes(String name) throws IOException {
    try (Stream<Path> files = Files.walk(directory.resolve(name))) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%,.1f MB", bytes / 1e6);
  }

  private static String time(Duration duration) {
    long seconds = Math.round(duration.toMillis() / 1e3);
    return seconds < 60 ? seconds + " s" : "%d min %d s".formatted(seconds / 60, seconds % 60);
  }

  private static void print(String format, Object... arguments) {
    System.out.println(String.format(Locale.ROOT, format, arguments));
  }
}
