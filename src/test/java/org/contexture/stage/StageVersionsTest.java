package org.contexture.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.Adler32;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.commons.codec.digest.DigestUtils;
import org.contexture.benchmark.ImageFolder;
import org.contexture.image.ImageDecoder;
import org.contexture.image.Resize;
import org.contexture.image.RgbImage;
import org.contexture.pipeline.Dataset;
import org.contexture.pipeline.Manifest;
import org.contexture.pipeline.StageGraph;
import org.contexture.pipeline.Store;
import org.contexture.record.Embedding;
import org.contexture.record.EmbeddingStatistic;
import org.contexture.record.Example;
import org.contexture.record.ImageRef;
import org.contexture.record.MappedImage;
import org.contexture.record.Neighbours;
import org.contexture.record.RawFile;
import org.contexture.record.Rejection;
import org.contexture.record.RetrievalMetric;
import org.contexture.retrieval.QueriesWithoutRelevant;
import org.contexture.retrieval.rerank.RerankMethod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Pins what the stages before training make of a small archive, and those after it of points. A
 * stage whose result changes must get another version, or stores would go on with what the old code
 * made.
 */
@Timeout(120)
class StageVersionsTest {
  @TempDir Path directory;

  @Test
  void aStageWhoseResultChangesHasAnotherVersion() throws Exception {
    Path zip = archive();
    ImageFolder benchmark = new ImageFolder(zip, 0.5, 3);
    StageGraph.Builder graph = StageGraph.builder();
    UnpackStage unpack =
        new UnpackStage(UnpackConfig.of("0".repeat(64), 1000), benchmark.sources(), 0.5);
    Dataset<RawFile> files = graph.add("unpack", unpack);
    IndexStage index =
        new IndexStage(
            IndexConfig.builder()
                .benchmark(benchmark.name())
                .labelling(benchmark.version())
                .testShare(0.5)
                .validationShare(0.34)
                .seed(3)
                .build(),
            benchmark,
            files,
            0.5);
    Dataset<ImageRef> images = graph.add("index", index);
    ShardStage shard =
        new ShardStage(
            ShardConfig.builder()
                .resize(Resize.shortSide(8))
                .testResize(Resize.shortSide(8))
                .encoding(ShardConfig.Encoding.PNG)
                .jpegQuality(95)
                .shardBytes(3000)
                .seed(3)
                .build(),
            images,
            files,
            0.5);
    Dataset<Example> examples = graph.add("shard", shard);
    Store store = Store.open(directory.resolve("store"));
    DirectRun.of(graph.build(), store);

    require(
        "unpack",
        unpack.version(),
        2,
        digest(store, files),
        "b695aa7b5f1817e7f91cc8ebd85df0f051d79029873bc8b09efd3794d0ffa081");
    require(
        "index",
        index.version(),
        1,
        digest(store, images),
        "fabd157a8e340e4fe1772c84ab4b2fed1d64f2bb0b1aa6299369f95fddea8699");
    require(
        "shard",
        shard.version(),
        1,
        digest(store, examples),
        "84e6d0731944b05383a6d4e08b3c8458bb548a5616625407461143ba709ff2f2");
  }

  @Test
  void aStageAfterTrainingWhoseResultChangesHasAnotherVersion() throws Exception {
    StageGraph.Builder graph = StageGraph.builder();
    Dataset<Embedding> points = graph.add("points", new EmbeddedPoints(300, 12));
    Path written = embeddings();
    ImportEmbeddingsStage imports =
        new ImportEmbeddingsStage(
            new ImportEmbeddingsConfig(DigestUtils.sha256Hex(Files.readAllBytes(written)), 4),
            written);
    Dataset<Embedding> imported = graph.add("imported", imports);
    NeighboursStage search =
        new NeighboursStage(NeighboursConfig.ofEveryImage(20), points, 1 << 20);
    Dataset<Neighbours> neighbours = graph.add("neighbours", search);
    RerankStage rerank =
        new RerankStage(
            new RerankConfig(new RerankMethod.KReciprocal(6, 3, 0.3), 12), neighbours, points);
    Dataset<Neighbours> reranked = graph.add("reranked", rerank);
    MeasureStage measure =
        new MeasureStage(
            MeasureConfig.of(List.of(1, 4), List.of(5), QueriesWithoutRelevant.EXCLUDED),
            neighbours);
    Dataset<RetrievalMetric> metrics = graph.add("metrics", measure);
    StatisticsStage statistics = new StatisticsStage(new StatisticsConfig(200, 5, 3), points);
    Dataset<EmbeddingStatistic> figures = graph.add("statistics", statistics);
    MapStage map = new MapStage(new MapConfig(100, 8, 20, 3), points);
    Dataset<MappedImage> mapped = graph.add("map", map);
    Store store = Store.open(directory.resolve("store"));
    DirectRun.of(graph.build(), store);

    require(
        "import-embeddings",
        imports.version(),
        2,
        digest(store, imported),
        "fe65b52ef29f70eb6f2d9d2c3afd82775955b5118d7fb27451132a3098987439");
    require(
        "neighbours",
        search.version(),
        3,
        digest(store, neighbours),
        "323eeaeb54d169f10801ee59d46250434b56bc8c5a1d7c783a611a8a825447be");
    require(
        "rerank",
        rerank.version(),
        1,
        digest(store, reranked),
        "a03da6c4f26565656ccb79c72b594207dc69d9ac4061201a38bf92848ba3f93c");
    require(
        "measure",
        measure.version(),
        2,
        digest(store, metrics),
        "d43cc4c23f4f656d0874767591893e0601790ea36aa314677cedaf8f986e7b0b");
    require(
        "statistics",
        statistics.version(),
        2,
        digest(store, figures),
        "b4d6cc67d01393369e77f171f3ecce107159c37fc22a4825d6959fc0d86a5ea1");
    require(
        "map",
        map.version(),
        2,
        digest(store, mapped),
        "5656b9856a3d8315ad30ee3032883838ae07e72c4a42b058c2620ebb51046d5c");
  }

