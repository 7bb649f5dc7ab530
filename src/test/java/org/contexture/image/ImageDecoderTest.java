package org.contexture.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.assertj.core.api.AbstractThrowableAssert;
import org.contexture.locale.OtherDigits;
import org.junit.jupiter.api.Test;

/** What is common to all formats; each format has a test of its own. */
class ImageDecoderTest {

  @Test
  void refusesAnEmptyFile() {
    assertRefused(new byte[0]).hasMessage("The picture is empty: it has no bytes.");
  }

  @Test
  void refusesAnUnknownFormatShowingItsFirstBytes() {
    assertRefused("GIF89a..".getBytes(StandardCharsets.US_ASCII))
        .hasMessage(
            "The picture is neither PNG nor JPEG: it starts with the bytes"
                + " 47 49 46 38 39 61 2E 2E.");
  }

  @Test
  void refusesTheBeginningOfASignature() {
    assertRefused(new byte[] {(byte) 0xFF, (byte) 0xD8})
        .hasMessageStartingWith("The picture is neither PNG nor JPEG");
  }

  @Test
  void refusesAPictureWiderThanTheLimit() {
    byte[] png = ImageEncoder.png(TestImages.noise(11, 3, 1));

    assertThatThrownBy(() -> new ImageDecoder(new ImageLimits(10, 1000)).decode(png))
        .isInstanceOf(ImageException.class)
        .hasMessage("The picture is too large: 11 x 3 pixels, and at most 10 a side are allowed.");
  }

  @Test
  void refusesAPictureOfMorePixelsThanTheLimit() {
    byte[] jpeg = ImageEncoder.jpeg(TestImages.noise(10, 10, 1), 90);

    assertThatThrownBy(() -> new ImageDecoder(new ImageLimits(10, 99)).decode(jpeg))
        .isInstanceOf(ImageException.class)
        .hasMessage("The picture is too large: 10 x 10 pixels, and at most 99 in all are allowed.");
  }

  @Test
  void refusesItInTheSameWordsInACountryWithOtherDigits() {
    byte[] png = ImageEncoder.png(TestImages.noise(11, 3, 1));
    ImageDecoder decoder = new ImageDecoder(new ImageLimits(10, 1000));

    assertThatThrownBy(() -> OtherDigits.there(() -> decoder.decode(png)))
        .isInstanceOf(ImageException.class)
        .hasMessage("The picture is too large: 11 x 3 pixels, and at most 10 a side are allowed.");
  }

  @Test
  void decodesAPictureAtTheLimit() throws ImageException {
    RgbImage image = TestImages.noise(10, 10, 1);

    RgbImage decoded = new ImageDecoder(new ImageLimits(10, 100)).decode(ImageEncoder.png(image));

    assertThat(decoded).isEqualTo(image);
  }

  @Test
  void leavesTheEncodedBytesAlone() throws ImageException {
    byte[] jpeg = ImageEncoder.jpeg(TestImages.smooth(20, 20), 90);
    byte[] copy = Arrays.copyOf(jpeg, jpeg.length);

    new ImageDecoder().decode(jpeg);

    assertThat(jpeg).isEqualTo(copy);
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> assertRefused(byte[] encoded) {
    return assertThatThrownBy(() -> new ImageDecoder().decode(encoded))
        .isInstanceOf(ImageException.class);
  }
}
