package org.contexture.image;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.StreamSupport;
import org.contexture.golden.GoldenFiles;

/** The reference pictures: what went in, and what Pillow and torchvision made of it. */
final class ImageGolden {
  private static final GoldenFiles FILES = GoldenFiles.folder("images");

  private ImageGolden() {}

  static List<JsonNode> inputs() {
    return StreamSupport.stream(manifest().get("inputs").spliterator(), false).toList();
  }

  static List<JsonNode> inputs(ImageFormat format) {
    return inputs().stream().filter(input -> formatOf(input).equals(format)).toList();
  }

  static JsonNode manifest() {
    return FILES.json("manifest.json");
  }

  static GoldenFiles files() {
    return FILES;
  }

  static byte[] encoded(JsonNode input) {
    return bytes("input/" + input.get("file").asText());
  }

  /** The reference's decoding of an input. */
  static RgbImage decoded(JsonNode input) {
    return decode(bytes(input.get("decoded_rgb").asText()));
  }

  static RgbImage decode(byte[] encoded) {
    try {
      return new ImageDecoder().decode(encoded);
    } catch (ImageException e) {
      throw new AssertionError("a reference picture cannot be decoded", e);
    }
  }

  static String sha256(RgbImage image) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(image.samples());
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Does what the name of an operation says, such as {@code R288x288_CC256}. */
  static RgbImage operate(RgbImage image, String operation) throws ImageException {
    String[] parts = operation.split("_", -1);
    String[] sides = parts[0].substring(1).split("x", -1);
    int size = Integer.parseInt(sides[0]);
    Resize resize = sides.length == 1 ? Resize.shortSide(size) : Resize.square(size);
    RgbImage resized = resize.apply(image);
    return parts.length == 1
        ? resized
        : new CentreCrop(Integer.parseInt(parts[1].substring(2))).apply(resized);
  }

  private static ImageFormat formatOf(JsonNode input) {
    try {
      return ImageFormat.of(encoded(input));
    } catch (ImageException e) {
      throw new AssertionError("a reference picture of no known format", e);
    }
  }

  private static byte[] bytes(String file) {
    try {
      return Files.readAllBytes(FILES.path(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
