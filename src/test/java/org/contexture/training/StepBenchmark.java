package org.contexture.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.contexture.loss.Loss;
import org.contexture.loss.LossBatch;
import org.contexture.loss.LossConfig;
import org.contexture.loss.LossFactory;
import org.contexture.loss.LossName;
import org.contexture.model.Backbone;
import org.contexture.model.BatchNormMode;
import org.contexture.model.EmbeddingNetwork;
import org.contexture.model.FoldedNetwork;
import org.contexture.model.ForwardPass;
import org.contexture.model.Gradients;
import org.contexture.model.Head;
import org.contexture.model.ModelConfig;
import org.contexture.model.Precision;

/**
 * How long a training step takes (forward, hybrid loss, backward, norm of the gradients, Adam) and
 * an inference pass, and how much memory, beside the same in Python where PyTorch is installed
 * there (Debian: python3-torch). Each figure is from a process of its own, on random images.
 * Python's step has a plain contrastive loss, which costs it less than ours. Run, in the
 * repository:
 *
 * <pre>
 * mvn -B -q test-compile
 * java -cp target/test-classes:target/classes:$(cat target/classpath) \
 *     -Dai.djl.offline=true org.contexture.training.StepBenchmark
 * </pre>
 *
 * <p>Ours is measured in float32 and in bfloat16, Python's in float32. Arguments leave out what
 * they do not name: {@code resnet18}, {@code float32} (where the processor has no instructions for
 * bfloat16), or both. With {@code memory} it takes 1,000 steps and prints what memory they hold.
 *
 * <p>Memory is the most that a process had, and how much of it the steps added to what it had with
 * PyTorch loaded and no network: the rest is Java or Python and the library itself.
 */
final class StepBenchmark {
  private static final int DIMENSIONS = 512;
  private static final List<String> PYTHONS = List.of("/usr/bin/python3", "python3");

  /** What the launcher sets too. */
  private static final Map<String, String> ALLOCATOR =
      Map.of(
          "MALLOC_ARENA_MAX", "1",
          "MALLOC_TRIM_THRESHOLD_", "4294967296",
          "MALLOC_MMAP_THRESHOLD_", "33554432",
          "MALLOC_TOP_PAD_", "268435456");

  private static final String PYTHON =
      """
      import os, re, resource, statistics, sys, time, torch
      from torch import nn
      from torch.nn import functional as F
      torch.set_num_threads(os.cpu_count())
      torch.ones(1) + 1
      before = int(re.search(r"VmRSS:\\s*(\\d+)", open("/proc/self/status").read()).group(1))
      depth, size, batch, what, count = sys.argv[1], *map(int, sys.argv[2:4]), sys.argv[4], int(sys.argv[5])

      class Basic(nn.Module):
          expansion = 1
          def __init__(self, channels, planes, stride):
              super().__init__()
              self.body = nn.Sequential(
                  nn.Conv2d(channels, planes, 3, stride, 1, bias=False), nn.BatchNorm2d(planes), nn.ReLU(True),
                  nn.Conv2d(planes, planes, 3, 1, 1, bias=False), nn.BatchNorm2d(planes))
              self.short = shortcut(channels, planes, stride)
          def forward(self, x):
              return F.relu(self.body(x) + self.short(x), True)

      class Bottleneck(nn.Module):
          expansion = 4
          def __init__(self, channels, planes, stride):
              super().__init__()
              self.body = nn.Sequential(
                  nn.Conv2d(channels, planes, 1, bias=False), nn.BatchNorm2d(planes), nn.ReLU(True),
                  nn.Conv2d(planes, planes, 3, stride, 1, bias=False), nn.BatchNorm2d(planes), nn.ReLU(True),
                  nn.Conv2d(planes, 4 * planes, 1, bias=False), nn.BatchNorm2d(4 * planes))
              self.short = shortcut(channels, 4 * planes, stride)
          def forward(self, x):
              return F.relu(self.body(x) + self.short(x), True)

      def shortcut(channels, outputs, stride):
          if stride == 1 and channels == outputs:
              return nn.Identity()
          return nn.Sequential(nn.Conv2d(channels, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))

      block, blocks = {"resnet18": (Basic, [2, 2, 2, 2]), "resnet50": (Bottleneck, [3, 4, 6, 3])}[depth]
      layers, channels = [nn.Conv2d(3, 64, 7, 2, 3, bias=False), nn.BatchNorm2d(64), nn.ReLU(True), nn.MaxPool2d(3, 2, 1)], 64
      for stage, repeats in enumerate(blocks):
          for i in range(repeats):
              layers.append(block(channels, 64 << stage, 2 if stage > 0 and i == 0 else 1))
              channels = (64 << stage) * block.expansion
      network = nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(channels, 512))
      adam = torch.optim.Adam(network.parameters(), 1e-4)
      images, labels = torch.randn(batch, 3, size, size), torch.arange(batch) // 4
      same = labels[:, None] == labels[None, :]

      def train():
          s = F.normalize(network(images))
          s = s @ s.T
          loss = F.relu(0.75 - s)[same].mean() + F.relu(s - 0.6)[~same].mean()
          adam.zero_grad()
          loss.backward()
          adam.step()

      def embed():
          with torch.no_grad():
              F.normalize(network(images))

      work = train if what == "train" else embed
      if what != "train":
          network.eval()
      seconds = []
      for i in range(count + 1):
          start = time.perf_counter()
          work()
          seconds.append(time.perf_counter() - start)
      print(statistics.median(seconds[1:]), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, before)
      """;

