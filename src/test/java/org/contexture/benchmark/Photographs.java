package org.contexture.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.contexture.image.BilinearResampler;
import org.contexture.image.CropBox;
import org.contexture.image.ImageDecoder;
import org.contexture.image.ImageEncoder;
import org.contexture.image.ImageException;
import org.contexture.image.RandomResizedCrop;
import org.contexture.image.RgbImage;
import org.contexture.random.RandomStream;

/**
 * As many photographs as one wants, made of the few of the stand-ins. Those of one class show
 * regions of the same region of one photograph, in colours of their own, perhaps mirrored, with
 * noise as a sensor has it; no two are the same. They are as large as those of iNaturalist: 500
 * pixels at the longer side, about 70 kB. An image depends on the seed and its numbers alone.
 */
final class Photographs {
  private static final int LONG_SIDE = 500;
  private static final int SHORT_SIDE = 375;
  private static final int QUALITY = 95;

  /** Samples are shifted by up to half of this: a power of two. */
  private static final int NOISE = 16;

  private static final RandomResizedCrop REGION_OF_CLASS =
      new RandomResizedCrop(LONG_SIDE, 0.5, 1, 0.75, 1.34);
  private static final RandomResizedCrop REGION_OF_IMAGE =
      new RandomResizedCrop(LONG_SIDE, 0.6, 1, 0.75, 1.34);

  private final List<RgbImage> originals;
  private final long seed;

  private Photographs(List<RgbImage> originals, long seed) {
    this.originals = List.copyOf(originals);
    this.seed = seed;
  }

  /** Decodes the photographs of all stand-ins. */
  static Photographs ofStandIns(long seed) throws IOException {
    List<RgbImage> originals = new ArrayList<>();
    try (Stream<Path> files = Files.list(StandIn.folder())) {
      for (Path file : files.sorted().toList()) {
        if (file.toString().matches(".*/(train_mini\\.tar\\.gz|.*\\.tgz|.*\\.zip)")) {
          originals.addAll(photographs(file));
        }
      }
    }
    return new Photographs(originals, seed);
  }

  private static List<RgbImage> photographs(Path archive) throws IOException {
    Decoded decoded = new Decoded();
    FileSource source = FileSource.of(archive);
    try (FileSource.Opened opened = source.open()) {
      for (EntryRange part : source.parts(Long.MAX_VALUE)) {
        opened.unpack(part, decoded);
      }
    }
    return decoded.images;
  }

  private static final class Decoded implements FileSource.Receiver {
    private final List<RgbImage> images = new ArrayList<>();

    @Override
    public void file(String path, byte[] content) {
      if (path.toLowerCase(Locale.ROOT).endsWith(".jpg")) {
        try {
          images.add(new ImageDecoder().decode(content));
        } catch (ImageException impossible) {
          throw new IllegalStateException(path, impossible);
        }
      }
    }

    @Override
    public void refused(String path, String reason) {
      throw new IllegalStateException(path + ": " + reason);
    }

    @Override
    public void progress(long done, long total, FileSource.Counted counted) {}
  }

  /**
   * How large an image is: lying, or now and then standing.
   *
   * @param width in pixels
   * @param height in pixels
   */
  record Size(int width, int height) {}

  /** How large the image of a number is. */
  Size size(int number) {
    return RandomStream.of(seed, number, 1).nextInt(4) == 0
        ? new Size(SHORT_SIDE, LONG_SIDE)
        : new Size(LONG_SIDE, SHORT_SIDE);
  }

  /** A JPEG file of an image, by its number, and its class. */
  byte[] jpeg(int label, int number) {
    RandomStream ofClass = RandomStream.of(seed, -1L - label);
    RgbImage original = originals.get(Math.floorMod(label, originals.size()));
    CropBox region = REGION_OF_CLASS.sample(original.width(), original.height(), ofClass);
    RandomStream random = RandomStream.of(seed, number);
    CropBox part = REGION_OF_IMAGE.sample(region.width(), region.height(), random);
    CropBox box =
        new CropBox(
            region.left() + part.left(), region.top() + part.top(), part.width(), part.height());
    Size size = size(number);
    RgbImage view = BilinearResampler.resize(original, box, size.width(), size.height());
    return ImageEncoder.jpeg(altered(view, random), QUALITY);
  }

  private static RgbImage altered(RgbImage image, RandomStream random) {
    boolean mirrored = random.nextInt(2) == 0;
    double brightness = 0.75 + 0.5 * random.nextDouble();
    byte[][] tones = new byte[RgbImage.CHANNELS][];
    for (int channel = 0; channel < RgbImage.CHANNELS; channel++) {
      tones[channel] = tones(brightness * (0.95 + 0.1 * random.nextDouble()));
    }
    byte[] source = image.samples();
    byte[] samples = new byte[source.length];
    int row = image.width() * RgbImage.CHANNELS;
    long noise = 0;
    for (int to = 0; to < samples.length; to += RgbImage.CHANNELS) {
      int column = to % row;
      int from = mirrored ? to - column + row - RgbImage.CHANNELS - column : to;
      for (int channel = 0; channel < RgbImage.CHANNELS; channel++) {
        noise = noise < 2L * NOISE ? random.nextLong() >>> 1 : noise;
        int shift = (int) (noise % NOISE) - NOISE / 2;
        noise /= NOISE;
        int tone = Byte.toUnsignedInt(tones[channel][Byte.toUnsignedInt(source[from + channel])]);
        samples[to + channel] = clamped(tone + shift);
      }
    }
    return RgbImage.of(image.width(), image.height(), samples);
  }

  private static byte[] tones(double factor) {
    byte[] tones = new byte[1 << Byte.SIZE];
    for (int tone = 0; tone < tones.length; tone++) {
      tones[tone] = clamped((int) Math.rint(tone * factor));
    }
    return tones;
  }

  private static byte clamped(int sample) {
    return (byte) Math.max(0, Math.min(sample, 0xff));
  }
}
