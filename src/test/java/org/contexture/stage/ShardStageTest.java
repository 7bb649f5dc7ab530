package org.contexture.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.contexture.benchmark.ImageFolder;
import org.contexture.failure.Failure;
import org.contexture.image.ImageDecoder;
import org.contexture.image.ImageException;
import org.contexture.image.Resize;
import org.contexture.image.RgbImage;
import org.contexture.pipeline.Dataset;
import org.contexture.pipeline.Manifest;
import org.contexture.pipeline.StageGraph;
import org.contexture.pipeline.Store;
import org.contexture.record.Example;
import org.contexture.record.ImageRef;
import org.contexture.record.RawFile;
import org.contexture.record.Rejection;
import org.contexture.record.Split;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From an archive of images, sound and hostile, to examples. */
@Timeout(120)
class ShardStageTest {
  private static final int WIDTH = 60;
  private static final int HEIGHT = 40;

  /** Where the width is in the frame header of a JPEG file. */
  private static final int JPEG_HEIGHT = 5;

  @TempDir Path directory;

  private final Map<String, byte[]> files = new LinkedHashMap<>();
  private Store store;

  @BeforeEach
  void makeImages() {
    store = Store.open(directory.resolve("store"));
    for (int label = 0; label < 8; label++) {
      files.put("class %d/photo.jpg".formatted(label), picture("jpeg", label));
      files.put("class %d/drawing.png".formatted(label), picture("png", label));
    }
  }

