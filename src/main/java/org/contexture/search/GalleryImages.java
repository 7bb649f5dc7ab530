package org.contexture.search;

/** What the images of a gallery are, by their ids. */
@FunctionalInterface
public interface GalleryImages {

  /** The image of an id. */
  GalleryImage image(long id);
}
