package org.contexture.experiment;

import java.net.URI;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.contexture.fetch.Checksum;
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
              Backbone.RESNET34,
              published(
                  "resnet34-b627a593.pth",
                  "b627a593bcbe140c234610266fe4f8ae95ea42fc881d091c9b6052e6b1d0590f",
                  87_319_819),
              Backbone.RESNET50,
              published(
                  "resnet50-0676ba61.pth",
                  "0676ba61b6795bbe1773cffd859882e5e297624d384b6993f7c9e683e722fb8a",
                  102_530_333),
              Backbone.RESNET101,
              published(
                  "resnet101-63fe2227.pth",
                  "63fe2227b86e8f1f2063f43a75c84d195911b6a0eace650907dd3dc62dd49a0a",
                  RemoteFile.UNKNOWN_LENGTH)));

  private ImageNetWeights() {}

  private static RemoteFile published(String name, String sha256, long bytes) {
    return new RemoteFile(name, List.of(URI.create(PLACE + name)), Checksum.sha256(sha256), bytes);
  }

  /** The file for a backbone that torchvision has. */
  static RemoteFile of(Backbone backbone) {
    return Optional.ofNullable(PUBLISHED.get(backbone)).orElseThrow();
  }
}
