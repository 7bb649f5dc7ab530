package org.contexture.image;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What a JPEG file says outside its entropy-coded data (ITU-T T.81, annex B): size, components,
 * number of scans, colour space, and whether it comes to its end marker. The platform's reader
 * decodes a file that was cut short without complaint, and reads colour profiles that the pixels do
 * not need.
 */
final class JpegStructure {

  // A picture of the usual progressive encoders has about ten; thousands are an attack on the CPU.
  private static final int MOST_SCANS = 500;

  private static final int MARKER = 0xFF;
  private static final int SOF0 = 0xC0;
  private static final int SOF2 = 0xC2;
  private static final int DHT = 0xC4;
  private static final int JPG = 0xC8;
  private static final int DAC = 0xCC;
  private static final int SOF15 = 0xCF;
  private static final int RST0 = 0xD0;
  private static final int EOI = 0xD9;
  private static final int SOS = 0xDA;
  private static final int APP0 = 0xE0;
  private static final int APP14 = 0xEE;
  private static final int APP15 = 0xEF;
  private static final int COM = 0xFE;
  private static final int TEM = 0x01;

  /** How a file ends. */
  enum Ending {
    END_MARKER,
    CUT_SHORT
  }

  /** What the stored samples of a pixel are. */
  enum ColourSpace {
    GRAY(1),
    RGB(3),
    YCC(3),
    CMYK(4),
    YCCK(4);

    private final int components;

    ColourSpace(int components) {
      this.components = components;
    }

    int components() {
      return components;
    }
  }

  private final byte[] file;
  private final ImageLimits limits;
  private final ByteArrayOutputStream essentials;
  private int position = 2;
  private int width;
  private int height;
  private byte[] componentIds = {};
  private int adobeTransform = -1;
  private boolean jfif;
  private int scans;
  private Ending ending = Ending.CUT_SHORT;

  private JpegStructure(byte[] file, ImageLimits limits) {
    this.file = file;
    this.limits = limits;
    this.essentials = new ByteArrayOutputStream(file.length);
    essentials.write(file, 0, position);
  }

  /** Reads the structure; the size is held against the limits as soon as it is known. */
  static JpegStructure read(byte[] encoded, ImageLimits limits) throws ImageException {
    JpegStructure structure = new JpegStructure(encoded, limits);
    structure.walk();
    return structure;
  }

  /** Pixels in a row. */
  int width() {
    return width;
  }

  /** Number of rows. */
  int height() {
    return height;
  }

  /** How many times the entropy-coded data sweeps the picture. */
  int scans() {
    return scans;
  }

  /** Whether the end marker is there. */
  Ending ending() {
    return ending;
  }

  /** The file without application data and comments. */
  byte[] essentials() {
    return essentials.toByteArray();
  }

  private void walk() throws ImageException {
    int marker = nextMarker();
    while (marker != EOI && marker >= 0) {
      int start = position;
      if (marker != TEM && (marker < RST0 || marker > EOI)) {
        start = segment(marker);
      }
      if (start < position) {
        keep(marker, start);
      }
      marker = nextMarker();
    }
    if (marker == EOI) {
      ending = Ending.END_MARKER;
      keep(EOI, position);
    }
    if (scans == 0) {
      throw ending == Ending.CUT_SHORT
          ? truncated()
          : new ImageException("The JPEG data is damaged: it has no picture in it.");
    }
  }

  private void keep(int marker, int start) {
    essentials.write(MARKER);
    essentials.write(marker);
    essentials.write(file, start, position - start);
  }

  /** The code of the next marker, with the position behind it; -1 at the end of the file. */
  private int nextMarker() {
    while (position + 1 < file.length) {
      int code = file[position + 1] & 0xFF;
      if (file[position] == (byte) MARKER && code != 0 && code != MARKER) {
        position += 2;
        return code;
      }
      position++;
    }
    position = file.length;
    return -1;
  }

