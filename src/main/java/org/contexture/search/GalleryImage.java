package org.contexture.search;

import java.util.Objects;
import org.contexture.report.Picture;

/**
 * An image of a gallery.
 *
 * @param className readable name of its class; empty where it has none
 * @param path where it is from
 * @param picture a small picture of it; of no bytes where there is none
 */
public record GalleryImage(String className, String path, Picture picture) {

  public GalleryImage {
    Objects.requireNonNull(className, "className");
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(picture, "picture");
  }
}
