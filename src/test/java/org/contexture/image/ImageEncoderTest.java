package org.contexture.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageEncoderTest {
  private static final RgbImage IMAGE = TestImages.noise(33, 21, 5);

  @Test
  void pngKeepsEverySample() throws ImageException {
    assertThat(new ImageDecoder().decode(ImageEncoder.png(IMAGE))).isEqualTo(IMAGE);
  }

  @Test
  void writesTheSameBytesEveryTime() {
    assertThat(ImageEncoder.png(IMAGE)).isEqualTo(ImageEncoder.png(IMAGE));
    assertThat(ImageEncoder.jpeg(IMAGE, 75)).isEqualTo(ImageEncoder.jpeg(IMAGE, 75));
  }

  /** The standard table starts with 16; libjpeg scales it by 5000 / quality or 200 - 2 quality. */
  @ParameterizedTest
  @CsvSource({"25, 32", "50, 16", "75, 8", "90, 3", "100, 1"})
  void scalesTheQuantisationLikeLibjpeg(int quality, int first) {
    byte[] jpeg = ImageEncoder.jpeg(IMAGE, quality);

    assertThat(jpeg[segment(jpeg, 0xDB) + 5]).isEqualTo((byte) first);
  }

  @Test
  void halvesTheChromaBothWays() {
    byte[] jpeg = ImageEncoder.jpeg(IMAGE, 75);
    int frame = segment(jpeg, 0xC0);

    assertThat(jpeg[frame + 11]).isEqualTo((byte) 0x22);
    assertThat(jpeg[frame + 14]).isEqualTo((byte) 0x11);
    assertThat(jpeg[frame + 17]).isEqualTo((byte) 0x11);
  }

  @Test
  void refusesAQualityOutsideTheScale() {
    assertThatThrownBy(() -> ImageEncoder.jpeg(IMAGE, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a JPEG quality of 0; allowed is 1 to 100");
    assertThatThrownBy(() -> ImageEncoder.jpeg(IMAGE, 101))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static int segment(byte[] jpeg, int marker) {
    int position = 2;
    while ((jpeg[position + 1] & 0xFF) != marker) {
      position += 2 + ((jpeg[position + 2] & 0xFF) << 8 | (jpeg[position + 3] & 0xFF));
    }
    return position;
  }
}
