package org.contexture.fetch;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.contexture.failure.Failure;

/** One place that has many files by their names: a folder, or what is below an HTTP address. */
public final class Mirror {
  private final URI base;

  private Mirror(URI base) {
    this.base = base;
  }

  /**
   * Reads what a person wrote.
   *
   * @param text an address that starts with {@code http://} or {@code https://}, or a path
   * @throws Failure if it is meant as an address and is none
   */
  public static Mirror parse(String text) {
    if (!text.matches("https?:.*")) {
      return new Mirror(Path.of(text).toAbsolutePath().normalize().toUri());
    }
    String folder = text.endsWith("/") ? text : text + "/";
    try {
      URI base = URI.create(folder);
      if (base.getHost() != null && base.getQuery() == null && base.getFragment() == null) {
        return new Mirror(base);
      }
    } catch (IllegalArgumentException malformed) {
      throw noAddress(text).causedBy(malformed);
    }
    throw noAddress(text);
  }

  private static Failure noAddress(String text) {
    return Failure.usage(
        "'%s' is no address to find files below; http://localhost:8000/archives would be one.",
        text);
  }

  /** Where a file of that name is. */
  public URI of(String name) {
    return folder()
        .map(folder -> folder.resolve(name).toUri())
        .orElseGet(
            () ->
                base.resolve(URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20")));
  }

  /** The folder, if it is one. */
  public Optional<Path> folder() {
    return base.getScheme().equals("file") ? Optional.of(Path.of(base)) : Optional.empty();
  }

  /** The path or the address. */
  @Override
  public String toString() {
    return folder().map(Path::toString).orElseGet(base::toString);
  }
}
