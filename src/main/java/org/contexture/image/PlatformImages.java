package org.contexture.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;

/** Images in the form that the Java platform's readers and writers work on. */
final class PlatformImages {
  private static final int[] RGB_ORDER = {0, 1, 2};

  private PlatformImages() {}

  /** An image over the very samples of another: nothing is copied. */
  static BufferedImage over(RgbImage image) {
    WritableRaster raster =
        Raster.createInterleavedRaster(
            new DataBufferByte(image.samples(), image.samples().length),
            image.width(),
            image.height(),
            image.width() * RgbImage.CHANNELS,
            RgbImage.CHANNELS,
            RGB_ORDER,
            null);
    ComponentColorModel colours =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB),
            false,
            false,
            ComponentColorModel.OPAQUE,
            DataBuffer.TYPE_BYTE);
    return new BufferedImage(colours, raster, false, null);
  }
}
