package org.contexture.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * RGB samples to an encoded picture. The same image gives the same bytes: of a JPEG file
 * everywhere, of a PNG file on the same Java platform.
 *
 * <p>JPEG is what libjpeg writes by default, and so Pillow: 4:2:0, the standard tables scaled by
 * the quality.
 */
public final class ImageEncoder {
  private ImageEncoder() {}

  /** A PNG file of exactly these samples. */
  public static byte[] png(RgbImage image) {
    ImageWriter writer = PlatformCodecs.pngWriter();
    ByteArrayOutputStream encoded = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(encoded)) {
      writer.setOutput(stream);
      writer.write(
          null,
          new IIOImage(PlatformImages.over(image), null, null),
          writer.getDefaultWriteParam());
      stream.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    } finally {
      writer.dispose();
    }
    return encoded.toByteArray();
  }

  /**
   * A baseline JPEG file.
   *
   * @param image of at most 65,500 pixels a side
   * @param quality 1 to 100, on libjpeg's scale
   * @throws org.contexture.failure.Failure (environment) if this machine cannot load libjpeg-turbo
   */
  public static byte[] jpeg(RgbImage image, int quality) {
    if (quality < 1 || quality > 100) {
      throw new IllegalArgumentException(
          "a JPEG quality of %d; allowed is 1 to 100".formatted(quality));
    }
    return JpegEncoder.encode(image, quality);
  }
}