  /** Goes past a segment, for a scan with its data; returns where what is needed of it starts. */
  private int segment(int marker) throws ImageException {
    int start = position;
    int length = position + 1 < file.length ? unsignedShort(position) : Integer.MAX_VALUE;
    if (length > file.length - position) {
      throw truncated();
    }
    if (length < 2) {
      throw ImageException.because(
          "The JPEG data is damaged: the segment at byte %d has length %d.", position - 2, length);
    }
    position += length;
    if (isFrame(marker)) {
      frame(marker, start, length);
    } else if (marker == SOS) {
      scan();
    } else if (marker == APP0 && startsWith(start, length, "JFIF\0", 14)) {
      jfif = true;
    } else if (marker == APP14 && startsWith(start, length, "Adobe", 14)) {
      adobeTransform = file[start + 13] & 0xFF;
    } else if ((marker >= APP0 && marker <= APP15) || marker == COM) {
      return position;
    }
    return start;
  }

  private static boolean isFrame(int marker) {
    return marker >= SOF0 && marker <= SOF15 && marker != DHT && marker != JPG && marker != DAC;
  }

  private void frame(int marker, int start, int length) throws ImageException {
    if (componentIds.length > 0) {
      throw new ImageException("The JPEG data is damaged: it has a second frame header.");
    }
    int components = length >= 8 ? file[start + 7] & 0xFF : 0;
    if (length != 8 + 3 * components) {
      throw new ImageException("The JPEG data is damaged: its frame header has a wrong length.");
    }
    height = unsignedShort(start + 3);
    width = unsignedShort(start + 5);
    limits.check(width, height);
    if (marker > SOF2) {
      throw ImageException.because(
          "The picture is a JPEG of a rare kind (SOF%d: lossless, hierarchical or arithmetic"
              + " coding); save it as baseline or progressive JPEG.",
          marker - SOF0);
    }
    if (file[start + 2] != Byte.SIZE) {
      throw ImageException.because(
          "The picture is a JPEG of %d bits a sample; only 8 are supported.", file[start + 2]);
    }
    if (components != 1 && components != 3 && components != 4) {
      throw ImageException.because(
          "The picture is a JPEG of %d components; only 1, 3 and 4 are supported.", components);
    }
    componentIds = new byte[components];
    for (int index = 0; index < components; index++) {
      componentIds[index] = file[start + 8 + 3 * index];
    }
  }

  private void scan() throws ImageException {
    if (componentIds.length == 0) {
      throw new ImageException("The JPEG data is damaged: a scan comes before the frame header.");
    }
    if (++scans > MOST_SCANS) {
      throw ImageException.because(
          "The JPEG data has more than %d scans, which no encoder writes.", MOST_SCANS);
    }
    while (position + 1 < file.length) {
      int code = file[position + 1] & 0xFF;
      if (file[position] == (byte) MARKER && code != 0 && (code < RST0 || code > RST0 + 7)) {
        return;
      }
      position++;
    }
    position = file.length;
  }

  /**
   * What the stored samples are, by the rules of libjpeg (default_decompress_parms in jdapimin.c).
   */
  ColourSpace colourSpace() {
    return switch (componentIds.length) {
      case 1 -> ColourSpace.GRAY;
      case 3 -> {
        boolean named = Arrays.equals(componentIds, new byte[] {'R', 'G', 'B'});
        boolean rgb = !jfif && (adobeTransform >= 0 ? adobeTransform == 0 : named);
        yield rgb ? ColourSpace.RGB : ColourSpace.YCC;
      }
      default -> adobeTransform > 0 ? ColourSpace.YCCK : ColourSpace.CMYK;
    };
  }

  /** Whether a JFIF header says that the samples are YCC, and no Adobe header says anything. */
  boolean isJfifColour() {
    return jfif && adobeTransform < 0 && componentIds.length == 3;
  }

  private boolean startsWith(int start, int length, String text, int least) {
    byte[] expected = text.getBytes(StandardCharsets.US_ASCII);
    int from = start + 2;
    return length >= least
        && Arrays.equals(file, from, from + expected.length, expected, 0, expected.length);
  }

  private int unsignedShort(int at) {
    return ((file[at] & 0xFF) << Byte.SIZE) | (file[at + 1] & 0xFF);
  }

  /** The answer to a file that ends too early. */
  ImageException truncated() {
    return ImageException.because(
        "The JPEG file is truncated: it ends after %d bytes, before the end of the picture.",
        file.length);
  }
}
