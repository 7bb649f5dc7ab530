package org.contexture.report;

import java.util.Optional;

/** How a picture is shown. */
final class Pictured {
  private Pictured() {}

  /**
   * A picture, or a box in its place.
   *
   * @param description what it shows; empty where the text beside it says so
   */
  static Element element(Picture picture, String description) {
    Optional<String> uri = picture.dataUri();
    if (uri.isEmpty()) {
      String what = description.isEmpty() ? "a picture" : description;
      return Html.element("div", "picture unknown")
          .with("role", "img")
          .with("aria-label", what + ": neither PNG nor JPEG")
          .text("no picture");
    }
    return Html.element("img", "picture").with("alt", description).with("src", uri.get());
  }
}
