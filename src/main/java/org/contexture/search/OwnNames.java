package org.contexture.search;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * By which names a server may be asked. A page of another site can make a browser send requests
 * here, under a name of that site which it has made resolve to this machine (DNS rebinding), or
 * across sites with the site's own address as their origin; neither is answered.
 */
final class OwnNames {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final String HTTP_PORT = ":80";

  private final String given;

  /** The names of a server that was told to listen at a host. */
  OwnNames(String given) {
    this.given = given;
  }

  /** Whether a request is for this server, and from nowhere or from its own page. */
  boolean areMeantBy(HttpExchange exchange) {
    Headers headers = exchange.getRequestHeaders();
    String host = headers.getFirst("Host");
    String origin = headers.getFirst("Origin");
    return host != null
        && of(exchange.getLocalAddress())
            .contains(host.endsWith(HTTP_PORT) ? withoutPort(host) : host)
        && (origin == null || origin.equals("http://" + host));
  }

  private Set<String> of(InetSocketAddress reached) {
    InetAddress address = reached.getAddress();
    Set<String> names = new HashSet<>(List.of(given, text(address)));
    if (address.isLoopbackAddress()) {
      names.addAll(LOOPBACK);
    }
    String port = ":" + reached.getPort();
    Set<String> hosts = new HashSet<>();
    names.forEach(name -> hosts.add(port.equals(HTTP_PORT) ? name : name + port));
    return hosts;
  }

  private static String withoutPort(String host) {
    return host.substring(0, host.length() - HTTP_PORT.length());
  }

  /** An address as it stands in an address line. */
  static String text(InetAddress address) {
    String text = address.getHostAddress();
    return address instanceof Inet6Address ? "[" + text + "]" : text;
  }
}