  private StepBenchmark() {}

  /**
   * One figure.
   *
   * @param precision ours; Python's is float32
   * @param batch images at a time
   * @param what {@code train} or {@code embed}
   * @param count how many are timed after one that is not
   */
  private record Case(
      Precision precision, Backbone backbone, int size, int batch, String what, int count) {
    static final int WORDS = 6;

    List<String> words() {
      return List.of(
          backbone.key(),
          Integer.toString(size),
          Integer.toString(batch),
          what,
          Integer.toString(count),
          precision.key());
    }

    static Case of(String[] words) {
      return new Case(
          Precision.ofKey(words[5]).orElseThrow(),
          Backbone.ofKey(words[0]).orElseThrow(),
          Integer.parseInt(words[1]),
          Integer.parseInt(words[2]),
          words[3],
          Integer.parseInt(words[4]));
    }
  }

  /**
   * What came out.
   *
   * @param seconds the median
   * @param mebibytes the most memory the process had
   * @param before what it had with PyTorch loaded and no network, in MiB
   */
  private record Cost(double seconds, double mebibytes, double before) {
    static Cost parse(String line) {
      String[] words = line.strip().split(" ", -1);
      return new Cost(
          Double.parseDouble(words[0]),
          Double.parseDouble(words[1]) / 1024,
          Double.parseDouble(words[2]) / 1024);
    }

    double ofSteps() {
      return mebibytes - before;
    }
  }

  public static void main(String[] arguments) throws Exception {
    if (arguments.length == Case.WORDS) {
      try (Steps steps = new Steps(Case.of(arguments))) {
        System.out.println(steps.run());
      }
    } else if (arguments.length == 1 && arguments[0].equals("memory")) {
      thousandSteps();
    } else {
      compare(
          named(arguments, Precision::ofKey, List.of(Precision.FLOAT32, Precision.BFLOAT16)),
          named(arguments, Backbone::ofKey, List.of(Backbone.RESNET18, Backbone.RESNET50)));
    }
  }

  private static <T> List<T> named(
      String[] arguments, Function<String, Optional<T>> named, List<T> all) {
    List<T> some = Arrays.stream(arguments).flatMap(word -> named.apply(word).stream()).toList();
    return some.isEmpty() ? all : some;
  }

  private static void compare(List<Precision> precisions, List<Backbone> backbones)
      throws Exception {
    System.out.printf(
        "%d processors, Java %s%n%n",
        Runtime.getRuntime().availableProcessors(), Runtime.version());
    System.out.println(
        "| | s | images/s | MiB (steps) | Python's float32, s | MiB (steps) | time | memory (steps) |");
    System.out.println("|---|--:|--:|--:|--:|--:|--:|--:|");
    for (String what : List.of("train", "embed")) {
      for (Backbone backbone : backbones) {
        boolean small = backbone == Backbone.RESNET18;
        for (int batch : List.of(32, 64)) {
          int count = (small ? 12 : 3) * (what.equals("train") ? 1 : 4);
          List<Case> cases =
              precisions.stream()
                  .map(
                      precision ->
                          new Case(precision, backbone, small ? 64 : 224, batch, what, count))
                  .toList();
          Optional<Cost> peer = python(cases.get(0));
          for (Case one : cases) {
            print(one, own(one), peer);
          }
        }
      }
    }
  }

  private static void print(Case one, Cost own, Optional<Cost> peer) {
    System.out.printf(
        Locale.ROOT,
        "| %s: %s %s at %d, %d images | %.3f | %.1f | %.0f (%.0f) | %s |%n",
        one.precision().key(),
        one.what(),
        one.backbone().key(),
        one.size(),
        one.batch(),
        own.seconds(),
        one.batch() / own.seconds(),
        own.mebibytes(),
        own.ofSteps(),
        peer.map(
                cost ->
                    String.format(
                        Locale.ROOT,
                        "%.3f | %.0f (%.0f) | %.2f x | %.2f x (%.2f x)",
                        cost.seconds(),
                        cost.mebibytes(),
                        cost.ofSteps(),
                        own.seconds() / cost.seconds(),
                        own.mebibytes() / cost.mebibytes(),
                        own.ofSteps() / cost.ofSteps()))
            .orElse("no PyTorch | | |"));
  }

