package org.contexture.flink;

import java.net.URI;
import java.util.regex.Pattern;
import org.contexture.failure.Failure;

/**
 * Where the REST API of a cluster is.
 *
 * @param host a name or an address
 * @param port 1 to 65535
 */
public record ClusterAddress(String host, int port) {
  private static final Pattern TEXT = Pattern.compile("([A-Za-z0-9._-]+):([0-9]{1,5})");
  private static final int HIGHEST_PORT = 65_535;

  /**
   * Reads {@code HOST:PORT}.
   *
   * @throws Failure if it is something else
   */
  public static ClusterAddress parse(String text) {
    var matcher = TEXT.matcher(text);
    if (!matcher.matches()
        || Integer.parseInt(matcher.group(2)) < 1
        || Integer.parseInt(matcher.group(2)) > HIGHEST_PORT) {
      throw Failure.usage(
          "--flink-master: '%s' is no address of a cluster; give HOST:PORT, such as"
              + " localhost:8081.",
          text);
    }
    return new ClusterAddress(matcher.group(1), Integer.parseInt(matcher.group(2)));
  }

  URI resolve(String path) {
    return URI.create("http://" + host + ":" + port + path);
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
