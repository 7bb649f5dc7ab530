package org.contexture.benchmark;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Date;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;
import org.contexture.random.RandomStream;

/**
 * A data set of any size in the form of iNaturalist 2021 mini: its two archives, with photographs
 * made of those of the stand-ins, fifty to a species where that leaves enough species, and their
 * checksums in {@code SHA256SUMS}. The same numbers give the same bytes on the same Java platform.
 * No image lies on the disk but in the archive. Run, in the repository:
 *
 * <pre>
 * mvn -B -q test-compile
 * java -cp target/test-classes:target/classes:$(cat target/classpath) \
 *     org.contexture.benchmark.GeneratedINaturalist FOLDER IMAGES [SEED]
 * </pre>
 */
public final class GeneratedINaturalist {
  /** Two of each species. */
  private static final int FEWEST_IMAGES = 2 * GeneratedSpecies.FEWEST;

  private static final int IMAGES_OF_A_SPECIES = 50;
  private static final int IMAGES_AHEAD = 64;
  private static final Date THEN = Date.from(Instant.parse("2021-01-21T00:00:00Z"));

  private final List<Entry> entries = new ArrayList<>();
  private final List<GeneratedSpecies> species;
  private final Photographs photographs;

  /** An image; they are numbered from 0. */
  private record Entry(int number, GeneratedSpecies species, String path) {}

  private GeneratedINaturalist(int images, long seed) throws IOException {
    species = GeneratedSpecies.of(Math.max(GeneratedSpecies.FEWEST, images / IMAGES_OF_A_SPECIES));
    photographs = Photographs.ofStandIns(seed);
    for (int number = 0; number < images; number++) {
      GeneratedSpecies kind = species.get((int) ((long) species.size() * number / images));
      entries.add(new Entry(number, kind, path(kind, RandomStream.of(seed, number, 2))));
    }
  }

  private static String path(GeneratedSpecies kind, RandomStream random) {
    long version = (random.nextLong() & ~0xf000L) | 0x4000L;
    long variant = (random.nextLong() >>> 2) | Long.MIN_VALUE;
    return "train_mini/%s/%s.jpg".formatted(kind.folder(), new UUID(version, variant));
  }

  /** Writes a data set. */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length < 2) {
      System.err.println("Give a folder, how many images, and perhaps a seed.");
      System.exit(2);
    }
    long seed = arguments.length > 2 ? Long.parseLong(arguments[2]) : 1;
    write(Path.of(arguments[0]), Integer.parseInt(arguments[1]), seed);
  }

  /**
   * Writes {@code train_mini.tar.gz}, {@code train_mini.json.tar.gz} and {@code SHA256SUMS}.
   *
   * @param folder is made if it is not there
   * @param images how many, at least 88
   */
  public static void write(Path folder, int images, long seed)
      throws IOException, InterruptedException, ExecutionException {
    if (images < FEWEST_IMAGES) {
      throw new IllegalArgumentException("%d images; at least %d".formatted(images, FEWEST_IMAGES));
    }
    GeneratedINaturalist generated = new GeneratedINaturalist(images, seed);
    Files.createDirectories(folder);
    Path pictures = folder.resolve("train_mini.tar.gz");
    Path metadata = folder.resolve("train_mini.json.tar.gz");
    try (TarArchiveOutputStream tar = archive(pictures)) {
      generated.writePictures(tar);
    }
    try (TarArchiveOutputStream tar = archive(metadata)) {
      put(tar, "train_mini.json", generated.metadata());
    }
    List<String> sums = new ArrayList<>();
    for (Path file : List.of(pictures, metadata)) {
      sums.add(new DigestUtils("SHA-256").digestAsHex(file) + "  " + file.getFileName());
    }
    Files.write(folder.resolve("SHA256SUMS"), sums);
  }

  /** Hardly compressed, as pictures are: it takes as long to read as any other. */
  private static TarArchiveOutputStream archive(Path file) throws IOException {
    GzipParameters fast = new GzipParameters();
    fast.setCompressionLevel(1);
    OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
    TarArchiveOutputStream tar =
        new TarArchiveOutputStream(new GzipCompressorOutputStream(out, fast));
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
    return tar;
  }

  private static void put(TarArchiveOutputStream tar, String path, byte[] content)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(path);
    entry.setModTime(THEN);
    entry.setSize(content.length);
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
  }

  /** Makes images on all processors while they are written in their order. */
  private void writePictures(TarArchiveOutputStream tar)
      throws IOException, InterruptedException, ExecutionException {
    ExecutorService threads =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try {
      Deque<Future<byte[]>> made = new ArrayDeque<>();
      for (Entry entry : entries) {
        while (made.size() < IMAGES_AHEAD && entry.number() + made.size() < entries.size()) {
          Entry next = entries.get(entry.number() + made.size());
          made.add(threads.submit(() -> photographs.jpeg(next.species().number(), next.number())));
        }
        put(tar, entry.path(), made.remove().get());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private byte[] metadata() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
      json.writeStartObject();
      json.writeObjectFieldStart("info");
      json.writeNumberField("year", 2021);
      json.writeStringField("description", "generated from the photographs of stand-ins");
      json.writeEndObject();
      json.writeArrayFieldStart("images");
      for (Entry entry : entries) {
        writeImage(json, entry);
      }
      json.writeEndArray();
      json.writeArrayFieldStart("categories");
      for (GeneratedSpecies kind : species) {
        writeCategory(json, kind);
      }
      json.writeEndArray();
      json.writeArrayFieldStart("annotations");
      for (Entry entry : entries) {
        json.writeStartObject();
        json.writeNumberField("id", entry.number());
        json.writeNumberField("image_id", entry.number());
        json.writeNumberField("category_id", entry.species().number());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private void writeImage(JsonGenerator json, Entry entry) throws IOException {
    Photographs.Size size = photographs.size(entry.number());
    json.writeStartObject();
    json.writeNumberField("id", entry.number());
    json.writeNumberField("width", size.width());
    json.writeNumberField("height", size.height());
    json.writeStringField("file_name", entry.path());
    json.writeNumberField("license", 0);
    json.writeStringField("rights_holder", "see the stand-ins");
    json.writeStringField("date", "2021-01-21 00:00:00+00:00");
    json.writeNullField("latitude");
    json.writeNullField("longitude");
    json.writeNullField("location_uncertainty");
    json.writeEndObject();
  }

  private static void writeCategory(JsonGenerator json, GeneratedSpecies kind) throws IOException {
    json.writeStartObject();
    json.writeNumberField("id", kind.number());
    json.writeStringField("name", kind.name());
    json.writeStringField("common_name", kind.name());
    json.writeStringField("supercategory", kind.kind());
    List<String> ranks = List.of("kingdom", "phylum", "class", "order", "family");
    for (int rank = 0; rank < ranks.size(); rank++) {
      json.writeStringField(ranks.get(rank), kind.taxonomy().get(rank));
    }
    json.writeStringField("genus", kind.genus());
    json.writeStringField("specific_epithet", kind.epithet());
    json.writeStringField("image_dir_name", kind.folder());
    json.writeEndObject();
  }
}
