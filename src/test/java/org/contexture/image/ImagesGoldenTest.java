package org.contexture.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Decoding, resizing, cropping and normalising against Pillow and torchvision. */
class ImagesGoldenTest {

  static List<JsonNode> pngs() {
    return ImageGolden.inputs(ImageFormat.PNG);
  }

  static List<JsonNode> jpegs() {
    return ImageGolden.inputs(ImageFormat.JPEG);
  }

  static List<JsonNode> inputs() {
    return ImageGolden.inputs();
  }

  @ParameterizedTest
  @MethodSource("pngs")
  void decodesPngToTheByte(JsonNode input) {
    RgbImage image = ImageGolden.decode(ImageGolden.encoded(input));

    assertSize(image, input.get("size_wh"));
    assertThat(ImageGolden.sha256(image))
        .as(input.get("file").asText())
        .isEqualTo(input.get("decoded_sha256_of_raw_rgb_bytes").asText());
  }

  @ParameterizedTest
  @MethodSource("jpegs")
  void decodesJpegWithinTheAllowance(JsonNode input) {
    RgbImage image = ImageGolden.decode(ImageGolden.encoded(input));
    RgbImage expected = ImageGolden.decoded(input);

    assertSize(image, input.get("size_wh"));
    int most = 0;
    int beyondOne = 0;
    for (int pixel = 0; pixel < image.samples().length; pixel += RgbImage.CHANNELS) {
      int difference = 0;
      for (int channel = 0; channel < RgbImage.CHANNELS; channel++) {
        int index = pixel + channel;
        difference =
            Math.max(
                difference,
                Math.abs((image.samples()[index] & 0xFF) - (expected.samples()[index] & 0xFF)));
      }
      most = Math.max(most, difference);
      if (difference > 1) {
        beyondOne++;
      }
    }
    boolean subsampled = isSubsampled(ImageGolden.encoded(input));
    String file = input.get("file").asText();
    assertThat((double) beyondOne / (image.width() * image.height()))
        .as("share of the pixels of " + file + " that differ by more than one level")
        .isLessThanOrEqualTo(0.001);
    assertThat(most).as("greatest difference of " + file).isLessThanOrEqualTo(subsampled ? 16 : 4);
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void resizesAndCropsToTheByte(JsonNode input) throws ImageException {
    RgbImage decoded = ImageGolden.decoded(input);
    assertThat(ImageGolden.sha256(decoded))
        .isEqualTo(input.get("decoded_sha256_of_raw_rgb_bytes").asText());

    assertThat(input.get("expected").size()).isPositive();
    for (Map.Entry<String, JsonNode> operation : input.get("expected").properties()) {
      RgbImage result = ImageGolden.operate(decoded, operation.getKey());

      assertSize(result, operation.getValue().get("size_wh"));
      assertThat(ImageGolden.sha256(result))
          .as("%s of %s", operation.getKey(), input.get("file").asText())
          .isEqualTo(operation.getValue().get("sha256_of_raw_rgb_bytes").asText());
    }
  }

  @Test
  void normalisesLikeTorchvision() throws ImageException {
    JsonNode tensors = ImageGolden.manifest().get("float_tensors");
    var arrays = ImageGolden.files().npz(tensors.get("file").asText());

    assertThat(arrays.names()).isNotEmpty();
    for (String name : arrays.names()) {
      String pipeline = name.split("\\.", -1)[0];
      String file =
          tensors
              .get(name.contains("upscaled") ? "input_of_upscaled" : "input_of_first_three")
              .asText();
      JsonNode input =
          ImageGolden.inputs().stream()
              .filter(candidate -> candidate.get("file").asText().equals(file))
              .findFirst()
              .orElseThrow();
      String operation = ImageGolden.manifest().get("pipeline_to_op").get(pipeline).asText();
      RgbImage image = ImageGolden.operate(ImageGolden.decoded(input), operation);
      float[] expected = arrays.floats(name);
      float[] actual = new float[expected.length];

      Normalisation.write(image, actual, 0);

      assertThat(arrays.shape(name)).containsExactly(3, image.height(), image.width());
      float most = 0;
      for (int index = 0; index < expected.length; index++) {
        most = Math.max(most, Math.abs(expected[index] - actual[index]));
      }
      assertThat(most).as(name).isLessThanOrEqualTo(1e-6f);
    }
  }

  private static void assertSize(RgbImage image, JsonNode widthAndHeight) {
    assertThat(image.width()).isEqualTo(widthAndHeight.get(0).asInt());
    assertThat(image.height()).isEqualTo(widthAndHeight.get(1).asInt());
  }

  /** Whether the first component of a JPEG file has more samples than the others. */
  private static boolean isSubsampled(byte[] jpeg) {
    for (int index = 2; index + 11 < jpeg.length; ) {
      int marker = jpeg[index + 1] & 0xFF;
      if (marker >= 0xC0 && marker <= 0xC2) {
        return jpeg[index + 9] > 1 && jpeg[index + 11] != 0x11;
      }
      index += 2 + ((jpeg[index + 2] & 0xFF) << 8 | (jpeg[index + 3] & 0xFF));
    }
    throw new AssertionError("no frame header");
  }
}
