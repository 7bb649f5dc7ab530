package org.contexture.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResizeTest {

  @ParameterizedTest
  @CsvSource({"30,20,15,10", "20,30,10,15", "31,20,15,10", "39,20,19,10", "5,7,10,14", "9,9,10,10"})
  void bringsTheShortSideToSizeAndRoundsTheLongOneDown(
      int width, int height, int expectedWidth, int expectedHeight) throws ImageException {
    RgbImage resized = Resize.shortSide(10).apply(TestImages.noise(width, height, 1));

    assertThat(resized.width()).isEqualTo(expectedWidth);
    assertThat(resized.height()).isEqualTo(expectedHeight);
  }

  @Test
  void leavesAnImageWhoseShortSideIsRightAlone() throws ImageException {
    RgbImage image = TestImages.noise(10, 33, 1);

    assertThat(Resize.shortSide(10).apply(image)).isSameAs(image);
  }

  @Test
  void squashesToASquare() throws ImageException {
    RgbImage resized = Resize.square(12).apply(TestImages.noise(40, 7, 1));

    assertThat(resized.width()).isEqualTo(12);
    assertThat(resized.height()).isEqualTo(12);
  }

  /** The rounded weights of these add up to more than those of any others that were looked at. */
  @ParameterizedTest
  @CsvSource({"9287,3", "10138,7", "17378,3", "17558,7", "32768,1"})
  void whiteStaysWhiteHoweverFarItIsReduced(int from, int to) {
    byte[] samples = new byte[from * RgbImage.CHANNELS];
    Arrays.fill(samples, (byte) 0xFF);

    RgbImage across = BilinearResampler.resize(RgbImage.of(from, 1, samples), to, 1);
    RgbImage down = BilinearResampler.resize(RgbImage.of(1, from, samples), 1, to);

    assertThat(across.samples()).containsOnly(0xFF);
    assertThat(down.samples()).containsOnly(0xFF);
  }

  @Test
  void refusesAThinPictureThatWouldBecomeHuge() {
    RgbImage thin = TestImages.noise(1, 30_000, 1);

    assertThatThrownBy(() -> Resize.shortSide(288).apply(thin))
        .isInstanceOf(ImageException.class)
        .hasMessage(
            "The picture is too large: 288 x 8640000 pixels, and at most 32768 a side are"
                + " allowed.");
  }

  @ParameterizedTest
  @CsvSource({"5,2,2", "3,2,0", "7,2,2", "9,2,4", "6,2,2"})
  void cropsTheCentreRoundingHalfToEven(int side, int size, int offset) {
    RgbImage image = TestImages.noise(side, side, 1);

    assertThat(new CentreCrop(size).apply(image))
        .isEqualTo(image.crop(new CropBox(offset, offset, size, size)));
  }

  @Test
  void refusesToCropMoreThanThereIs() {
    assertThatThrownBy(() -> new CentreCrop(11).apply(TestImages.noise(10, 20, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("RgbImage[10 x 20] has no square of 11 pixels a side");
  }
}
