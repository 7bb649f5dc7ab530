package org.contexture.stage;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.contexture.benchmark.EntryRange;
import org.contexture.benchmark.FileSource;
import org.contexture.benchmark.ImageFolder;
import org.contexture.benchmark.TarArchive;
import org.contexture.fetch.Checksum;
import org.contexture.fetch.Patience;
import org.contexture.fetch.RemoteFile;
import org.contexture.file.DirectoryTree;
import org.contexture.file.DurableFile;
import org.contexture.image.ImageDecoder;
import org.contexture.image.ImageEncoder;
import org.contexture.image.ImageException;
import org.contexture.image.Resize;
import org.contexture.image.RgbImage;
import org.contexture.pipeline.Dataset;
import org.contexture.pipeline.Executor;
import org.contexture.pipeline.Manifest;
import org.contexture.pipeline.Plan;
import org.contexture.pipeline.Runner;
import org.contexture.pipeline.StageGraph;
import org.contexture.pipeline.Store;
import org.contexture.record.ImageRef;
import org.contexture.record.RawFile;
import org.contexture.record.SourceFile;

/**
 * How fast photographs become examples: decoded, resized to a short side of 288 pixels and encoded
 * as JPEG of quality 75, as the paper's iNaturalist is prepared. On one core, beside Pillow (the
 * paper's code) and vipsthumbnail where they are installed, all on the same photographs in the same
 * run; on two; an archive unpacked, against its decompression; and from an archive to shards
 * through every stage, against a bare loop. Run, in the repository, with a folder of JPEG files or,
 * without one, on photographs of the tests brought to 500 pixels, which is iNaturalist's size:
 *
 * <pre>
 * mvn -B -q test-compile
 * java -cp target/test-classes:target/classes:$(cat target/classpath) \
 *     org.contexture.stage.ImageBenchmark [FOLDER]
 * </pre>
 */
final class ImageBenchmark {
  private static final Resize RESIZE = Resize.shortSide(288);
  private static final int QUALITY = 75;
  private static final int ROUNDS = 6;
  private static final int LONG_SIDE = 500;

  /** As many as CUB-200-2011 has. */
  private static final int ARCHIVED_IMAGES = 12_000;

  private static final long SHARD_BYTES = 32L << 20;

  private static final String PILLOW =
      """
      import glob, io, sys, time
      from PIL import Image
      photos = [open(name, "rb").read() for name in sorted(glob.glob(sys.argv[1] + "/*.jpg"))]
      start = time.perf_counter()
      for photo in photos:
          image = Image.open(io.BytesIO(photo)).convert("RGB")
          width, height = image.size
          if width <= height:
              size = (288, int(288 * height / width))
          else:
              size = (int(288 * width / height), 288)
          if size != image.size:
              image = image.resize(size, Image.BILINEAR)
          image.save(io.BytesIO(), "JPEG")
      print((time.perf_counter() - start) / len(photos))
      """;

  private final Path work;
  private final Path folder;
  private final List<byte[]> photos = new ArrayList<>();

  private ImageBenchmark(Path work, Path folder) throws IOException {
    this.work = work;
    this.folder = folder;
    for (Path file : files(folder)) {
      photos.add(Files.readAllBytes(file));
    }
  }

  public static void main(String[] arguments) throws Exception {
    Path work = Files.createTempDirectory("image-benchmark");
    try {
      Path folder = arguments.length > 0 ? Path.of(arguments[0]) : generated(work);
      ImageBenchmark benchmark = new ImageBenchmark(work, folder);
      benchmark.describe();
      benchmark.oneCore();
      benchmark.twoCores();
      benchmark.unpacking();
      benchmark.pipeline();
    } finally {
      DirectoryTree.delete(work);
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jpg")).sorted().toList();
    }
  }

  /** The photographs of iNaturalist's stand-in at the size that the real ones have. */
  private static Path generated(Path work) throws Exception {
    Path folder = Files.createDirectory(work.resolve("photos"));
    Path archive = Path.of(FileSource.class.getResource("mini/train_mini.tar.gz").toURI());
    TarArchive tar = new TarArchive(archive);
    for (EntryRange part : tar.parts(Long.MAX_VALUE)) {
      tar.open()
          .unpack(
              part,
              new FileSource.Receiver() {
                private int count;

                @Override
                public void file(String path, byte[] content) throws IOException {
                  Files.write(folder.resolve("%03d.jpg".formatted(count++)), enlarged(content));
                }

                @Override
                public void refused(String path, String reason) {
                  throw new IllegalStateException(path + ": " + reason);
                }

                @Override
                public void progress(long done, long total, FileSource.Counted counted) {}
              });
    }
    return folder;
  }

