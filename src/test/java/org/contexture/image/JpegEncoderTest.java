package org.contexture.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JpegEncoderTest {

  /** The file is what Pillow 9.4 with libjpeg-turbo 2.1.5 makes of the image, at quality 75. */
  @Test
  void writesTheBytesThatPillowWrites() throws IOException {
    try (InputStream pillows = getClass().getResourceAsStream("smooth-61x47-q75.jpg")) {
      assertThat(JpegEncoder.encode(TestImages.smooth(61, 47), 75))
          .isEqualTo(pillows.readAllBytes());
    }
  }

  @Test
  void writesRowsOfAnyLength() throws ImageException {
    for (int width = 1; width < 9; width++) {
      RgbImage gray = gray(width, 3);
      RgbImage again = new ImageDecoder().decode(JpegEncoder.encode(gray, 100));
      assertThat(again.width()).isEqualTo(width);
      assertThat(again.height()).isEqualTo(3);
      for (int index = 0; index < gray.samples().length; index++) {
        assertThat(again.samples()[index] & 0xFF)
            .isCloseTo(gray.samples()[index] & 0xFF, within(2));
      }
    }
  }

  /** Without colour, of which JPEG keeps less; every row begins with another shade. */
  private static RgbImage gray(int width, int height) {
    byte[] samples = new byte[width * height * RgbImage.CHANNELS];
    for (int index = 0; index < samples.length; index++) {
      samples[index] = (byte) (40 * (index / RgbImage.CHANNELS / width) + 20);
    }
    return RgbImage.of(width, height, samples);
  }

  @Test
  void writesOnManyThreadsAtOnce() {
    RgbImage image = TestImages.noise(100, 80, 1);
    byte[] alone = JpegEncoder.encode(image, 90);
    assertThat(IntStream.range(0, 200).parallel().mapToObj(i -> JpegEncoder.encode(image, 90)))
        .allSatisfy(bytes -> assertThat(bytes).isEqualTo(alone));
  }

  @Test
  void refusesSidesThatAJpegFileCannotHave() {
    RgbImage tooWide = RgbImage.of(65_501, 1, new byte[65_501 * 3]);
    assertThatThrownBy(() -> JpegEncoder.encode(tooWide, 75))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("an image of 65501 x 1 cannot be a JPEG file");
  }
}