  private static byte[] picture(String format, int seed) {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        image.setRGB(x, y, new Color(x * 4, y * 6, seed * 30).getRGB());
      }
    }
    ByteArrayOutputStream encoded = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, format, encoded);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return encoded.toByteArray();
  }

  private static byte[] golden(String name) throws IOException {
    try (InputStream in =
        ShardStageTest.class.getResourceAsStream("/golden/images/input/" + name)) {
      return in.readAllBytes();
    }
  }

  private static ShardConfig.Builder config(ShardConfig.Encoding encoding) {
    return ShardConfig.builder()
        .resize(Resize.shortSide(20))
        .testResize(Resize.square(24))
        .encoding(encoding)
        .jpegQuality(90)
        .shardBytes(4000)
        .seed(1);
  }

  private Dataset<Example> run(ShardConfig config, double maxRejectedShare)
      throws IOException, InterruptedException {
    Path zip = directory.resolve("images.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        out.putNextEntry(new ZipEntry(file.getKey()));
        out.write(file.getValue());
      }
    }
    ImageFolder folder = new ImageFolder(zip, 0.5, 1);
    StageGraph.Builder graph = StageGraph.builder();
    Dataset<RawFile> raw =
        graph.add(
            "unpack",
            new UnpackStage(UnpackConfig.of("0".repeat(64), 1 << 20), folder.sources(), 0));
    Dataset<ImageRef> images =
        graph.add(
            "index",
            new IndexStage(
                IndexConfig.builder()
                    .benchmark(folder.name())
                    .labelling(folder.version())
                    .testShare(0.5)
                    .validationShare(0)
                    .seed(1)
                    .build(),
                folder,
                raw,
                0));
    Dataset<Example> examples =
        graph.add("shard", new ShardStage(config, images, raw, maxRejectedShare));
    DirectRun.of(graph.build(), store);
    return examples;
  }

  private Map<String, Example> examples(Dataset<Example> dataset) {
    Map<String, Example> byPath = new TreeMap<>();
    for (Example example : store.open(dataset).open()) {
      byPath.put(example.getPath(), example);
    }
    return byPath;
  }

  private static RgbImage decoded(Example example) throws ImageException {
    return new ImageDecoder().decode(example.getImage().array());
  }

  @Test
  void imagesAreStoredResizedByWhatTheyAreFor() throws Exception {
    Map<String, Example> examples = examples(run(config(ShardConfig.Encoding.PNG).build(), 0));

    assertThat(examples.keySet()).isEqualTo(files.keySet());
    assertThat(examples.values()).extracting(Example::getSplit).contains(Split.TRAIN, Split.TEST);
    for (Example example : examples.values()) {
      Resize resize = example.getSplit() == Split.TRAIN ? Resize.shortSide(20) : Resize.square(24);
      RgbImage original = new ImageDecoder().decode(files.get(example.getPath()));
      assertThat(decoded(example)).isEqualTo(resize.apply(original));
    }
  }

  @Test
  void jpegIsSmallerAndOfTheSameSize() throws Exception {
    for (Example example : examples(run(config(ShardConfig.Encoding.JPEG).build(), 0)).values()) {
      RgbImage image = decoded(example);
      assertThat(image.height()).isEqualTo(example.getSplit() == Split.TRAIN ? 20 : 24);
      assertThat(example.getImage().array()).startsWith(0xff, 0xd8, 0xff);
    }
  }

  @Test
  void originalsAreKeptToTheByte() throws Exception {
    examples(run(config(ShardConfig.Encoding.ORIGINAL).build(), 0))
        .forEach(
            (path, example) -> assertThat(example.getImage().array()).isEqualTo(files.get(path)));
  }

  @Test
  void whatTheNameSaysDoesNotMatterButWhatTheFileIs() throws Exception {
    files.put("class 1/png.jpg", files.get("class 1/drawing.png"));
    files.put("class 1/cmyk.jpg", golden("jpg_cmyk_320x300.jpg"));
    files.put("class 1/progressive.png", golden("jpg_progressive_365x291.jpg"));

    Map<String, Example> examples = examples(run(config(ShardConfig.Encoding.PNG).build(), 0));

    assertThat(examples.keySet()).isEqualTo(files.keySet());
    assertThat(decoded(examples.get("class 1/png.jpg")))
        .isEqualTo(decoded(examples.get("class 1/drawing.png")));
  }

  private void addHostileImages() {
    byte[] photo = files.get("class 1/photo.jpg");
    byte[] bomb = photo.clone();
    int frame = frameHeader(bomb);
    Arrays.fill(bomb, frame + JPEG_HEIGHT, frame + JPEG_HEIGHT + 4, (byte) 0x7f);
    files.put("class 1/bomb.jpg", bomb);
    files.put("class 1/cut.jpg", Arrays.copyOf(photo, photo.length - 100));
    files.put(
        "class 1/cut.png",
        Arrays.copyOf(
            files.get("class 1/drawing.png"), files.get("class 1/drawing.png").length / 2));
    files.put("class 1/empty.jpg", new byte[0]);
    files.put("class 1/text.jpg", "no picture at all".getBytes(StandardCharsets.UTF_8));
  }

  private static int frameHeader(byte[] jpeg) {
    for (int i = 0; i < jpeg.length; i++) {
      if ((jpeg[i] & 0xff) == 0xff && (jpeg[i + 1] & 0xff) == 0xc0) {
        return i;
      }
    }
    throw new IllegalArgumentException("no baseline JPEG");
  }

  @Test
  void hostileImagesAreDeadLettersWithTheirReasonsHoweverTheyAreStored() throws Exception {
    Set<String> sound = Set.copyOf(files.keySet());
    addHostileImages();

    for (ShardConfig.Encoding encoding : ShardConfig.Encoding.values()) {
      Dataset<Example> dataset = run(config(encoding).build(), 0.5);

      assertThat(examples(dataset).keySet()).isEqualTo(sound);
      Manifest rejected = store.find(dataset.id().companion("rejected")).orElseThrow();
      Map<String, String> reasons = new TreeMap<>();
      for (Rejection rejection : store.open(rejected.id(), Rejection.class).open()) {
        reasons.put(rejection.getWhat(), rejection.getWhy());
      }
      assertThat(reasons)
          .hasSize(5)
          .hasEntrySatisfying(
              "class 1/bomb.jpg",
              why -> assertThat(why).contains("too large: 32639 x 32639 pixels"))
          .hasEntrySatisfying("class 1/cut.jpg", why -> assertThat(why).contains("truncated"))
          .hasEntrySatisfying("class 1/cut.png", why -> assertThat(why).contains("truncated"))
          .hasEntrySatisfying("class 1/empty.jpg", why -> assertThat(why).contains("empty"))
          .hasEntrySatisfying("class 1/text.jpg", why -> assertThat(why).contains("neither"));
    }
  }

  @Test
  void moreThanTheAllowedShareStopsTheStage() {
    addHostileImages();

    assertThatThrownBy(() -> run(config(ShardConfig.Encoding.PNG).build(), 0.2))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("5 of 21")
        .hasMessageContaining("class 1/");
  }
}
