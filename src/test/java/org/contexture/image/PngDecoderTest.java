package org.contexture.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PngDecoderTest {
  private static final int GRAY = 0;
  private static final int RGB = 2;
  private static final int PALETTE = 3;
  private static final int GRAY_ALPHA = 4;
  private static final int RGB_ALPHA = 6;

  private static final byte[] PNG = ImageEncoder.png(TestImages.noise(40, 30, 7));

  @ParameterizedTest
  @CsvSource({"1, 0xA0, 255, 0", "2, 0xD0, 255, 85", "4, 0xA3, 170, 51"})
  void scalesPackedGrayToTheFullRange(int bitDepth, int packed, int first, int second)
      throws ImageException {
    RgbImage image = decode(TestPng.of(2, 1, bitDepth, GRAY).row(packed));

    assertThat(image).isEqualTo(TestImages.of(2, 1, first, first, first, second, second, second));
  }

  @Test
  void clipsWideGrayLikePillow() throws ImageException {
    RgbImage image = decode(TestPng.of(3, 1, 16, GRAY).row(0x00, 0x07, 0x00, 0xFF, 0x12, 0x34));

    assertThat(image).isEqualTo(TestImages.of(3, 1, 7, 7, 7, 255, 255, 255, 255, 255, 255));
  }

  @Test
  void keepsTheHighByteOfWideColours() throws ImageException {
    RgbImage image = decode(TestPng.of(1, 1, 16, RGB).row(0x12, 0xFF, 0x34, 0x00, 0xFE, 0x80));

    assertThat(image).isEqualTo(TestImages.of(1, 1, 0x12, 0x34, 0xFE));
  }

  @Test
  void keepsTheHighByteOfWideGrayWithAlpha() throws ImageException {
    RgbImage image = decode(TestPng.of(1, 1, 16, GRAY_ALPHA).row(0x12, 0xFF, 0x00, 0x00));

    assertThat(image).isEqualTo(TestImages.of(1, 1, 0x12, 0x12, 0x12));
  }

  @Test
  void dropsAlphaWithoutCompositing() throws ImageException {
    RgbImage image = decode(TestPng.of(1, 1, 8, RGB_ALPHA).row(10, 20, 30, 0));

    assertThat(image).isEqualTo(TestImages.of(1, 1, 10, 20, 30));
  }

  @Test
  void ignoresTheColourThatIsDeclaredTransparent() throws ImageException {
    byte[] png =
        TestPng.of(1, 1, 8, RGB).chunk("tRNS", new byte[] {0, 10, 0, 20, 0, 30}).row(10, 20, 30);

    assertThat(decode(png)).isEqualTo(TestImages.of(1, 1, 10, 20, 30));
  }

  @Test
  void expandsAPackedPaletteIgnoringItsTransparency() throws ImageException {
    byte[] png =
        TestPng.of(2, 1, 4, PALETTE)
            .chunk("PLTE", new byte[] {1, 2, 3, 4, 5, 6})
            .chunk("tRNS", new byte[] {0, 0})
            .row(0x10);

    assertThat(decode(png)).isEqualTo(TestImages.of(2, 1, 4, 5, 6, 1, 2, 3));
  }

  @Test
  void ignoresGamma() throws ImageException {
    byte[] gamma = ByteBuffer.allocate(4).putInt(100_000).array();

    assertThat(decode(TestPng.of(1, 1, 8, GRAY).chunk("gAMA", gamma).row(100)))
        .isEqualTo(TestImages.of(1, 1, 100, 100, 100));
  }

  @Test
  void decodesInterlacedFiles() throws Exception {
    RgbImage image = TestImages.noise(21, 13, 3);

    assertThat(decode(interlaced(image))).isEqualTo(image);
  }

  @Test
  void ignoresWhatFollowsTheEndChunk() throws ImageException {
    byte[] longer = Arrays.copyOf(PNG, PNG.length + 100);

    assertThat(decode(longer)).isEqualTo(decode(PNG));
  }

  @Test
  void refusesAFileThatIsCutAnywhere() {
    for (int length = 8; length < PNG.length; length += length < 100 ? 1 : 97) {
      byte[] cut = Arrays.copyOf(PNG, length);

      assertThatThrownBy(() -> decode(cut))
          .isInstanceOf(ImageException.class)
          .hasMessage(
              "The PNG file is truncated: it ends after %d bytes, before its end chunk."
                  .formatted(length));
    }
  }

  @Test
  void refusesAnyChangedByteOfThePixels() {
    for (int place = 50; place < PNG.length - 20; place += 211) {
      byte[] changed = Arrays.copyOf(PNG, PNG.length);
      changed[place] ^= 0x40;

      assertThatThrownBy(() -> decode(changed))
          .isInstanceOf(ImageException.class)
          .hasMessageStartingWith("The PNG data is damaged: the chunk at byte 33 has CRC-32 ");
    }
  }

  @Test
  void refusesPixelsThatEndEarly() {
    assertThatThrownBy(() -> decode(TestPng.of(8, 8, 8, GRAY).row(1, 2, 3, 4, 5, 6, 7, 8)))
        .isInstanceOf(ImageException.class)
        .hasMessageStartingWith("The PNG data is damaged: ");
  }

  @Test
  void refusesAFileWithoutPixels() {
    byte[] png = TestPng.of(8, 8, 8, GRAY).chunk("IEND", new byte[0]).bytes();

    assertThatThrownBy(() -> decode(png))
        .isInstanceOf(ImageException.class)
        .hasMessageStartingWith("The PNG data is damaged: ");
  }

  @Test
  void refusesAPixelBombBeforeAllocatingIt() {
    byte[] bomb = TestPng.of(Integer.MAX_VALUE, Integer.MAX_VALUE, 8, RGB).row(1, 2, 3);

    assertThatThrownBy(() -> decode(bomb))
        .isInstanceOf(ImageException.class)
        .hasMessageStartingWith("The picture is too large: 2147483647 x 2147483647 pixels");
  }

  @Test
  void refusesSizesBeyondTheFormat() {
    byte[] negative = TestPng.of(-1, 5, 8, RGB).row(1, 2, 3);

    assertThatThrownBy(() -> decode(negative))
        .isInstanceOf(ImageException.class)
        .hasMessageStartingWith("The picture is too large: 4294967295 x 5 pixels");
  }

  @Test
  void refusesAPictureOfNoPixels() {
    assertThatThrownBy(() -> decode(TestPng.of(0, 5, 8, RGB).row()))
        .isInstanceOf(ImageException.class)
        .hasMessage("The picture says that it has no pixels (0 x 5).");
  }

  @Test
  void refusesAnUnknownColourType() {
    assertThatThrownBy(() -> decode(TestPng.of(1, 1, 8, 5).row(1)))
        .isInstanceOf(ImageException.class)
        .hasMessage("The PNG data is damaged: there is no colour type 5.");
  }

  @Test
  void refusesAnImpossibleBitDepth() {
    assertThatThrownBy(() -> decode(TestPng.of(1, 1, 3, GRAY).row(1)))
        .isInstanceOf(ImageException.class)
        .hasMessageStartingWith("The PNG data is damaged: ");
  }

  private static RgbImage decode(byte[] encoded) throws ImageException {
    return new ImageDecoder().decode(encoded);
  }

  private static byte[] interlaced(RgbImage image) throws IOException {
    BufferedImage buffered =
        new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
    for (int index = 0; index < image.width() * image.height(); index++) {
      int colour = 0;
      for (int channel = 0; channel < RgbImage.CHANNELS; channel++) {
        colour = colour << 8 | (image.samples()[index * RgbImage.CHANNELS + channel] & 0xFF);
      }
      buffered.setRGB(index % image.width(), index / image.width(), colour);
    }
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    ImageWriteParam parameters = writer.getDefaultWriteParam();
    parameters.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
    ByteArrayOutputStream encoded = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(encoded)) {
      writer.setOutput(stream);
      writer.write(null, new IIOImage(buffered, null, null), parameters);
    } finally {
      writer.dispose();
    }
    return encoded.toByteArray();
  }
}
