package org.contexture.image;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriter;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.spi.ImageReaderWriterSpi;
import javax.imageio.spi.ImageWriterSpi;

/**
 * The readers, and the writer of PNG, that come with the Java platform. A plug-in that happens to
 * be on the class path must not change a single sample, so it is never chosen.
 */
final class PlatformCodecs {

  private static final Map<ImageFormat, ImageReaderSpi> READERS = readers();
  private static final ImageWriterSpi PNG_WRITER = provider(ImageWriterSpi.class, ImageFormat.PNG);

  private PlatformCodecs() {}

  /** A new reader; the caller disposes of it. */
  static ImageReader reader(ImageFormat format) {
    try {
      return READERS.get(format).createReaderInstance();
    } catch (IOException e) {
      throw new IllegalStateException("no reader for " + format, e);
    }
  }

  /** A new writer; the caller disposes of it. */
  static ImageWriter pngWriter() {
    try {
      return PNG_WRITER.createWriterInstance();
    } catch (IOException e) {
      throw new IllegalStateException("no writer for PNG", e);
    }
  }

  private static Map<ImageFormat, ImageReaderSpi> readers() {
    Map<ImageFormat, ImageReaderSpi> readers = new EnumMap<>(ImageFormat.class);
    for (ImageFormat format : ImageFormat.values()) {
      readers.put(format, provider(ImageReaderSpi.class, format));
    }
    return Collections.unmodifiableMap(readers);
  }

  private static <P extends ImageReaderWriterSpi> P provider(Class<P> kind, ImageFormat format) {
    Iterator<P> providers = IIORegistry.getDefaultInstance().getServiceProviders(kind, true);
    while (providers.hasNext()) {
      P provider = providers.next();
      if (provider.getClass().getModule().equals(ImageIO.class.getModule())
          && Arrays.asList(provider.getFormatNames()).contains(format.platformName())) {
        return provider;
      }
    }
    throw new IllegalStateException("this Java platform has no " + kind + " for " + format);
  }
}
