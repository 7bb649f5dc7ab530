package org.contexture.image;

import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;

/**
 * JPEG to RGB. The platform's reader (libjpeg 6b: accurate integer cosine transform, smooth chroma
 * upsampling) converts what a JFIF header says is YCC; of all else it gives the samples as stored,
 * and the colour conversion is done here, as in libjpeg and Pillow.
 *
 * <p>A file is refused when samples are missing. One that only lacks its end marker is decoded, as
 * in Pillow, when it is of a single scan and all of that is there.
 */
final class JpegDecoder {

  private JpegDecoder() {}

  static RgbImage decode(byte[] encoded, ImageLimits limits) throws ImageException, IOException {
    JpegStructure structure = JpegStructure.read(encoded, limits);
    if (structure.ending() == JpegStructure.Ending.CUT_SHORT && structure.scans() > 1) {
      throw structure.truncated();
    }
    List<String> warnings = new ArrayList<>();
    byte[] samples = read(structure, warnings);
    checkComplete(structure, warnings);
    return RgbImage.of(structure.width(), structure.height(), samples);
  }

  private static byte[] read(JpegStructure structure, List<String> warnings)
      throws ImageException, IOException {
    ImageReader reader = PlatformCodecs.reader(ImageFormat.JPEG);
    try (ByteArrayImageInputStream stream = new ByteArrayImageInputStream(structure.essentials())) {
      reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
      reader.setInput(stream, true, true);
      return structure.isJfifColour() ? readRgb(reader, structure) : readStored(reader, structure);
    } finally {
      reader.dispose();
    }
  }

  /** Lets the platform's reader convert what it is sure to take for what it is. */
  private static byte[] readRgb(ImageReader reader, JpegStructure structure)
      throws ImageException, IOException {
    if (reader.getWidth(0) != structure.width() || reader.getHeight(0) != structure.height()) {
      throw differentFrames();
    }
    byte[] samples = new byte[structure.width() * structure.height() * RgbImage.CHANNELS];
    ImageReadParam parameters = reader.getDefaultReadParam();
    parameters.setDestination(
        PlatformImages.over(RgbImage.of(structure.width(), structure.height(), samples)));
    reader.read(0, parameters);
    return samples;
  }

  private static byte[] readStored(ImageReader reader, JpegStructure structure)
      throws ImageException, IOException {
    Raster raster = reader.readRaster(0, null);
    if (raster.getWidth() != structure.width()
        || raster.getHeight() != structure.height()
        || raster.getNumBands() != structure.colourSpace().components()) {
      throw differentFrames();
    }
    byte[] stored = ((DataBufferByte) raster.getDataBuffer()).getData();
    return JpegColour.toRgb(structure.colourSpace(), stored);
  }

  private static ImageException differentFrames() {
    return new ImageException("The JPEG data is damaged: it has two different frame headers.");
  }

  /**
   * libjpeg fills what is missing with gray and warns; warnings of data it skipped are harmless.
   */
  private static void checkComplete(JpegStructure structure, List<String> warnings)
      throws ImageException {
    for (String warning : warnings) {
      if (structure.ending() == JpegStructure.Ending.CUT_SHORT && warning.contains("premature")) {
        throw structure.truncated();
      }
      if (warning.contains("Corrupt JPEG data") && !warning.contains("extraneous bytes")) {
        throw new ImageException("The JPEG data is damaged: %s.".formatted(warning));
      }
    }
  }
}
