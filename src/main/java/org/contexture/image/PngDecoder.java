package org.contexture.image;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import javax.imageio.ImageReader;

/**
 * PNG to RGB. The platform's reader fills a raster with the samples as stored; what they mean is
 * decided here, as in Pillow.
 *
 * <p>One quirk of Pillow is kept because the reference has it: 16-bit gray is clipped at 255
 * instead of being scaled, so most of such a picture is white. 16-bit colour and 16-bit gray with
 * alpha keep their high byte.
 */
final class PngDecoder {
  private static final int MASK = 0xFF;

  private PngDecoder() {}

  static RgbImage decode(byte[] encoded, ImageLimits limits) throws ImageException, IOException {
    PngHeader header = PngHeader.read(encoded, limits);
    BufferedImage image = read(encoded);
    Raster raster = image.getRaster();
    int width = header.width();
    int height = header.height();
    byte[] rgb = new byte[width * height * RgbImage.CHANNELS];
    byte[] palette = palette(header, image);
    int bands = raster.getNumBands();
    Object row = null;
    byte[] samples = new byte[width * bands];
    for (int y = 0; y < height; y++) {
      row = raster.getDataElements(0, y, width, 1, row);
      if (row instanceof short[] wide) {
        narrow(wide, samples, header.colourType());
      } else {
        samples = (byte[]) row;
      }
      int target = y * width * RgbImage.CHANNELS;
      switch (header.colourType()) {
        case RGB, RGB_ALPHA -> copy(samples, bands, rgb, target, width);
        case GRAY, GRAY_ALPHA, PALETTE -> look(samples, bands, palette, rgb, target, width);
      }
    }
    return RgbImage.of(width, height, rgb);
  }

  private static BufferedImage read(byte[] encoded) throws IOException {
    ImageReader reader = PlatformCodecs.reader(ImageFormat.PNG);
    try (ByteArrayImageInputStream stream = new ByteArrayImageInputStream(encoded)) {
      reader.setInput(stream, true, true);
      return reader.read(0);
    } finally {
      reader.dispose();
    }
  }

  /** Three bytes for each value a gray sample or an index can have. */
  private static byte[] palette(PngHeader header, BufferedImage image) {
    byte[] palette = new byte[(MASK + 1) * RgbImage.CHANNELS];
    if (header.colourType() == PngHeader.ColourType.PALETTE) {
      IndexColorModel model = (IndexColorModel) image.getColorModel();
      for (int index = 0; index < model.getMapSize(); index++) {
        palette[index * RgbImage.CHANNELS] = (byte) model.getRed(index);
        palette[index * RgbImage.CHANNELS + 1] = (byte) model.getGreen(index);
        palette[index * RgbImage.CHANNELS + 2] = (byte) model.getBlue(index);
      }
      return palette;
    }
    int most = header.bitDepth() < Byte.SIZE ? (1 << header.bitDepth()) - 1 : MASK;
    for (int value = 0; value <= most; value++) {
      byte gray = (byte) (value * (MASK / most));
      for (int channel = 0; channel < RgbImage.CHANNELS; channel++) {
        palette[value * RgbImage.CHANNELS + channel] = gray;
      }
    }
    return palette;
  }

  private static void narrow(short[] wide, byte[] samples, PngHeader.ColourType colourType) {
    for (int index = 0; index < wide.length; index++) {
      int value = wide[index] & 0xFFFF;
      samples[index] =
          (byte)
              (colourType == PngHeader.ColourType.GRAY
                  ? Math.min(value, MASK)
                  : value >> Byte.SIZE);
    }
  }

  private static void copy(byte[] samples, int bands, byte[] rgb, int target, int width) {
    int to = target;
    for (int x = 0; x < width; x++) {
      int from = x * bands;
      rgb[to++] = samples[from];
      rgb[to++] = samples[from + 1];
      rgb[to++] = samples[from + 2];
    }
  }

  private static void look(
      byte[] samples, int bands, byte[] palette, byte[] rgb, int target, int width) {
    int to = target;
    for (int x = 0; x < width; x++) {
      int from = (samples[x * bands] & MASK) * RgbImage.CHANNELS;
      rgb[to++] = palette[from];
      rgb[to++] = palette[from + 1];
      rgb[to++] = palette[from + 2];
    }
  }
}
