package org.contexture.search;

import java.util.Objects;

/**
 * Images that can be searched.
 *
 * @param name what a user calls it
 * @param nearest finds images by their embeddings
 * @param images tells what an image is
 */
public record Gallery(String name, NearestImages nearest, GalleryImages images)
    implements AutoCloseable {

  public Gallery {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(nearest, "nearest");
    Objects.requireNonNull(images, "images");
  }

  @Override
  public void close() {
    nearest.close();
  }
}