  private static void require(
      String stage, int version, int pinnedVersion, String digest, String pinnedDigest) {
    assertThat(digest)
        .as(
            version == pinnedVersion
                ? "Stage %s makes something else than before, and its version is still %d: raise"
                    + " the version, then pin the new version and digest here"
                : "Stage %s has another version than was pinned with this digest (%d): pin both",
            stage,
            pinnedVersion)
        .isEqualTo(pinnedDigest);
    assertThat(version).as("pin the new version of stage %s", stage).isEqualTo(pinnedVersion);
  }

  /**
   * Over the shards' lengths, the records and the dead letters. Of an example's picture the pixels
   * count, not the encoding: how well it is compressed is the Java platform's affair.
   */
  private <T extends SpecificRecord> String digest(Store store, Dataset<T> dataset)
      throws Exception {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    Manifest manifest = store.find(dataset.id()).orElseThrow();
    for (Manifest.DataFile file : manifest.files()) {
      content.writeBytes(
          (file.name() + " " + file.records() + "\n").getBytes(StandardCharsets.UTF_8));
    }
    for (T value : store.open(dataset).open()) {
      write(value instanceof Example example ? withPixels(example) : value, content);
    }
    if (manifest.rejected() > 0) {
      for (Rejection rejection : rejections(store, dataset)) {
        String text = rejection.getWhat() + " " + rejection.getWhy() + "\n";
        content.writeBytes(text.getBytes(StandardCharsets.UTF_8));
      }
    }
    return DigestUtils.sha256Hex(content.toByteArray());
  }

  private static Iterable<Rejection> rejections(Store store, Dataset<?> dataset) {
    Manifest manifest =
        store.datasets().stream()
            .filter(other -> other.id().result().equals(dataset.id()))
            .filter(other -> !other.id().equals(dataset.id()))
            .findFirst()
            .orElseThrow();
    return store.open(manifest.id(), Rejection.class).open();
  }

  private static void write(SpecificRecord value, OutputStream content) throws IOException {
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(content, null);
    new SpecificDatumWriter<SpecificRecord>(value.getSchema()).write(value, encoder);
    encoder.flush();
  }

  private static Example withPixels(Example example) throws Exception {
    RgbImage image = new ImageDecoder().decode(example.getImage().array());
    ByteBuffer pixels = ByteBuffer.allocate(8 + image.samples().length);
    pixels.putInt(image.width()).putInt(image.height()).put(image.samples()).flip();
    return Example.newBuilder(example).setImage(pixels).build();
  }

  private Path embeddings() throws IOException {
    Path file = directory.resolve("embeddings.avro");
    try (DataFileWriter<Embedding> writer =
        new DataFileWriter<>(new SpecificDatumWriter<>(Embedding.class))) {
      writer.create(Embedding.getClassSchema(), file.toFile());
      for (Embedding point : new EmbeddedPoints(10, 3).points()) {
        writer.append(point);
      }
    }
    return file;
  }

  /** Six classes of two images, one of them no image, a text, and a path that is refused. */
  private Path archive() throws IOException {
    Path file = directory.resolve("images.zip");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (int image = 0; image < 12; image++) {
        zip.putNextEntry(new ZipEntry("class " + image % 6 + "/" + image + ".png"));
        zip.write(image == 7 ? new byte[50] : png(10 + image, 12, image));
      }
      zip.putNextEntry(new ZipEntry("class 1/notes.txt"));
      zip.write("no picture".getBytes(StandardCharsets.UTF_8));
      zip.putNextEntry(new ZipEntry("../evil.png"));
      zip.write(png(2, 2, 0));
    }
    return file;
  }

  /** A PNG file whose bytes are the same everywhere: its data are stored, not compressed. */
  private static byte[] png(int width, int height, int seed) {
    ByteBuffer rows = ByteBuffer.allocate(height * (1 + 3 * width));
    for (int y = 0; y < height; y++) {
      rows.put((byte) 0);
      for (int x = 0; x < width; x++) {
        rows.put((byte) (x * 11 + seed * 20)).put((byte) (y * 17)).put((byte) (x * y + seed));
      }
    }
    Adler32 adler = new Adler32();
    adler.update(rows.array());
    ByteBuffer data = ByteBuffer.allocate(rows.capacity() + 11);
    data.putShort((short) 0x7801).put((byte) 1);
    int length = rows.capacity();
    data.put((byte) length).put((byte) (length >> 8));
    data.put((byte) ~length).put((byte) (~length >> 8));
    data.put(rows.array()).putInt((int) adler.getValue());
    ByteBuffer header = ByteBuffer.allocate(13);
    header.putInt(width).putInt(height).put(new byte[] {8, 2, 0, 0, 0});
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    png.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
    png.writeBytes(chunk("IHDR", header.array()));
    png.writeBytes(chunk("IDAT", data.array()));
    png.writeBytes(chunk("IEND", new byte[0]));
    return png.toByteArray();
  }

  private static byte[] chunk(String type, byte[] content) {
    ByteBuffer chunk = ByteBuffer.allocate(12 + content.length);
    chunk.putInt(content.length).put(type.getBytes(StandardCharsets.US_ASCII)).put(content);
    CRC32 crc = new CRC32();
    crc.update(chunk.array(), 4, 4 + content.length);
    return chunk.putInt((int) crc.getValue()).array();
  }
}