  private static Cost own(Case one) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Dai.djl.offline=true",
                "-cp",
                System.getProperty("java.class.path"),
                StepBenchmark.class.getName()));
    command.addAll(one.words());
    return Cost.parse(
        answer(command, ALLOCATOR)
            .orElseThrow(
                () -> new IllegalStateException("failed: " + String.join(" ", one.words()))));
  }

  private static Optional<Cost> python(Case one) throws IOException, InterruptedException {
    for (String python : PYTHONS) {
      List<String> command = new ArrayList<>(List.of(python, "-c", PYTHON));
      command.addAll(one.words());
      Optional<String> answer = answer(command, Map.of());
      if (answer.isPresent()) {
        return answer.map(Cost::parse);
      }
    }
    return Optional.empty();
  }

  private static Optional<String> answer(List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    Process process;
    try {
      process = builder.start();
    } catch (IOException notInstalled) {
      return Optional.empty();
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() == 0 ? output.lines().reduce((first, last) -> last) : Optional.empty();
  }

  private static void thousandSteps() throws IOException {
    try (Steps steps =
        new Steps(new Case(Precision.FLOAT32, Backbone.RESNET18, 64, 8, "train", 1))) {
      for (int step = 1; step <= 1000; step++) {
        steps.one();
        if (step == 10 || step % 200 == 0) {
          System.out.printf(
              Locale.ROOT, "step %4d: %d MiB resident%n", step, status("VmRSS") / 1024);
        }
      }
    }
  }

  /** A line of what the kernel knows of this process, in KiB. */
  private static long status(String key) throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith(key + ":"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }

  /** What is done with a batch of images, again and again. */
  private interface Pass extends AutoCloseable {
    void take(NDArray images);

    @Override
    void close();
  }

  private static EmbeddingNetwork network(Case work, NDManager manager) {
    ModelConfig model =
        new ModelConfig(work.backbone(), Head.AVERAGE_LINEAR, DIMENSIONS, work.size());
    return EmbeddingNetwork.random(model, work.precision(), 1, manager);
  }

  private static final class EmbeddingPass implements Pass {
    private final FoldedNetwork network;

    EmbeddingPass(Case work, NDManager manager) {
      try (EmbeddingNetwork unfolded = network(work, manager)) {
        network = unfolded.folded(manager);
      }
    }

    @Override
    public void take(NDArray images) {
      network.embed(images).toFloatArray();
    }

    @Override
    public void close() {
      network.close();
    }
  }

  private static final class TrainingPass implements Pass {
    private final EmbeddingNetwork network;
    private final Loss loss;
    private final Adam adam;
    private final GradientNorm norm;
    private final int[] labels;
    private long step;

    TrainingPass(Case work, NDManager manager) {
      network = network(work, manager);
      loss =
          LossFactory.create(
              LossConfig.of(LossName.HYBRID, Map.of()), work.batch() / 4, DIMENSIONS, 1, manager);
      adam =
          Adam.create(
              List.of(
                  new ParameterGroup(
                      "backbone", 1e-4, 0, network.backboneParameters(BatchNormMode.TRAINING)),
                  new ParameterGroup("head", 1e-4, 0, network.headParameters())),
              Adam.Decay.IN_GRADIENT);
      norm = new GradientNorm(manager);
      labels = new int[work.batch()];
      Arrays.setAll(labels, i -> i / 4);
    }

    @Override
    public void take(NDArray images) {
      try (Gradients gradients = Gradients.record()) {
        ForwardPass pass = network.forward(images, BatchNormMode.TRAINING);
        NDArray total = loss.evaluate(LossBatch.of(pass.embeddings(), labels, step++)).total();
        gradients.backward(total);
        SortedMap<String, NDArray> all = pass.gradients();
        norm.of(all.values());
        adam.step(all, 1);
      }
    }

    @Override
    public void close() {
      adam.close();
      network.close();
    }
  }

  /** A network and its images. */
  private static final class Steps implements AutoCloseable {
    private final Case work;
    private final NDManager manager = NDManager.newBaseManager();
    private final long before;
    private final Pass pass;
    private final ByteBuffer pixels;

    Steps(Case work) throws IOException {
      this.work = work;
      manager.ones(new Shape(1)).add(1).toFloatArray();
      before = status("VmRSS");
      pass =
          work.what().equals("train")
              ? new TrainingPass(work, manager)
              : new EmbeddingPass(work, manager);
      SplittableRandom random = new SplittableRandom(1);
      int bytes = work.batch() * 3 * work.size() * work.size() * Float.BYTES;
      pixels = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
      FloatBuffer written = pixels.asFloatBuffer();
      while (written.hasRemaining()) {
        written.put((float) (2 * random.nextDouble() - 1));
      }
    }

    String run() throws IOException {
      double[] seconds = new double[work.count()];
      one();
      for (int i = 0; i < seconds.length; i++) {
        long start = System.nanoTime();
        one();
        seconds[i] = (System.nanoTime() - start) / 1e9;
      }
      Arrays.sort(seconds);
      double median = (seconds[seconds.length / 2] + seconds[(seconds.length - 1) / 2]) / 2;
      return "%s %d %d".formatted(median, status("VmHWM"), before);
    }

    void one() {
      Shape shape = new Shape(work.batch(), 3, work.size(), work.size());
      try (NDManager scope = manager.newSubManager()) {
        pass.take(scope.create(pixels, shape, DataType.FLOAT32));
      }
    }

    @Override
    public void close() {
      pass.close();
      manager.close();
    }
  }
}
