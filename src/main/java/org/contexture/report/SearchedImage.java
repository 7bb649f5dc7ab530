package org.contexture.report;

import java.util.Objects;

/**
 * An image that was found for a picture.
 *
 * @param className its class; empty where it has none
 * @param path where it is from
 * @param similarity cosine with the query
 */
public record SearchedImage(Picture picture, String className, String path, double similarity) {

  public SearchedImage {
    Objects.requireNonNull(picture, "picture");
    Objects.requireNonNull(className, "className");
    Objects.requireNonNull(path, "path");
  }
}
