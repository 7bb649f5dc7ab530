package org.contexture.pipeline.remote;

import java.io.Serializable;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.contexture.failure.Failure;

/**
 * Where a directory of remote files is.
 *
 * @param uri without a slash at its end, such as {@code s3://bucket/prefix}
 */
public record RemoteAddress(String uri) implements Serializable {
  private static final Pattern REMOTE = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)(://.*)");

  /** Keeps Beam from asking the network for the region of this machine. */
  static final String ANY_REGION = "--awsRegion=us-east-1";

  private static final Pattern SPECIAL = Pattern.compile(".*[*?\\[\\]{}\\\\\\s#%].*");

  /**
   * Reads an address.
   *
   * @return empty if the text is the path of a directory and no address
   * @throws Failure if it is an address that cannot be used
   */
  public static Optional<RemoteAddress> parse(String text) {
    Matcher remote = REMOTE.matcher(text);
    if (!remote.matches()) {
      return Optional.empty();
    }
    String scheme = remote.group(1).toLowerCase(Locale.ROOT);
    String uri = (scheme + remote.group(2)).replaceAll("/+$", "");
    try {
      boolean named = uri.indexOf("://") + "://".length() < uri.length();
      boolean relative = uri.startsWith("file://") && !uri.startsWith("file:///");
      if (!named
          || relative
          || SPECIAL.matcher(uri).matches()
          || new URI(uri).getScheme() == null) {
        throw malformed(text);
      }
    } catch (URISyntaxException unreadable) {
      throw malformed(text).causedBy(unreadable);
    }
    return Optional.of(new RemoteAddress(uri));
  }

  private static Failure malformed(String text) {
    return Failure.usage(
        "'%s' is no address of a store: write s3://BUCKET/PREFIX or hdfs://HOST:PORT/PATH, without"
            + " spaces and without any of * ? [ ] { } \\ # %%.",
        text);
  }

  /** What kind of file system it is in: {@code s3}, {@code hdfs}. */
  public String scheme() {
    return uri.substring(0, uri.indexOf(':'));
  }

  /** The address of what is in it. */
  public String of(String name) {
    return uri + "/" + name;
  }

  /** A name for a directory of this machine that is of this address alone. */
  public String directoryName() {
    return uri.replaceAll("[^A-Za-z0-9.]+", "-") + "-" + DigestUtils.sha256Hex(uri).substring(0, 8);
  }

  /**
   * What Beam's pipeline options have to say so that its file systems find their way. Credentials
   * are not among them: each process has its own.
   *
   * @param environment the variables of the process
   */
  List<String> options(Map<String, String> environment) {
    List<String> options = new ArrayList<>();
    if (scheme().equals("s3")) {
      Optional<String> endpoint =
          Stream.of("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL")
              .map(environment::get)
              .filter(value -> value != null && !value.isBlank())
              .findFirst();
      endpoint.ifPresent(url -> options.add("--endpoint=" + url));
      if (endpoint.isPresent() && !environment.containsKey("AWS_REGION")) {
        options.add(ANY_REGION); // servers of other makers do not care
      }
      options.add("--s3UploadBufferSizeBytes=" + (16 << 20)); // files of up to 160 GB
      options.add("--s3ThreadPoolSize=4");
    }
    if (scheme().equals("hdfs") && !environment.containsKey("HADOOP_CONF_DIR")) {
      String server = uri.replaceAll("(hdfs://[^/]+).*", "$1");
      options.add("--hdfsConfiguration=[{\"fs.defaultFS\": \"%s\"}]".formatted(server));
    }
    return options;
  }

  @Override
  public String toString() {
    return uri;
  }
}
