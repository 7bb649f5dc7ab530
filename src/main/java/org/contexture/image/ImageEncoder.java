package org.contexture.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * RGB samples to an encoded picture. The same image gives the same bytes on the same Java platform.
 *
 * <p>JPEG is what libjpeg writes by default, and so Pillow: 4:2:0, the standard tables scaled by
 * the quality.
 */
public final class ImageEncoder {
  private ImageEncoder() {}

  /** A PNG file of exactly these samples. */
  public static byte[] png(RgbImage image) {
    ImageWriter writer = PlatformCodecs.writer(ImageFormat.PNG);
    return write(writer, writer.getDefaultWriteParam(), image);
  }

  /**
   * A baseline JPEG file.
   *
   * @param quality 1 to 100, on libjpeg's scale
   */
  public static byte[] jpeg(RgbImage image, int quality) {
    if (quality < 1 || quality > 100) {
      throw new IllegalArgumentException(
          "a JPEG quality of %d; allowed is 1 to 100".formatted(quality));
    }
    ImageWriter writer = PlatformCodecs.writer(ImageFormat.JPEG);
    ImageWriteParam parameters = writer.getDefaultWriteParam();
    parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    parameters.setCompressionQuality(quality / 100f);
    return write(writer, parameters, image);
  }

  private static byte[] write(ImageWriter writer, ImageWriteParam parameters, RgbImage image) {
    ByteArrayOutputStream encoded = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(encoded)) {
      writer.setOutput(stream);
      writer.write(null, new IIOImage(PlatformImages.over(image), null, null), parameters);
      stream.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    } finally {
      writer.dispose();
    }
    return encoded.toByteArray();
  }
}
