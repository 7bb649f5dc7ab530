package org.contexture.experiment;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the weights of a network are.
 *
 * @param text as a person writes it: a path, an address that starts with {@code http://} or {@code
 *     https://}, or {@value #IMAGENET}
 */
public record WeightsPlace(String text) {

  /** The weights that torchvision offers for the backbone. */
  static final String IMAGENET = "imagenet";

  /** Whether the weights are those of torchvision. */
  boolean isImageNet() {
    return text.equals(IMAGENET);
  }

  /** Whether the weights are to be fetched. */
  boolean isFetched() {
    return isImageNet() || isAddress();
  }

  /** Whether the weights are at an address. */
  public boolean isAddress() {
    return text.matches("https?:.*");
  }

  /** What is wrong with the address, if it is one and something is. */
  public Optional<String> problem() {
    if (!isAddress()) {
      return Optional.empty();
    }
    try {
      URI address = new URI(text);
      boolean whole = address.getHost() != null && address.getFragment() == null;
      return whole && !name().isEmpty() && !name().startsWith(".")
          ? Optional.empty()
          : Optional.of("is no address of a file");
    } catch (URISyntaxException malformed) {
      return Optional.of("is no address: " + malformed.getMessage());
    }
  }

  /** The file that is here. */
  public Path path() {
    return Path.of(text);
  }

  /** The address, which has no {@link #problem}. */
  URI address() {
    return URI.create(text);
  }

  /** What the file is called. */
  public String name() {
    return isAddress()
        ? text.replaceFirst("[?#].*", "")
            .replaceFirst("https?:/*[^/]*/?", "")
            .replaceFirst(".*/", "")
        : String.valueOf(path().getFileName());
  }

  @Override
  public String toString() {
    return text;
  }
}
