package org.contexture.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.awt.image.DataBufferByte;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.contexture.golden.GoldenFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JpegDecoderTest {
  private static final int SOF0 = 0xC0;
  private static final int SOF2 = 0xC2;
  private static final int SOS = 0xDA;
  private static final int APP2 = 0xE2;
  private static final int APP14 = 0xEE;

  private static final byte[] JPEG = ImageEncoder.jpeg(TestImages.smooth(150, 100), 90);

  @Test
  void decodesASmoothPictureNearlyAsItWas() throws ImageException {
    RgbImage original = TestImages.smooth(150, 100);

    byte[] decoded = decode(JPEG).samples();

    for (int index = 0; index < decoded.length; index++) {
      assertThat(decoded[index] & 0xFF)
          .isBetween(
              (original.samples()[index] & 0xFF) - 8, (original.samples()[index] & 0xFF) + 8);
    }
  }

  @Test
  void refusesABaselineFileThatIsCutAnywhere() {
    for (int length = 3; length < JPEG.length - 3; length += length < 700 ? 13 : 31) {
      int end = length;
      assertThatThrownBy(() -> decode(Arrays.copyOf(JPEG, end)))
          .as("cut after %d of %d bytes", length, JPEG.length)
          .isInstanceOf(ImageException.class)
          .hasMessage(
              "The JPEG file is truncated: it ends after %d bytes, before the end of the picture."
                  .formatted(length));
    }
  }

  @Test
  void refusesAProgressiveFileThatIsCutAnywhere() {
    byte[] progressive = resource("jpg_progressive_365x291.jpg");
    for (int length = 3; length < progressive.length; length += 601) {
      int end = length;
      assertThatThrownBy(() -> decode(Arrays.copyOf(progressive, end)))
          .as("cut after %d of %d bytes", length, progressive.length)
          .isInstanceOf(ImageException.class)
          .hasMessageStartingWith("The JPEG file is truncated: it ends after " + length);
    }
  }

  @Test
  void refusesAProgressiveFileThatOnlyLacksItsEndMarkerBecauseScansMayBeMissing() {
    byte[] progressive = resource("jpg_progressive_365x291.jpg");

    assertThatThrownBy(() -> decode(Arrays.copyOf(progressive, progressive.length - 2)))
        .isInstanceOf(ImageException.class)
        .hasMessageStartingWith("The JPEG file is truncated");
  }

  @Test
  void decodesABaselineFileThatOnlyLacksItsEndMarker() throws ImageException {
    assertThat(decode(Arrays.copyOf(JPEG, JPEG.length - 2))).isEqualTo(decode(JPEG));
  }

  @Test
  void refusesAFileWhoseDataEndsEarlyBeforeItsEndMarker() {
    byte[] cut = Arrays.copyOf(JPEG, JPEG.length - 200);
    cut[cut.length - 2] = (byte) 0xFF;
    cut[cut.length - 1] = (byte) 0xD9;

    assertThatThrownBy(() -> decode(cut))
        .isInstanceOf(ImageException.class)
        .hasMessageStartingWith("The JPEG data is damaged: Corrupt JPEG data: premature end");
  }

  @Test
  void ignoresWhatFollowsTheEndMarker() throws ImageException {
    assertThat(decode(Arrays.copyOf(JPEG, JPEG.length + 500))).isEqualTo(decode(JPEG));
  }

  @Test
  void ignoresADamagedColourProfile() throws ImageException {
    byte[] profile = "ICC_PROFILE\0\1\2 not a profile".getBytes(StandardCharsets.ISO_8859_1);

    assertThat(decode(withSegment(JPEG, APP2, profile))).isEqualTo(decode(JPEG));
  }

  @Test
  void takesSamplesForRgbWhereAdobeSaysSo() throws ImageException {
    byte[] withoutJfif = withoutFirstSegment(JPEG);

    RgbImage asYcc = decode(withSegment(withoutJfif, APP14, adobe(1)));
    RgbImage asRgb = decode(withSegment(withoutJfif, APP14, adobe(0)));

    assertThat(asYcc).isEqualTo(decode(JPEG));
    byte[] converted = JpegColour.toRgb(JpegStructure.ColourSpace.YCC, asRgb.samples().clone());
    assertThat(converted).isEqualTo(asYcc.samples());
  }

  @Test
  void undoesBothConversionsOfYcck() throws Exception {
    byte[] ycck = resource("jpg_cmyk_320x300.jpg");
    ycck[segment(ycck, APP14) + 15] = 2;

    byte[] decoded = decode(ycck).samples();

    byte[] stored = stored(ycck);
    assertThat(stored).hasSize(decoded.length / 3 * 4);
    for (int pixel = 0; pixel < stored.length / 4; pixel++) {
      double luma = stored[pixel * 4] & 0xFF;
      double cb = (stored[pixel * 4 + 1] & 0xFF) - 128;
      double cr = (stored[pixel * 4 + 2] & 0xFF) - 128;
      double white = (stored[pixel * 4 + 3] & 0xFF) / 255.0;
      // The planes are stored inverted, so what the conversion calls red is the ink and not its
      // lack.
      double red = white * (255 - within(luma + 1.402 * cr));
      double blue = white * (255 - within(luma + 1.772 * cb));
      assertThat((double) (decoded[pixel * 3] & 0xFF)).isCloseTo(red, offset(1.5));
      assertThat((double) (decoded[pixel * 3 + 2] & 0xFF)).isCloseTo(blue, offset(1.5));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0xC3, a JPEG of a rare kind (SOF3: lossless",
    "0xC9, a JPEG of a rare kind (SOF9: lossless"
  })
  void refusesRareKinds(int marker, String message) {
    byte[] rare = JPEG.clone();
    rare[segment(rare, SOF0) + 1] = (byte) marker;

    assertThatThrownBy(() -> decode(rare))
        .isInstanceOf(ImageException.class)
        .hasMessageContaining(message);
  }

  @Test
  void refusesTwelveBitSamples() {
    byte[] wide = JPEG.clone();
    wide[segment(wide, SOF0) + 4] = 12;

    assertThatThrownBy(() -> decode(wide))
        .isInstanceOf(ImageException.class)
        .hasMessage("The picture is a JPEG of 12 bits a sample; only 8 are supported.");
  }

  @Test
  void refusesAPixelBombBeforeAllocatingIt() {
    byte[] bomb = JPEG.clone();
    Arrays.fill(bomb, segment(bomb, SOF0) + 5, segment(bomb, SOF0) + 9, (byte) 0x7F);

    assertThatThrownBy(() -> decode(bomb))
        .isInstanceOf(ImageException.class)
        .hasMessage(
            "The picture is too large: 32639 x 32639 pixels, and at most 67108864 in all are"
                + " allowed.");
  }

  @Test
  void refusesAPictureThatHidesASecondFrame() {
    byte[] frame = Arrays.copyOfRange(JPEG, segment(JPEG, SOF0) + 4, segment(JPEG, SOF0) + 19);

    assertThatThrownBy(() -> decode(withSegment(JPEG, SOF0, frame)))
        .isInstanceOf(ImageException.class)
        .hasMessage("The JPEG data is damaged: it has a second frame header.");
  }

  @Test
  void refusesThousandsOfScans() {
    byte[] progressive = resource("jpg_progressive_365x291.jpg");
    int scan = segment(progressive, SOS);
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    bomb.write(progressive, 0, scan);
    for (int repeat = 0; repeat < 1000; repeat++) {
      bomb.write(progressive, scan, 14);
    }
    bomb.write(progressive, scan, progressive.length - scan);

    assertThat(segment(progressive, SOF2)).isPositive();
    assertThatThrownBy(() -> decode(bomb.toByteArray()))
        .isInstanceOf(ImageException.class)
        .hasMessage("The JPEG data has more than 500 scans, which no encoder writes.");
  }

  @Test
  void refusesAFileWithoutAPicture() {
    byte[] nothing = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xD9};

    assertThatThrownBy(() -> decode(nothing))
        .isInstanceOf(ImageException.class)
        .hasMessage("The JPEG data is damaged: it has no picture in it.");
  }

  @Test
  void refusesDamagedTables() {
    byte[] damaged = JPEG.clone();
    Arrays.fill(damaged, segment(damaged, 0xC4) + 4, segment(damaged, 0xC4) + 30, (byte) 0xFF);

    assertThatThrownBy(() -> decode(damaged))
        .isInstanceOf(ImageException.class)
        .hasMessageStartingWith("The JPEG data is damaged: ");
  }

  private static RgbImage decode(byte[] encoded) throws ImageException {
    return new ImageDecoder().decode(encoded);
  }

  private static byte[] resource(String name) {
    try {
      return Files.readAllBytes(GoldenFiles.onClassPath("images/input").path(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the first segment of a marker starts. */
  private static int segment(byte[] jpeg, int marker) {
    int position = 2;
    while ((jpeg[position + 1] & 0xFF) != marker) {
      position += 2 + ((jpeg[position + 2] & 0xFF) << 8 | (jpeg[position + 3] & 0xFF));
    }
    return position;
  }

  private static byte[] withSegment(byte[] jpeg, int marker, byte[] content) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(jpeg, 0, 2);
    file.write(0xFF);
    file.write(marker);
    file.write((content.length + 2) >> 8);
    file.write(content.length + 2);
    file.writeBytes(content);
    file.write(jpeg, 2, jpeg.length - 2);
    return file.toByteArray();
  }

  private static byte[] withoutFirstSegment(byte[] jpeg) {
    int length = (jpeg[4] & 0xFF) << 8 | (jpeg[5] & 0xFF);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(jpeg, 0, 2);
    file.write(jpeg, 4 + length, jpeg.length - 4 - length);
    return file.toByteArray();
  }

  private static byte[] adobe(int transform) {
    byte[] content = Arrays.copyOf("Adobe".getBytes(StandardCharsets.US_ASCII), 12);
    content[11] = (byte) transform;
    return content;
  }

  private static byte[] stored(byte[] jpeg) throws IOException {
    ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
    try (ImageInputStream stream =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(jpeg))) {
      reader.setInput(stream);
      return ((DataBufferByte) reader.readRaster(0, null).getDataBuffer()).getData();
    } finally {
      reader.dispose();
    }
  }

  private static double within(double sample) {
    return Math.max(0, Math.min(255, sample));
  }
}
