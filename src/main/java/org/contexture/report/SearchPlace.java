package org.contexture.report;

import java.util.Objects;

/**
 * Where pictures are searched.
 *
 * @param gallery the images, as a user calls them
 * @param model the network, as a user calls it
 */
public record SearchPlace(String gallery, String model) {

  public SearchPlace {
    Objects.requireNonNull(gallery, "gallery");
    Objects.requireNonNull(model, "model");
  }

  /** The place as a sentence. */
  Element sentence() {
    return Html.element("p", "standfirst")
        .text("Searched in ")
        .add(Html.element("code").text(gallery))
        .text(" with the network ")
        .add(Html.element("code").text(model))
        .text(". The number is the cosine similarity, and the most similar images come first.");
  }
}