  private static byte[] enlarged(byte[] photo) {
    try {
      RgbImage image = new ImageDecoder().decode(photo);
      int shorter = Math.min(image.width(), image.height());
      int longer = Math.max(image.width(), image.height());
      Resize resize = Resize.shortSide(LONG_SIDE * shorter / longer);
      return ImageEncoder.jpeg(resize.apply(image), 90);
    } catch (ImageException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private void describe() throws ImageException {
    long pixels = 0;
    long bytes = 0;
    for (byte[] photo : photos) {
      RgbImage image = new ImageDecoder().decode(photo);
      pixels += (long) image.width() * image.height();
      bytes += photo.length;
    }
    print(
        "%d photographs, %.2f megapixels and %d KiB each; Java %s, %d processors",
        photos.size(),
        pixels / 1e6 / photos.size(),
        bytes / 1024 / photos.size(),
        Runtime.version(),
        Runtime.getRuntime().availableProcessors());
  }

  private static void print(String format, Object... arguments) {
    System.out.println(String.format(Locale.ROOT, format, arguments));
  }

  /** Seconds a photograph for decoding, resizing and encoding. */
  private record Cost(double decode, double resize, double encode) {
    double all() {
      return decode + resize + encode;
    }
  }

  private Cost cost() throws ImageException {
    ImageDecoder decoder = new ImageDecoder();
    long decode = 0;
    long resize = 0;
    long encode = 0;
    for (byte[] photo : photos) {
      long start = System.nanoTime();
      RgbImage image = decoder.decode(photo);
      long decoded = System.nanoTime();
      RgbImage small = RESIZE.apply(image);
      long resized = System.nanoTime();
      ImageEncoder.jpeg(small, QUALITY);
      encode += System.nanoTime() - resized;
      resize += resized - decoded;
      decode += decoded - start;
    }
    double unit = 1e-9 / photos.size();
    return new Cost(decode * unit, resize * unit, encode * unit);
  }

  private void oneCore() throws Exception {
    Cost own = null;
    OptionalDouble pillow = OptionalDouble.empty();
    OptionalDouble vips = OptionalDouble.empty();
    for (int round = 0; round < ROUNDS; round++) {
      for (int warm = 0; warm < 3; warm++) {
        Cost cost = cost();
        own = own == null || cost.all() < own.all() ? cost : own;
      }
      pillow = least(pillow, pillow());
      vips = least(vips, vips());
    }
    print(
        "one core: %.0f images/s (decode %.2f ms, resize %.2f ms, encode %.2f ms)",
        1 / own.all(), own.decode() * 1e3, own.resize() * 1e3, own.encode() * 1e3);
    compare("Pillow", own, pillow);
    compare("vipsthumbnail", own, vips);
  }

  private static OptionalDouble least(OptionalDouble one, OptionalDouble other) {
    return one.isPresent() && other.isPresent()
        ? OptionalDouble.of(Math.min(one.getAsDouble(), other.getAsDouble()))
        : other;
  }

  private static void compare(String peer, Cost own, OptionalDouble seconds) {
    if (seconds.isPresent()) {
      print(
          "one core: %.2f x %s (%.0f images/s)",
          seconds.getAsDouble() / own.all(), peer, 1 / seconds.getAsDouble());
    } else {
      print("one core: %s is not installed", peer);
    }
  }

  private OptionalDouble pillow() throws IOException, InterruptedException {
    Path script = Files.writeString(work.resolve("pillow.py"), PILLOW);
    for (String python : List.of("/usr/bin/python3", "python3")) {
      Optional<String> answer = answer(List.of(python, script.toString(), folder.toString()));
      if (answer.isPresent()) {
        return OptionalDouble.of(Double.parseDouble(answer.get().strip()));
      }
    }
    return OptionalDouble.empty();
  }

  /** By the difference between all photographs and one, so that its start does not count. */
  private OptionalDouble vips() throws IOException, InterruptedException {
    List<Path> files = files(folder);
    OptionalDouble one = vips(files.subList(0, 1));
    OptionalDouble all = vips(files);
    return one.isPresent() && all.isPresent()
        ? OptionalDouble.of((all.getAsDouble() - one.getAsDouble()) / (files.size() - 1))
        : OptionalDouble.empty();
  }

  private OptionalDouble vips(List<Path> files) throws IOException, InterruptedException {
    Path out = Files.createDirectories(work.resolve("vips"));
    List<String> command = new ArrayList<>(List.of("vipsthumbnail"));
    files.forEach(file -> command.add(file.toString()));
    command.addAll(
        List.of("--size", "384x288", "-o", out.toAbsolutePath() + "/%s.jpg[Q=" + QUALITY + "]"));
    long start = System.nanoTime();
    return answer(command).isPresent()
        ? OptionalDouble.of((System.nanoTime() - start) / 1e9)
        : OptionalDouble.empty();
  }

  private static Optional<String> answer(List<String> command)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("VIPS_CONCURRENCY", "1");
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    Process process;
    try {
      process = builder.start();
    } catch (IOException notInstalled) {
      return Optional.empty();
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() == 0 ? Optional.of(output) : Optional.empty();
  }

  private void twoCores() throws Exception {
    double one = Double.POSITIVE_INFINITY;
    double two = Double.POSITIVE_INFINITY;
    for (int round = 0; round < ROUNDS; round++) {
      one = Math.min(one, loop(photos.size() * 4, 1));
      two = Math.min(two, loop(photos.size() * 4, 2));
    }
    print(
        "two cores: %.2f x one (%.0f images/s), where a loop of plain arithmetic gains %.2f x",
        one / two, photos.size() * 4 / two, HardwareThreads.speedUp(2));
  }

  /** Seconds that threads take for a number of photographs, from files to files. */
  private double loop(int images, int threads)
      throws IOException, InterruptedException, ExecutionException {
    List<Path> files = files(folder);
    Path out = Files.createDirectories(work.resolve("loop"));
    AtomicInteger next = new AtomicInteger();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    long start = System.nanoTime();
    List<Future<?>> running = new ArrayList<>();
    for (int thread = 0; thread < threads; thread++) {
      running.add(
          pool.submit(
              () -> {
                ImageDecoder decoder = new ImageDecoder();
                for (int i = next.getAndIncrement(); i < images; i = next.getAndIncrement()) {
                  byte[] photo = Files.readAllBytes(files.get(i % files.size()));
                  byte[] small = ImageEncoder.jpeg(RESIZE.apply(decoder.decode(photo)), QUALITY);
                  Files.write(out.resolve(i + ".jpg"), small);
                }
                return null;
              }));
    }
    for (Future<?> thread : running) {
      thread.get();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    pool.shutdown();
    pool.awaitTermination(1, TimeUnit.MINUTES);
    DirectoryTree.delete(out);
    return seconds;
  }

  /** Of an archive as CUB-200-2011 and iNaturalist are published. */
  private void unpacking() throws Exception {
    Path archive = work.resolve("photos.tar.gz");
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(new GZIPOutputStream(Files.newOutputStream(archive)))) {
      for (int image = 0; image < ARCHIVED_IMAGES; image++) {
        byte[] photo = photos.get(image % photos.size());
        TarArchiveEntry entry = new TarArchiveEntry(name(image));
        entry.setSize(photo.length);
        tar.putArchiveEntry(entry);
        tar.write(photo);
        tar.closeArchiveEntry();
      }
    }
    DurableFile.force(archive);
    double unpacked = Double.POSITIVE_INFINITY;
    double decompressed = Double.POSITIVE_INFINITY;
    for (int round = 0; round < ROUNDS / 2; round++) {
      long start = System.nanoTime();
      try (InputStream bytes = new GZIPInputStream(Files.newInputStream(archive), 1 << 16)) {
        bytes.transferTo(OutputStream.nullOutputStream());
      }
      decompressed = Math.min(decompressed, (System.nanoTime() - start) / 1e9);
      StageGraph.Builder graph = StageGraph.builder();
      graph.add(
          "unpack",
          new UnpackStage(UnpackConfig.of("", SHARD_BYTES), List.of(new TarArchive(archive)), 0));
      Path store = work.resolve("unpacked");
      List<Manifest> datasets = made(graph.build(), store, 1).datasets();
      unpacked = Math.min(unpacked, datasets.get(0).seconds());
      DirectoryTree.delete(store);
    }
    print(
        "unpack of a tar.gz by one task: %.2f x the time of decompressing it (%.0f MiB/s)",
        unpacked / decompressed, Files.size(archive) / unpacked / (1 << 20));
  }

  private void pipeline() throws Exception {
    int threads = Runtime.getRuntime().availableProcessors();
    LiveHeap heap = new LiveHeap();
    toShards(archive(ARCHIVED_IMAGES / 4), ARCHIVED_IMAGES / 4, threads);
    long few = heap.most();
    heap.forget();
    long many = 0;
    Path archive = archive(ARCHIVED_IMAGES);
    double whole = Double.POSITIVE_INFINITY;
    double bare = Double.POSITIVE_INFINITY;
    for (int round = 0; round < ROUNDS / 2; round++) {
      double thisWhole = toShards(archive, ARCHIVED_IMAGES, threads);
      many = Math.max(many, heap.most());
      double thisBare = loop(ARCHIVED_IMAGES, threads);
      heap.forget();
      print("  together %.2f x the bare loop of this round", thisWhole / thisBare);
      whole = Math.min(whole, thisWhole);
      bare = Math.min(bare, thisBare);
    }
    print(
        "fetch to shards, DirectRunner, %d cores: %.2f x the bare loop (%.1f s, %.1f s)",
        threads, whole / bare, whole, bare);
    print(
        "most heap in use after a collection: %d MiB for %d images, %d MiB for %d",
        few >> 20, ARCHIVED_IMAGES / 4, many >> 20, ARCHIVED_IMAGES);
  }

  /** Seconds from an archive in a folder to shards. */
  private double toShards(Path archive, int images, int threads) throws Exception {
    String sha256;
    try (var in = Files.newInputStream(archive)) {
      sha256 = DigestUtils.sha256Hex(in);
    }
    ImageFolder labels = new ImageFolder(archive, 0.5, 1);
    StageGraph.Builder graph = StageGraph.builder();
    Dataset<SourceFile> fetched =
        graph.add(
            "fetch",
            new FetchStage(
                List.of(
                    new RemoteFile(
                        "photos.zip",
                        List.of(archive.toUri()),
                        Checksum.sha256(sha256),
                        RemoteFile.UNKNOWN_LENGTH)),
                Patience.DEFAULT,
                ""));
    Dataset<RawFile> raw =
        graph.add("unpack", new UnpackStage(UnpackConfig.ofFetched(SHARD_BYTES), fetched, 0));
    Dataset<ImageRef> references =
        graph.add(
            "index",
            new IndexStage(
                IndexConfig.builder()
                    .benchmark(labels.name())
                    .labelling(labels.version())
                    .validationShare(0)
                    .seed(1)
                    .build(),
                labels,
                raw,
                0));
    graph.add(
        "shard",
        new ShardStage(
            ShardConfig.builder()
                .resize(RESIZE)
                .testResize(RESIZE)
                .encoding(ShardConfig.Encoding.JPEG)
                .jpegQuality(QUALITY)
                .shardBytes(SHARD_BYTES)
                .seed(1)
                .build(),
            references,
            raw,
            0));
    Path store = work.resolve("store");
    long start = System.nanoTime();
    List<Manifest> datasets = made(graph.build(), store, threads).datasets();
    double seconds = (System.nanoTime() - start) / 1e9;
    for (Manifest manifest : datasets) {
      print("  %s of %d images: %.1f s", manifest.stage(), images, manifest.seconds());
    }
    DirectoryTree.delete(store);
    return seconds;
  }

  /** What a graph makes, in a new store. */
  private static Store made(StageGraph graph, Path place, int threads) throws InterruptedException {
    Store store = Store.open(place);
    new Executor(
            store,
            new Runner(Runner.Kind.DIRECT, threads, Runner.Checks.OFF),
            "benchmark",
            Clock.systemUTC(),
            new Silent())
        .run(Plan.of(graph, store, Set.of()));
    return store;
  }

  /** The photographs again and again, twenty to a class; as an archive is that was there before. */
  private Path archive(int images) throws IOException {
    Path file = work.resolve("photos-%d.zip".formatted(images));
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (int image = 0; image < images; image++) {
        byte[] photo = photos.get(image % photos.size());
        CRC32 crc = new CRC32();
        crc.update(photo);
        ZipEntry entry = new ZipEntry(name(image));
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(photo.length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(photo);
      }
    }
    DurableFile.force(file);
    return file;
  }

  private static String name(int image) {
    return "class-%04d/%06d.jpg".formatted(image / 20, image);
  }

  /** Watches how much of the heap is in use when a collection has ended. */
  private static final class LiveHeap {
    private final AtomicLong most = new AtomicLong();

    LiveHeap() {
      for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
        if (collector instanceof NotificationEmitter emitter) {
          emitter.addNotificationListener(
              (notification, handback) -> {
                var info =
                    GarbageCollectionNotificationInfo.from(
                        (CompositeData) notification.getUserData());
                long used =
                    info.getGcInfo().getMemoryUsageAfterGc().values().stream()
                        .mapToLong(MemoryUsage::getUsed)
                        .sum();
                most.accumulateAndGet(used, Math::max);
              },
              notification ->
                  notification
                      .getType()
                      .equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION),
              null);
        }
      }
    }

    long most() {
      return most.get();
    }

    void forget() {
      most.set(0);
    }
  }
}
