package org.contexture.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BilinearResamplerPropertiesTest {

  @Property(tries = 100)
  void anUnchangedSizeIsTheSameImage(
      @ForAll @IntRange(min = 1, max = 40) int width,
      @ForAll @IntRange(min = 1, max = 40) int height,
      @ForAll long seed) {
    RgbImage image = TestImages.noise(width, height, seed);

    assertThat(BilinearResampler.resize(image, width, height)).isSameAs(image);
  }

  @Property(tries = 200)
  void aConstantImageStaysConstant(
      @ForAll @IntRange(min = 1, max = 60) int width,
      @ForAll @IntRange(min = 1, max = 60) int height,
      @ForAll @IntRange(min = 1, max = 60) int newWidth,
      @ForAll @IntRange(min = 1, max = 60) int newHeight,
      @ForAll byte sample) {
    byte[] samples = new byte[width * height * RgbImage.CHANNELS];
    Arrays.fill(samples, sample);

    RgbImage resized =
        BilinearResampler.resize(RgbImage.of(width, height, samples), newWidth, newHeight);

    assertThat(resized.width()).isEqualTo(newWidth);
    assertThat(resized.height()).isEqualTo(newHeight);
    for (byte result : resized.samples()) {
      assertThat(result).isEqualTo(sample);
    }
  }

  @Property(tries = 300)
  void everySampleIsWhatOnePassAndThenTheOtherMakeOfIt(
      @ForAll @IntRange(min = 1, max = 70) int width,
      @ForAll @IntRange(min = 1, max = 70) int height,
      @ForAll @IntRange(min = 1, max = 70) int newWidth,
      @ForAll @IntRange(min = 1, max = 70) int newHeight,
      @ForAll long seed) {
    RgbImage image = TestImages.noise(width, height, seed);

    assertThat(BilinearResampler.resize(image, newWidth, newHeight))
        .isEqualTo(plainly(image, newWidth, newHeight));
  }

  @Test
  void aLineOfPixelsBecomesOnePixel() {
    RgbImage line = TestImages.noise(30_000, 1, 3);

    assertThat(BilinearResampler.resize(line, 1, 1)).isEqualTo(plainly(line, 1, 1));
    assertThat(BilinearResampler.resize(transposed(line), 1, 1)).isEqualTo(plainly(line, 1, 1));
  }

  /** One sample after another, as the format of the weights says. */
  private static RgbImage plainly(RgbImage image, int width, int height) {
    return transposed(acrossPlainly(transposed(acrossPlainly(image, width)), height));
  }

  private static RgbImage acrossPlainly(RgbImage image, int width) {
    ResamplingWeights weights = ResamplingWeights.of(image.width(), width);
    byte[] samples = new byte[width * image.height() * RgbImage.CHANNELS];
    int target = 0;
    for (int row = 0; row < image.height(); row++) {
      for (int column = 0; column < width; column++) {
        for (int channel = 0; channel < RgbImage.CHANNELS; channel++) {
          int sum = 1 << 21;
          for (int tap = 0; tap < weights.count(column); tap++) {
            int from = row * image.width() + weights.first(column) + tap;
            int sample = image.samples()[from * RgbImage.CHANNELS + channel] & 0xFF;
            sum += weights.quantised()[column * weights.most() + tap] * sample;
          }
          samples[target++] = (byte) (sum >> 22);
        }
      }
    }
    return RgbImage.of(width, image.height(), samples);
  }

  @Property(tries = 100)
  void noSampleLeavesTheRangeOfItsChannel(
      @ForAll @IntRange(min = 1, max = 30) int newWidth,
      @ForAll @IntRange(min = 1, max = 30) int newHeight,
      @ForAll long seed) {
    RgbImage image = TestImages.noise(3, 2, seed);

    RgbImage resized = BilinearResampler.resize(image, newWidth, newHeight);

    for (int channel = 0; channel < RgbImage.CHANNELS; channel++) {
      assertThat(least(resized, channel)).isGreaterThanOrEqualTo(least(image, channel));
      assertThat(most(resized, channel)).isLessThanOrEqualTo(most(image, channel));
    }
  }

  @Property(tries = 200)
  void resizingABoxIsCroppingAndThenResizing(
      @ForAll @IntRange(min = 0, max = 19) int left,
      @ForAll @IntRange(min = 0, max = 19) int top,
      @ForAll @IntRange(min = 1, max = 20) int width,
      @ForAll @IntRange(min = 1, max = 20) int height,
      @ForAll @IntRange(min = 1, max = 30) int newWidth,
      @ForAll @IntRange(min = 1, max = 30) int newHeight) {
    RgbImage image = TestImages.noise(40, 40, 11);
    CropBox box = new CropBox(left, top, width, height);

    assertThat(BilinearResampler.resize(image, box, newWidth, newHeight))
        .isEqualTo(BilinearResampler.resize(image.crop(box), newWidth, newHeight));
  }

  @Property(tries = 100)
  void turningTheImageTurnsTheResultByAtMostTheRounding(
      @ForAll @IntRange(min = 1, max = 20) int width,
      @ForAll @IntRange(min = 1, max = 20) int height,
      @ForAll @IntRange(min = 1, max = 20) int size) {
    RgbImage image = TestImages.noise(width, height, 5);

    byte[] resized = transposed(BilinearResampler.resize(image, size, size)).samples();
    byte[] turnedFirst = BilinearResampler.resize(transposed(image), size, size).samples();

    for (int index = 0; index < resized.length; index++) {
      assertThat(Math.abs((resized[index] & 0xFF) - (turnedFirst[index] & 0xFF)))
          .isLessThanOrEqualTo(1);
    }
  }

  private static RgbImage transposed(RgbImage image) {
    byte[] samples = new byte[image.samples().length];
    int target = 0;
    for (int x = 0; x < image.width(); x++) {
      for (int y = 0; y < image.height(); y++) {
        int from = (y * image.width() + x) * RgbImage.CHANNELS;
        System.arraycopy(image.samples(), from, samples, target, RgbImage.CHANNELS);
        target += RgbImage.CHANNELS;
      }
    }
    return RgbImage.of(image.height(), image.width(), samples);
  }

  private static int least(RgbImage image, int channel) {
    int least = 255;
    for (int index = channel; index < image.samples().length; index += RgbImage.CHANNELS) {
      least = Math.min(least, image.samples()[index] & 0xFF);
    }
    return least;
  }

  private static int most(RgbImage image, int channel) {
    int most = 0;
    for (int index = channel; index < image.samples().length; index += RgbImage.CHANNELS) {
      most = Math.max(most, image.samples()[index] & 0xFF);
    }
    return most;
  }
}
