package org.contexture.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.contexture.random.RandomStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The distribution of the crops against torchvision's, by the tolerances of the vectors' README.
 */
class RandomResizedCropGoldenTest {

  static List<JsonNode> settings() {
    JsonNode results = ImageGolden.files().json("random_resized_crop.json").get("results");
    return StreamSupport.stream(results.spliterator(), false).toList();
  }

  @ParameterizedTest
  @MethodSource("settings")
  void drawsCropsLikeTorchvision(JsonNode setting) {
    int width = setting.get("image_wh").get(0).asInt();
    int height = setting.get("image_wh").get(1).asInt();
    int count = setting.get("samples").asInt();

    for (Map.Entry<String, double[]> drawn : draw(setting, width, height, count).entrySet()) {
      JsonNode expected = setting.get(drawn.getKey());
      double mean = Arrays.stream(drawn.getValue()).average().orElseThrow();
      double standardError = expected.get("std").asDouble() * Math.sqrt(2.0 / count);
      assertThat(Math.abs(mean - expected.get("mean").asDouble()))
          .as("mean of " + drawn.getKey())
          .isLessThanOrEqualTo(5 * standardError + 1e-12);
      boolean pixels = drawn.getKey().startsWith("crop_");
      double[] sorted = drawn.getValue().clone();
      Arrays.sort(sorted);
      for (Map.Entry<String, JsonNode> quantile : expected.get("quantiles").properties()) {
        double share = Double.parseDouble(quantile.getKey());
        // Offsets within few pixels jump: what is between is as near as chance allows.
        double chance = 5 * Math.sqrt(2 * share * (1 - share) / count);
        double value = quantile.getValue().asDouble();
        double tolerance = pixels ? Math.max(2, 0.01 * value) : 0.02;
        assertThat(value)
            .as("quantile %s of %s", quantile.getKey(), drawn.getKey())
            .isBetween(
                sorted[place(share - chance, count)] - tolerance,
                sorted[place(share + chance, count)] + tolerance);
      }
    }
  }

  private static int place(double share, int count) {
    return (int) Math.round(Math.max(0, Math.min(1, share)) * (count - 1));
  }

  private static SortedMap<String, double[]> draw(
      JsonNode setting, int width, int height, int count) {
    RandomResizedCrop crop =
        new RandomResizedCrop(
            1,
            setting.get("scale").get(0).asDouble(),
            setting.get("scale").get(1).asDouble(),
            setting.get("ratio").get(0).asDouble(),
            setting.get("ratio").get(1).asDouble());
    SortedMap<String, double[]> drawn = new TreeMap<>();
    for (String name :
        List.of(
            "area_fraction",
            "aspect_w_over_h",
            "log_aspect",
            "crop_height",
            "crop_width",
            "relative_top",
            "relative_left")) {
      drawn.put(name, new double[count]);
    }
    RandomStream random = RandomStream.of(1);
    for (int index = 0; index < count; index++) {
      CropBox box = crop.sample(width, height, random);
      double aspect = (double) box.width() / box.height();
      drawn.get("area_fraction")[index] =
          (double) box.width() * box.height() / ((double) width * height);
      drawn.get("aspect_w_over_h")[index] = aspect;
      drawn.get("log_aspect")[index] = Math.log(aspect);
      drawn.get("crop_height")[index] = box.height();
      drawn.get("crop_width")[index] = box.width();
      drawn.get("relative_top")[index] = relative(box.top(), height - box.height());
      drawn.get("relative_left")[index] = relative(box.left(), width - box.width());
    }
    return drawn;
  }

  private static double relative(int offset, int freedom) {
    return freedom == 0 ? 0.5 : (double) offset / freedom;
  }
}
