package org.contexture.experiment;

import java.net.URI;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.contexture.failure.Failure;
import org.contexture.fetch.Checksum;
import org.contexture.fetch.Mirror;
import org.contexture.fetch.RemoteFile;
import org.contexture.model.Backbone;

/**
 * The weights that the paper starts from: torchvision's {@code IMAGENET1K_V1}, by the names and
 * checksums that torchvision offers them under.
 */
final class ImageNetWeights {
  private static final String PLACE = "https://download.pytorch.org/models/";

  /** What has to be known before they are fetched. */
  static final String TERMS =
      "Weights of torchvision (BSD 3-clause licence) trained on ImageNet, whose images are for"
          + " non-commercial research and education (https://image-net.org/download).";

  private static final Map<Backbone, RemoteFile> PUBLISHED =
      new EnumMap<>(
          Map.of(
              Backbone.RESNET18,
              published(
                  "resnet18-f37072fd.pth",
                  "f37072fd47e89c5e827621c5baffa7500819f7896bbacec160b1a16c560e07ec",
                  46_830_571),
              Backbone.RESNET50,
              published(
                  "resnet50-0676ba61.pth",
                  "0676ba61b6795bbe1773cffd859882e5e297624d384b6993f7c9e683e722fb8a",
                  102_530_333)));

  private ImageNetWeights() {}

  private static RemoteFile published(String name, String sha256, long bytes) {
    return new RemoteFile(name, List.of(URI.create(PLACE + name)), Checksum.sha256(sha256), bytes);
  }

  /**
   * The file for a backbone.
   *
   * @param mirror a place that is asked first
   * @throws Failure if nothing is known of weights of this backbone
   */
  static RemoteFile of(Backbone backbone, Optional<Mirror> mirror) {
    RemoteFile file = PUBLISHED.get(backbone);
    if (file == null) {
      throw Failure.usage(
          "model.weights: the ImageNet weights of %s are not known here; fetch those of torchvision"
              + " and give the file, or choose one of %s.",
          backbone.key(), PUBLISHED.keySet().stream().map(Backbone::key).toList());
    }
    return mirror.map(place -> file.firstFrom(place.of(file.name()))).orElse(file);
  }
}
